-- What a shop knows for certain and its people must not say otherwise; a fact that changes is another fact.
create table inspection.fact (
    tenant      uuid        not null,
    shop        uuid        not null,
    id          uuid        not null,
    title       text        not null,
    about       text[]      not null,             -- what a buyer speaks of: all of these words
    says        text[]      not null,             -- words of a right answer
    never       text[]      not null,             -- words of a wrong one
    author      uuid        not null,
    at          timestamptz not null,
    replaces    uuid,
    archived_by uuid,
    archived_at timestamptz,
    primary key (tenant, shop, id),
    check (cardinality(about) > 0 and cardinality(says) + cardinality(never) > 0)
);
-- squawk-ignore require-concurrent-index-creation
create index fact_in_force on inspection.fact (tenant, shop, id) where archived_at is null;
select plumbing.isolate('inspection.fact');
