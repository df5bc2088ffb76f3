create table if not exists submission (
  event_id      varchar(200) not null primary key,
  submission_id varchar(200)
);
