-- What releases of the program ship of the rulebook, for everybody: a running case keeps the rules it began under,
-- also those that a later release ships in other words.

create table rulebook.release (
    digest text  not null primary key,
    files  jsonb not null                 -- path → text
);
comment on table rulebook.release is 'The shipped tables, parameters and profiles of each release that ever served.';
select plumbing.append_only('rulebook.release');

create table rulebook.shipment (
    since  timestamptz not null primary key,
    digest text        not null references rulebook.release
);
comment on table rulebook.shipment is 'From when on which release was the one that served.';
select plumbing.append_only('rulebook.shipment');
