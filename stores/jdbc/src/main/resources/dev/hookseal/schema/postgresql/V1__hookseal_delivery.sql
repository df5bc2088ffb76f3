-- Deliveries that are being handled, and those that were. A row whose time is over counts for nothing.
create table hookseal_delivery (
  delivery_key varchar(250) collate "C" not null primary key,
  token uuid not null,
  completed boolean not null,
  expires_at timestamptz not null
);
create index hookseal_delivery_expires on hookseal_delivery (expires_at);
