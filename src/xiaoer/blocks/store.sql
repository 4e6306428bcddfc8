-- name: insert_block
insert into blocks.block (
    tenant, id, side, shop, subject_kind, subject, ground, facts, evidence, score, scope, stops, danger, days, approval,
    fit_row, fit_basis, state, version, proposed_by, client_id, clock, due_at, rules_at, rules_version, proposed_at,
    moved_at)
values (
    :tenant, :id, :side, :shop, :subject_kind, :subject, :ground, :facts, :evidence, :score, :scope, :stops, :danger,
    :days, :approval, :fit_row, :fit_basis, :state, :version, :proposed_by, :client_id, :clock, :due_at, :now,
    :rules_version, :now, :now);

-- name: save_block
-- Only from the version that was read, under the block's lock.
update blocks.block
set state = :state, version = version + 1, days = :days, approved_by = :approved_by, decided_text = :decided_text,
    statement = :statement, heard_at = :heard_at, asks = :asks, minutes = :minutes, contacts = :contacts,
    begins_at = :begins_at, ends_at = :ends_at, review_at = :review_at, lifted_at = :lifted_at,
    lifted_by = :lifted_by, insult = :insult, public = :public, good = :good, clock = :clock, due_at = :due_at,
    moved_at = :moved_at
where tenant = :tenant and id = :id and version = :version;

-- name: lock_block
select id, side, shop, subject_kind, subject, ground, facts, evidence, score, scope, stops, danger, days, approval,
       fit_row, fit_basis, state, version, proposed_by, approved_by, decided_text, statement, heard_at, asks, minutes,
       contacts, begins_at, ends_at, review_at, lifted_at, lifted_by, insult, public, good, client_id, clock, due_at,
       rules_at, rules_version, proposed_at, moved_at
from blocks.block
where tenant = :tenant and id = :id
for no key update;

-- name: find_blocks
-- Some blocks, in the order they were asked for.
select b.id, b.side, b.shop, b.subject_kind, b.subject, b.ground, b.facts, b.evidence, b.score, b.scope, b.stops,
       b.danger, b.days, b.approval, b.fit_row, b.fit_basis, b.state, b.version, b.proposed_by, b.approved_by,
       b.decided_text, b.statement, b.heard_at, b.asks, b.minutes, b.contacts, b.begins_at, b.ends_at, b.review_at,
       b.lifted_at, b.lifted_by, b.insult, b.public, b.good, b.client_id, b.clock, b.due_at, b.rules_at,
       b.rules_version, b.proposed_at, b.moved_at
from unnest(:ids::uuid[]) with ordinality as w (id, place)
join blocks.block as b on b.tenant = :tenant and b.id = w.id
order by w.place;

-- name: find_of_client
select id from blocks.block
where tenant = :tenant and proposed_by = :proposed_by and client_id = :client_id;

-- name: ids_of_subject
-- The newest first.
select id from blocks.block
where tenant = :tenant and subject_kind = :subject_kind and subject = :subject
  and (:before::uuid is null or id < :before)
order by id desc
limit :limit;

-- name: ids_of_shop
-- What a shop blocks, the newest first.
select id from blocks.block
where tenant = :tenant and shop = :shop and (:states::text[] is null or state = any(:states::text[]))
  and (:before::uuid is null or id < :before)
order by id desc
limit :limit;

-- name: ids_in_states
-- Of everybody, the oldest first; `approval`: only those whose approval is this side's.
select id from blocks.block
where tenant = :tenant and state = any(:states::text[]) and (:approval::text is null or approval = :approval)
  and (:after::uuid is null or id > :after)
order by id
limit :limit;

-- name: ids_newest
select id from blocks.block
where tenant = :tenant and (:before::uuid is null or id < :before)
order by id desc
limit :limit;

-- name: insert_happening
insert into blocks.happening (tenant, block, version, at, event, side, person, from_state, state, text)
values (:tenant, :block, :version, :at, :event, :side, :person, :from_state, :state, :text);

-- name: happenings
select version, at, event, side, person, from_state, state, text
from blocks.happening
where tenant = :tenant and block = :block
order by version;

-- name: insert_receipt
insert into blocks.receipt (tenant, block, id, amount_minor, text, files, at)
values (:tenant, :block, :id, :amount_minor, :text, :files, :at);

-- name: receipts
select id, amount_minor, text, files, at
from blocks.receipt
where tenant = :tenant and block = :block
order by id;

-- name: was_blocked_before
-- Whether a block of the same subject that was not wrong lies not long back.
select exists (
    select from blocks.block
    where tenant = :tenant and subject_kind = :subject_kind and subject = :subject and begins_at >= :since
      and state <> 'lifted_wrong');

-- name: has_quarrel
-- Whether a person has asked this shop for something, or sealed a complaint about it, lately.
select exists (
    select from after_sale.case as c
    where c.tenant = :tenant and c.buyer = :buyer and c.shop = :shop and c.opened_at >= :since
) or exists (
    select from evidence.seal as s
    where s.tenant = :tenant and s.asked_by = :buyer and s.shop = :shop and s.purpose = 'complaint'
      and s.sealed_at >= :since);

-- name: spoiled_orders
-- Orders that were cancelled, or not sent in time, while a block was in force.
select p.id as purchase, p.external_id as number,
       case when p.state = 'cancelled' then 'cancelled' else 'late' end as outcome,
       p.total_minor as amount_minor
from orders.purchase as p
where p.tenant = :tenant
  and (:shop::uuid is null or p.shop = :shop) and (:buyer::uuid is null or p.buyer = :buyer)
  and p.currency = :currency and p.listed_at < :until
  and case
      when p.state = 'cancelled' then p.updated_at >= :since and p.updated_at < :until and p.dispatched_at is null
      else p.state <> 'pending' and p.placed_at is not null
           and p.placed_at + :dispatch::interval >= :since and p.placed_at + :dispatch::interval < :until
           and (p.dispatched_at is null or p.dispatched_at > p.placed_at + :dispatch::interval)
  end
order by p.listed_at, p.id
limit 1000;

-- name: watch_counts
-- Blocks that came into force in a span, by whoever is looked at, and how many were wrong.
select case :by when 'proposer' then proposed_by when 'approver' then approved_by else shop end as subject,
       count(*) as blocks, count(*) filter (where state = 'lifted_wrong') as wrong
from blocks.block
where tenant = :tenant and begins_at >= :since and begins_at < :until and (:by <> 'shop' or shop is not null)
group by 1;

-- name: alerted_since
select subject from blocks.alert
where tenant = :tenant and looked_at = :by and at >= :since;

-- name: insert_alert
insert into blocks.alert (tenant, id, looked_at, subject, blocks, wrong, others, others_wrong, since, at)
values (:tenant, :id, :looked_at, :subject, :blocks, :wrong, :others, :others_wrong, :since, :at);

-- name: alerts
select id, looked_at, subject, blocks, wrong, others, others_wrong, since, at
from blocks.alert
where tenant = :tenant and (:before::uuid is null or id < :before)
order by id desc
limit :limit;

-- name: corrections
-- Blocks against shops that had been public and were wrong: the apology stands where the notice stood.
select id, subject as shop, begins_at, lifted_at
from blocks.block
where tenant = :tenant and state = 'lifted_wrong' and public and lifted_at >= :since
  and (:before::uuid is null or id < :before)
order by id desc
limit :limit;
