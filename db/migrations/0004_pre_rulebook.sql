-- The rulebook: every parameter, list and table of a marketplace or one of its shops, version by version.

create schema rulebook;

create table rulebook.entry (
    tenant         uuid        not null,
    id             uuid        not null,
    shop           uuid,                    -- null: holds for the whole marketplace
    name           text        not null,    -- the key of a parameter, e.g. 'sla.profile'
    version        integer     not null,    -- 1, 2, 3 … for each (shop, name)
    value          jsonb,                   -- null: back to what is shipped
    effective_from timestamptz not null,
    author         uuid        not null,
    reason         text        not null,
    created_at     timestamptz not null,
    primary key (tenant, id)
);
create unique index entry_version on rulebook.entry (tenant, name, shop, version) nulls not distinct;
create index entry_in_force on rulebook.entry (tenant, shop, name, effective_from desc);

select plumbing.isolate('rulebook.entry');
select plumbing.append_only('rulebook.entry');
