-- Deliveries that are being handled, and those that were. A row whose time is over counts for nothing.
-- The times are UTC. The key is compared byte by byte: a collation that folds case would make one delivery of two.
create table hookseal_delivery (
  delivery_key varchar(250) character set ascii collate ascii_bin not null primary key,
  token char(36) character set ascii collate ascii_bin not null,
  completed boolean not null,
  expires_at datetime(6) not null,
  key hookseal_delivery_expires (expires_at)
) engine = InnoDB;
