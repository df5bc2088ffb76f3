-- Deliveries that were accepted, and those that were handled. The columns up to priority are those of db-scheduler.
create table hookseal_inbox (
  -- the endpoint
  task_name varchar(100) not null,
  -- the delivery key, unique among all endpoints
  task_instance varchar(250) not null primary key,
  -- what was signed, with the declared headers, in parts of up to 1 MiB; null once the delivery is handled. No blob: H2
  -- keeps it apart from the row, and a killed process may leave the one without the other
  task_data binary varying(1048576) array,
  -- far in the future once the delivery is not to run: 9999-01-01 when parked, 9999-12-31 when handled or discarded
  execution_time timestamp(6) with time zone not null,
  picked boolean not null,
  picked_by varchar(50),
  last_success timestamp(6) with time zone,
  last_failure timestamp(6) with time zone,
  consecutive_failures int,
  last_heartbeat timestamp(6) with time zone,
  -- changes with each state: a worker that has lost its delivery finds another one
  version bigint not null,
  priority smallint,
  event_name varchar(100) not null,
  accepted_at timestamp(6) with time zone not null,
  -- 0 open, 1 parked, 2 handled, 3 discarded
  inbox_status smallint default 0 not null,
  retention_ms bigint not null,
  -- when the row may go
  expires_at timestamp(6) with time zone,
  -- how often a process died with it
  crashes smallint default 0 not null,
  no_listener_since timestamp(6) with time zone,
  last_error varchar(2000)
);
create index hookseal_inbox_due on hookseal_inbox (execution_time);
create index hookseal_inbox_heartbeat on hookseal_inbox (last_heartbeat);
create index hookseal_inbox_expires on hookseal_inbox (expires_at);
