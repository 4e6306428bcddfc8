-- name: lock_key
-- Whoever gives under one key goes one after the other.
select pg_advisory_xact_lock(hashtextextended(:tenant::uuid::text || :key::text, 17));

-- name: insert_grant
insert into compensation.grant (
    tenant, id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
    subject, is_offer, note, state, version, made_by, rules_at, rules_version, made_at, moved_at)
values (
    :tenant, :id, :key, :kind, :bearer, :shop, :to_kind, :receiver, :amount_minor, :currency, :purpose, :purchase,
    :subject_kind, :subject, :is_offer, :note, :state, :version, :made_by, :rules_at, :rules_version, :now, :now);

-- name: save_grant
-- Only from the version that was read, under the grant's lock.
update compensation.grant
set amount_minor = :amount_minor, state = :state, version = version + 1, contests = :contests, attempt = :attempt,
    payout = :payout, postings = :postings, used_shop = :used_shop, used_purchase = :used_purchase, clock = :clock,
    due_at = :due_at, moved_at = :moved_at
where tenant = :tenant and id = :id and version = :version;

-- name: lock_grant
select id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
       subject, is_offer, note, state, version, contests, attempt, payout, postings, used_shop, used_purchase, made_by,
       clock, due_at, rules_at, rules_version, made_at, moved_at
from compensation.grant
where tenant = :tenant and id = :id
for no key update;

-- name: find_grant
select id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
       subject, is_offer, note, state, version, contests, attempt, payout, postings, used_shop, used_purchase, made_by,
       clock, due_at, rules_at, rules_version, made_at, moved_at
from compensation.grant
where tenant = :tenant and id = :id;

-- name: find_by_key
select id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
       subject, is_offer, note, state, version, contests, attempt, payout, postings, used_shop, used_purchase, made_by,
       clock, due_at, rules_at, rules_version, made_at, moved_at
from compensation.grant
where tenant = :tenant and key = :key;

-- name: grants_of_subject
select id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
       subject, is_offer, note, state, version, contests, attempt, payout, postings, used_shop, used_purchase, made_by,
       clock, due_at, rules_at, rules_version, made_at, moved_at
from compensation.grant
where tenant = :tenant and subject_kind = :subject_kind and subject = any(:subjects::uuid[])
order by id;

-- name: grants_of_receiver
-- The newest first.
select id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
       subject, is_offer, note, state, version, contests, attempt, payout, postings, used_shop, used_purchase, made_by,
       clock, due_at, rules_at, rules_version, made_at, moved_at
from compensation.grant
where tenant = :tenant and to_kind = :to_kind and receiver = :receiver and (
    :before::uuid is null
    or (made_at, id) < (select made_at, id from compensation.grant where tenant = :tenant and id = :before)
  )
order by made_at desc, id desc
limit :limit;

-- name: grants_of_shop
-- What it bears, what it was given, what was its business; the newest first.
select id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
       subject, is_offer, note, state, version, contests, attempt, payout, postings, used_shop, used_purchase, made_by,
       clock, due_at, rules_at, rules_version, made_at, moved_at
from compensation.grant
where tenant = :tenant and shop = :shop and (:kind::text is null or kind = :kind)
  and (:purchase::uuid is null or purchase = :purchase) and (
    :before::uuid is null
    or (made_at, id) < (select made_at, id from compensation.grant where tenant = :tenant and id = :before)
  )
order by made_at desc, id desc
limit :limit;

-- name: contested_grants
-- The oldest first.
select id, key, kind, bearer, shop, to_kind, receiver, amount_minor, currency, purpose, purchase, subject_kind,
       subject, is_offer, note, state, version, contests, attempt, payout, postings, used_shop, used_purchase, made_by,
       clock, due_at, rules_at, rules_version, made_at, moved_at
from compensation.grant
where tenant = :tenant and state = 'contested'
  and (
    :after::uuid is null
    or (made_at, id) > (select made_at, id from compensation.grant where tenant = :tenant and id = :after)
  )
order by made_at, id
limit :limit;

-- name: insert_happening
insert into compensation.happening (tenant, grant_id, version, at, event, side, person, from_state, state,
                                    amount_minor, text)
values (:tenant, :grant_id, :version, :at, :event, :side, :person, :from_state, :state, :amount_minor, :text);

-- name: happenings
select version, at, event, side, person, from_state, state, amount_minor, text
from compensation.happening
where tenant = :tenant and grant_id = :grant_id
order by version;

-- name: lock_shop
-- Whoever sends red packets of one shop goes one after the other.
select pg_advisory_xact_lock(hashtextextended(:tenant::uuid::text || :shop::uuid::text, 18));

-- name: sent_since
select
    coalesce(sum(amount_minor) filter (where made_by = :agent), 0)::bigint as agent_minor,
    count(*) filter (where made_by = :agent) as agent_count,
    coalesce(sum(amount_minor), 0)::bigint as shop_minor
from compensation.grant
where tenant = :tenant and shop = :shop and kind = 'red_packet' and made_at >= :since and state <> 'undone';

-- name: packet_counts
select state, count(*) as packets, sum(amount_minor)::bigint as amount_minor
from compensation.grant
where tenant = :tenant and shop = :shop and kind = 'red_packet' and made_at >= :since and made_at < :until
  and (:agent::uuid is null or made_by = :agent)
group by state
order by state;
