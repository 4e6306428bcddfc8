-- What a time stamp authority (RFC 3161) answered for the signed root of a day.
create table evidence.day_stamp (
    tenant     uuid        not null,
    day        date        not null,
    stamp      bytea       not null,              -- its answer as it came, DER
    stamped_at timestamptz not null,              -- the time in it
    authority  text        not null,              -- who signed it
    asked_at   timestamptz not null,
    primary key (tenant, day),
    foreign key (tenant, day) references evidence.day (tenant, day)
);
select plumbing.isolate('evidence.day_stamp');
select plumbing.append_only('evidence.day_stamp');
