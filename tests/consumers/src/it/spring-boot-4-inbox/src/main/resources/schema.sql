create table if not exists archive (event_id varchar(100) not null);
