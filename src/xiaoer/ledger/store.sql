-- name: lock_accounts
-- Opens the accounts that are missing and locks them, so that what they hold stays true until the commit.
select kind, owner, balance_minor
from ledger.lock_accounts(:tenant, :kinds::text[], :owners::uuid[], :currency);

-- name: insert_posting
-- False when it is there already.
select ledger.post(:tenant, :id, :reason, :subject_kind, :subject, :currency, :at, :author, :note, :reverses,
                   :kinds::text[], :owners::uuid[], :amounts::bigint[]);

-- name: find_posting
select id, reason, subject_kind, subject, currency, at, author, note, reverses
from ledger.posting
where tenant = :tenant and id = :id;

-- name: lines
select kind, owner, amount_minor
from ledger.line
where tenant = :tenant and posting = :posting
order by kind, owner;

-- name: is_reversed
select exists (select from ledger.posting where tenant = :tenant and reverses = :posting);

-- name: balances
select kind, owner, currency, balance_minor, entries
from ledger.account
where tenant = :tenant and owner = any(:owners::uuid[])
order by owner, kind, currency;

-- name: totals
-- What all accounts of a kind hold together.
select kind, currency, count(*) as accounts, sum(balance_minor)::bigint as balance_minor
from ledger.account
where tenant = :tenant
group by kind, currency
order by currency, kind;

-- name: wrong_accounts
-- Accounts whose kept balance is not the sum of their lines; there are none.
select a.kind, a.owner, a.currency, a.balance_minor, a.entries
from ledger.account a
left join (select kind, owner, currency, sum(amount_minor) as amount_minor, count(*) as entries
           from ledger.line where tenant = :tenant group by kind, owner, currency) l
    on l.kind = a.kind and l.owner = a.owner and l.currency = a.currency
where a.tenant = :tenant
  and (a.balance_minor <> coalesce(l.amount_minor, 0) or a.entries <> coalesce(l.entries, 0));

-- name: statement
select l.number, l.posting, l.amount_minor, l.balance_minor, l.currency, p.reason, p.subject_kind, p.subject,
       p.at, p.author, p.note, p.reverses
from ledger.line l
join ledger.posting p on p.tenant = l.tenant and p.id = l.posting
where l.tenant = :tenant and l.kind = :kind and l.owner = :owner and l.currency = :currency
  and (:before::bigint is null or l.number < :before)
order by l.number desc
limit :limit;

-- name: insert_payout
insert into ledger.payout (tenant, id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, source,
                           is_refund, subject_kind, subject, state, ordered_at)
values (:tenant, :id, :key, :shop, :buyer, :purchase, :payment_ref, :amount_minor, :currency, :source,
        :is_refund, :subject_kind, :subject, :state, :ordered_at)
on conflict do nothing;

-- name: find_payout
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, source, is_refund, subject_kind,
       subject, state, round, attempts, provider_ref, trouble, ordered_at, asked_at, paid_at, ended_at
from ledger.payout
where tenant = :tenant and id = :id and (:shop::uuid is null or shop = :shop);

-- name: find_payout_by_key
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, source, is_refund, subject_kind,
       subject, state, round, attempts, provider_ref, trouble, ordered_at, asked_at, paid_at, ended_at
from ledger.payout
where tenant = :tenant and key = :key;

-- name: lock_payout
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, source, is_refund, subject_kind,
       subject, state, round, attempts, provider_ref, trouble, ordered_at, asked_at, paid_at, ended_at
from ledger.payout
where tenant = :tenant and id = :id
for update;

-- name: payouts_of_subject
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, source, is_refund, subject_kind,
       subject, state, round, attempts, provider_ref, trouble, ordered_at, asked_at, paid_at, ended_at
from ledger.payout
where tenant = :tenant and subject_kind = :subject_kind and subject = :subject
order by id;

-- name: payouts_of_shop
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, source, is_refund, subject_kind,
       subject, state, round, attempts, provider_ref, trouble, ordered_at, asked_at, paid_at, ended_at
from ledger.payout
where tenant = :tenant and shop = :shop
  and (:states::text[] is null or state = any(:states::text[]))
  and (:before::uuid is null or id < :before)
order by id desc
limit :limit;

-- name: open_payouts
-- Of every shop, the oldest first; `attempts` at least as many as a person should hear of.
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, source, is_refund, subject_kind,
       subject, state, round, attempts, provider_ref, trouble, ordered_at, asked_at, paid_at, ended_at
from ledger.payout
where tenant = :tenant and state not in ('paid', 'cancelled')
  and (not :stuck::boolean or state = 'refused' or attempts >= :attempts::integer)
  and (:after::uuid is null or id > :after)
order by id
limit :limit;

-- name: lock_purchase
-- Whoever orders payouts of one purchase goes one after the other.
select pg_advisory_xact_lock(hashtextextended(:tenant::uuid::text || :purchase::uuid::text, 10));

-- name: given_back
-- What is given back of a purchase, or on its way.
select coalesce(sum(amount_minor), 0)::bigint
from ledger.payout
where tenant = :tenant and purchase = :purchase and is_refund and state <> 'cancelled';

-- name: ask_payout
update ledger.payout
set state = :state, attempts = attempts + 1, asked_at = :now
where tenant = :tenant and id = :id;

-- name: retry_payout
update ledger.payout
set state = :state, round = round + 1, attempts = 0, claimed = 0, trouble = ''
where tenant = :tenant and id = :id;

-- name: end_payout
update ledger.payout
set state = :state, provider_ref = coalesce(:provider_ref, provider_ref), paid_at = coalesce(:paid_at, paid_at),
    trouble = :trouble, ended_at = :now
where tenant = :tenant and id = :id;

-- name: note_trouble
update ledger.payout set trouble = :trouble where tenant = :tenant and id = :id;

-- name: claim
-- The payouts of every tenant whose provider is to be asked, each by the one process that gets it here.
with taken as (
    select tenant, id from ledger.payout
    where state = 'paying' and claimed < attempts
    order by asked_at
    limit :limit
    for update skip locked
)
update ledger.payout p
set claimed = p.attempts
from taken t
where p.tenant = t.tenant and p.id = t.id
returning p.tenant, p.id;

-- name: paid_between
-- What was taken from buyers stands below zero.
select id, key, round, shop, amount_minor, currency, state, provider_ref, paid_at
from ledger.payout
where tenant = :tenant and paid_at >= :start and paid_at < :end
union all
select id, key, 1, shop, -amount_minor, currency, 'paid', provider_ref, taken_at
from ledger.collection
where tenant = :tenant and taken_at >= :start and taken_at < :end
order by paid_at, id;

-- name: payouts_with_keys
select id, key, round, shop, amount_minor, currency, state, provider_ref, paid_at
from ledger.payout
where tenant = :tenant and key = any(:keys::text[])
union all
select id, key, 1, shop, -amount_minor, currency,
       case state when 'taken' then 'paid' when 'asking' then 'paying' when 'declined' then 'refused' else state end,
       provider_ref, taken_at
from ledger.collection
where tenant = :tenant and key = any(:keys::text[]);

-- name: insert_collection
insert into ledger.collection (tenant, id, key, shop, buyer, purchase, payment_ref, amount_minor, currency,
                               subject_kind, subject, until, state, ordered_at)
values (:tenant, :id, :key, :shop, :buyer, :purchase, :payment_ref, :amount_minor, :currency, :subject_kind,
        :subject, :until, :state, :ordered_at)
on conflict do nothing;

-- name: find_collection
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, subject_kind, subject, until, state,
       attempts, confirm_url, provider_ref, trouble, ordered_at, asked_at, taken_at, ended_at
from ledger.collection
where tenant = :tenant and id = :id;

-- name: find_collection_by_key
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, subject_kind, subject, until, state,
       attempts, confirm_url, provider_ref, trouble, ordered_at, asked_at, taken_at, ended_at
from ledger.collection
where tenant = :tenant and key = :key;

-- name: lock_collection
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, subject_kind, subject, until, state,
       attempts, confirm_url, provider_ref, trouble, ordered_at, asked_at, taken_at, ended_at
from ledger.collection
where tenant = :tenant and id = :id
for update;

-- name: collections_of_subject
select id, key, shop, buyer, purchase, payment_ref, amount_minor, currency, subject_kind, subject, until, state,
       attempts, confirm_url, provider_ref, trouble, ordered_at, asked_at, taken_at, ended_at
from ledger.collection
where tenant = :tenant and subject_kind = :subject_kind and subject = :subject
order by id;

-- name: ask_collection
update ledger.collection
set state = :state, attempts = attempts + 1, asked_at = :now
where tenant = :tenant and id = :id;

-- name: end_collection
update ledger.collection
set state = :state, provider_ref = :provider_ref, taken_at = :taken_at, trouble = :trouble, ended_at = :now
where tenant = :tenant and id = :id;

-- name: note_collection
update ledger.collection
set trouble = :trouble, confirm_url = :confirm_url
where tenant = :tenant and id = :id;

-- name: claim_collections
-- The collections of every tenant whose provider is to be asked, each by the one process that gets it here.
with taken as (
    select tenant, id from ledger.collection
    where state = 'asking' and claimed < attempts
    order by asked_at
    limit :limit
    for update skip locked
)
update ledger.collection c
set claimed = c.attempts
from taken t
where c.tenant = t.tenant and c.id = t.id
returning c.tenant, c.id;
