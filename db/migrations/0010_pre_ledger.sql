-- The ledger: whose money lies where, what moved it, and what is to be paid out.
-- A line says what an account gains; what all accounts gain by one posting is nothing.

create schema ledger;

create table ledger.account (
    tenant        uuid   not null,
    kind          text   not null check (kind in ('buyer', 'shop_balance', 'shop_deposit', 'shop_debt',
                                                  'marketplace', 'insurer', 'provider')),
    owner         uuid   not null,     -- a person, a shop, or the marketplace itself
    currency      text   not null check (currency ~ '^[A-Z]{3}$'),
    balance_minor bigint not null default 0,   -- always the sum of its lines; above zero: the owner has it
    entries       bigint not null default 0,   -- how many lines it has
    primary key (tenant, kind, owner, currency),
    constraint account_not_overdrawn check (
        kind not in ('buyer', 'shop_balance', 'shop_deposit') or balance_minor >= 0),
    constraint account_debt_is_no_credit check (kind <> 'shop_debt' or balance_minor <= 0)
) with (fillfactor = 70);

create table ledger.posting (
    tenant       uuid        not null,
    id           uuid        not null,
    reason       text        not null,   -- 'top_up', 'payout_ordered', 'payout_paid' …
    subject_kind text        not null,   -- what it was for: 'payout', 'case' …
    subject      uuid        not null,
    currency     text        not null,
    at           timestamptz not null,
    author       uuid,                   -- null: nobody's hand
    note         text        not null default '',
    reverses     uuid,                   -- the posting this one takes back
    primary key (tenant, id),
    unique (tenant, reverses),
    foreign key (tenant, reverses) references ledger.posting (tenant, id)
);
create index posting_subject on ledger.posting (tenant, subject_kind, subject);

create table ledger.line (
    tenant        uuid   not null,
    posting       uuid   not null,
    kind          text   not null,
    owner         uuid   not null,
    currency      text   not null,
    amount_minor  bigint not null check (amount_minor <> 0),
    number        bigint not null,   -- 1, 2, 3 … in its account
    balance_minor bigint not null,   -- the account's balance with this line
    primary key (tenant, kind, owner, currency, number),
    foreign key (tenant, posting) references ledger.posting (tenant, id),
    foreign key (tenant, kind, owner, currency) references ledger.account (tenant, kind, owner, currency)
);
create index line_posting on ledger.line (tenant, posting);

create table ledger.payout (
    tenant       uuid        not null,
    id           uuid        not null,
    key          text        not null,   -- one wish of whoever ordered it: a second order finds the first
    shop         uuid        not null,
    buyer        uuid        not null,
    purchase     uuid,
    payment_ref  text,                   -- the payment it gives back, as the provider calls it
    amount_minor bigint      not null check (amount_minor > 0),
    currency     text        not null,
    source       text        not null check (source in ('shop', 'marketplace', 'insurer')),
    is_refund    boolean     not null,   -- counts towards what may be given back of its purchase
    subject_kind text        not null,
    subject      uuid        not null,
    state        text        not null check (state in ('ordered', 'paying', 'paid', 'refused', 'cancelled')),
    round        integer     not null default 1,   -- 2, 3 …: a person had it tried again with a new provider key
    attempts     integer     not null default 0,   -- how often the provider was to be asked in this round
    claimed      integer     not null default 0,   -- the attempt some process has taken up
    provider_ref text,
    trouble      text        not null default '',  -- the last thing that went wrong, as a word
    ordered_at   timestamptz not null,
    asked_at     timestamptz,
    paid_at      timestamptz,            -- the provider's moment
    ended_at     timestamptz,
    primary key (tenant, id),
    unique (tenant, key)
) with (fillfactor = 70);
create index payout_shop on ledger.payout (tenant, shop, id);
create index payout_subject on ledger.payout (tenant, subject_kind, subject);
create index payout_purchase on ledger.payout (tenant, purchase) where purchase is not null;
create index payout_paid on ledger.payout (tenant, paid_at) where paid_at is not null;
create index payout_open on ledger.payout (tenant, id) where state not in ('paid', 'cancelled');
create index payout_to_ask on ledger.payout (asked_at) where state = 'paying' and claimed < attempts;

select plumbing.isolate('ledger.account');
select plumbing.append_only('ledger.account', columns => '{balance_minor,entries}');
select plumbing.isolate('ledger.posting');
select plumbing.append_only('ledger.posting');
select plumbing.isolate('ledger.line');
select plumbing.append_only('ledger.line');
select plumbing.isolate('ledger.payout', system => true);
select plumbing.append_only('ledger.payout', columns =>
    '{state,round,attempts,claimed,provider_ref,trouble,asked_at,paid_at,ended_at}');
grant update (claimed) on ledger.payout to xiaoer_system;

-- The proof: asked when the transaction commits, for every posting and every line that was added.
create function ledger.prove_posting() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
    proved uuid;
begin
    if tg_table_name = 'line' then
        proved := new.posting;
    else
        proved := new.id;
    end if;
    if not exists (select from ledger.line l where l.tenant = new.tenant and l.posting = proved)
       or exists (select from ledger.line l where l.tenant = new.tenant and l.posting = proved
                  group by l.currency having sum(l.amount_minor) <> 0)
    then
        raise exception 'the lines of posting % do not sum to zero', proved
            using errcode = 'check_violation', constraint = 'posting_sums_to_zero';
    end if;
    return null;
end
$$;
create constraint trigger posting_sums_to_zero after insert on ledger.posting
    deferrable initially deferred for each row execute function ledger.prove_posting();
create constraint trigger line_sums_to_zero after insert on ledger.line
    deferrable initially deferred for each row execute function ledger.prove_posting();

-- Opens the accounts that are missing, locks them all in one order and says what they hold.
create function ledger.lock_accounts(for_tenant uuid, kinds text[], owners uuid[], in_currency text)
returns table (kind text, owner uuid, balance_minor bigint)
language sql
set search_path = pg_catalog
as $$
    insert into ledger.account (tenant, kind, owner, currency)
    select for_tenant, w.kind, w.owner, in_currency
    from unnest(kinds, owners) as w (kind, owner)
    where not exists (select from ledger.account a
                      where a.tenant = for_tenant and a.kind = w.kind and a.owner = w.owner
                        and a.currency = in_currency)
    order by w.kind, w.owner
    on conflict do nothing;

    select a.kind, a.owner, a.balance_minor
    from ledger.account a
    where a.tenant = for_tenant and a.currency = in_currency
      and (a.kind, a.owner) in (select w.kind, w.owner from unnest(kinds, owners) as w (kind, owner))
    order by a.kind, a.owner
    for update;
$$;

-- Posts lines of one currency, each account once; false and nothing when the posting is there already.
create function ledger.post(
    for_tenant uuid, posting_id uuid, why text, about_kind text, about uuid, in_currency text,
    happened_at timestamptz, by_author uuid, with_note text, taken_back uuid,
    kinds text[], owners uuid[], amounts bigint[]
) returns boolean
language plpgsql
set search_path = pg_catalog
as $$
begin
    insert into ledger.posting (tenant, id, reason, subject_kind, subject, currency, at, author, note, reverses)
    values (for_tenant, posting_id, why, about_kind, about, in_currency, happened_at, by_author, with_note,
            taken_back)
    on conflict (tenant, id) do nothing;
    if not found then
        return false;
    end if;
    perform ledger.lock_accounts(for_tenant, kinds, owners, in_currency);
    with moved as (
        update ledger.account a
        set balance_minor = a.balance_minor + w.amount_minor, entries = a.entries + 1
        from unnest(kinds, owners, amounts) as w (kind, owner, amount_minor)
        where a.tenant = for_tenant and a.currency = in_currency and a.kind = w.kind and a.owner = w.owner
        returning a.kind, a.owner, w.amount_minor, a.entries, a.balance_minor
    )
    insert into ledger.line (tenant, posting, kind, owner, currency, amount_minor, number, balance_minor)
    select for_tenant, posting_id, m.kind, m.owner, in_currency, m.amount_minor, m.entries, m.balance_minor
    from moved m;
    return true;
end
$$;
