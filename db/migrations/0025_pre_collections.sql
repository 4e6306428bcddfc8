-- Money that a buyer is to pay: the intent, what the provider said, and what of it a case waits for.
-- What is taken is put aside (ledger.account of kind 'held') for what it was asked for.

create table ledger.collection (
    tenant       uuid        not null,
    id           uuid        not null,
    key          text        not null,   -- one wish of whoever ordered it: a second order finds the first
    shop         uuid        not null,
    buyer        uuid        not null,
    purchase     uuid,
    payment_ref  text,                   -- the way to pay the buyer chose, as the provider calls it
    amount_minor bigint      not null check (amount_minor > 0),
    currency     text        not null,
    subject_kind text        not null,
    subject      uuid        not null,
    until        timestamptz not null,   -- later the provider may not take it any more
    state        text        not null check (state in ('ordered', 'asking', 'taken', 'declined')),
    attempts     integer     not null default 0,   -- how often the provider was to be asked
    claimed      integer     not null default 0,   -- the attempt some process has taken up
    confirm_url  text        not null default '',  -- where the buyer confirms it, if the provider wants that
    provider_ref text,
    trouble      text        not null default '',  -- the last thing that went wrong, as a word
    ordered_at   timestamptz not null,
    asked_at     timestamptz,
    taken_at     timestamptz,            -- the provider's moment
    ended_at     timestamptz,
    primary key (tenant, id),
    unique (tenant, key)
) with (fillfactor = 70);
comment on table ledger.collection is 'What buyers are to pay beyond their orders, and what became of it.';
create index collection_subject on ledger.collection (tenant, subject_kind, subject);
create index collection_taken on ledger.collection (tenant, taken_at) where taken_at is not null;
create index collection_to_ask on ledger.collection (asked_at) where state = 'asking' and claimed < attempts;

select plumbing.isolate('ledger.collection', system => true);
select plumbing.append_only('ledger.collection', columns =>
    '{state,attempts,claimed,confirm_url,provider_ref,trouble,asked_at,taken_at,ended_at}');
grant update (claimed) on ledger.collection to xiaoer_system;

-- What an exchange costs more or less than what it replaces, and how far it is settled.
alter table after_sale.case add column difference jsonb;
