-- Deliveries that were accepted, and those that were handled. The columns up to priority are those of db-scheduler.
create table hookseal_inbox (
  -- the endpoint
  task_name varchar(100) collate "C" not null,
  -- the delivery key, unique among all endpoints
  task_instance varchar(250) collate "C" not null primary key,
  -- what was signed, with the declared headers; null once the delivery is handled
  task_data bytea,
  -- far in the future once the delivery is not to run: 9999-01-01 when parked, 9999-12-31 when handled or discarded
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by varchar(50),
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  -- changes with each state: a worker that has lost its delivery finds another one
  version bigint not null,
  priority smallint,
  event_name varchar(100) not null,
  accepted_at timestamptz not null,
  -- 0 open, 1 parked, 2 handled, 3 discarded
  inbox_status smallint default 0 not null,
  retention_ms bigint not null,
  -- when the row may go
  expires_at timestamptz,
  -- how often a process died with it
  crashes smallint default 0 not null,
  no_listener_since timestamptz,
  last_error varchar(2000)
);
create index hookseal_inbox_due on hookseal_inbox (execution_time);
create index hookseal_inbox_heartbeat on hookseal_inbox (last_heartbeat) where picked;
create index hookseal_inbox_expires on hookseal_inbox (expires_at) where expires_at is not null;
