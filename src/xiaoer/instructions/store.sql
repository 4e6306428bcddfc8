-- name: find_by_key
select i.id, i.key, i.shop, i.purchase, i.buyer, i.kind, i.body, i.state, i.row_id, i.rules, i.subject_kind,
  i.subject, i.actor, i.answer, i.attempts, i.asked_at, i.settled_at,
  i.difference
from instructions.instruction i
where i.tenant = :tenant and i.key = :key;

-- name: find_instruction
select i.id, i.key, i.shop, i.purchase, i.buyer, i.kind, i.body, i.state, i.row_id, i.rules, i.subject_kind,
  i.subject, i.actor, i.answer, i.attempts, i.asked_at, i.settled_at,
  i.difference
from instructions.instruction i
where i.tenant = :tenant and i.id = :id;

-- name: lock_instruction
select i.id, i.key, i.shop, i.purchase, i.buyer, i.kind, i.body, i.state, i.row_id, i.rules, i.subject_kind,
  i.subject, i.actor, i.answer, i.attempts, i.asked_at, i.settled_at,
  i.difference
from instructions.instruction i
where i.tenant = :tenant and i.id = :id
for update of i;

-- name: page_of_purchase
-- What was asked of one order, in the order it was asked.
select i.id, i.key, i.shop, i.purchase, i.buyer, i.kind, i.body, i.state, i.row_id, i.rules, i.subject_kind,
  i.subject, i.actor, i.answer, i.attempts, i.asked_at, i.settled_at,
  i.difference
from instructions.instruction i
where i.tenant = :tenant and i.purchase = :purchase and (:after::uuid is null or i.id > :after)
order by i.id
limit :limit;

-- name: waiting_of_purchase
-- The change of this order that waits for the buyer's money.
select i.id, i.key, i.shop, i.purchase, i.buyer, i.kind, i.body, i.state, i.row_id, i.rules, i.subject_kind,
  i.subject, i.actor, i.answer, i.attempts, i.asked_at, i.settled_at,
  i.difference
from instructions.instruction i
where i.tenant = :tenant and i.purchase = :purchase and i.state in ('to_pay', 'charging')
order by i.asked_at desc, i.id desc
limit 1;

-- name: page_stuck
-- What waits for a person of this shop, the oldest first.
select i.id, i.key, i.shop, i.purchase, i.buyer, i.kind, i.body, i.state, i.row_id, i.rules, i.subject_kind,
  i.subject, i.actor, i.answer, i.attempts, i.asked_at, i.settled_at,
  i.difference
from instructions.instruction i
where i.tenant = :tenant and i.shop = :shop and i.state = 'stuck' and (:after::uuid is null or i.id > :after)
order by i.id
limit :limit;

-- name: add_instruction
insert into instructions.instruction (
  tenant, id, key, shop, purchase, buyer, kind, body, state, row_id, rules, subject_kind, subject, actor,
  send_at, difference, asked_at)
values (
  :tenant, :id, :key, :shop, :purchase, :buyer, :kind, :body::jsonb, :state, :row_id, :rules, :subject_kind,
  :subject, :actor, :send_at, :difference::jsonb, :now);

-- name: move_instruction
update instructions.instruction as i set
  state = :state, answer = coalesce(:answer, i.answer), send_at = :send_at, settled_at = :settled_at,
  difference = :difference::jsonb
where i.tenant = :tenant and i.id = :id;

-- name: save_difference
update instructions.instruction as i set difference = :difference::jsonb where i.tenant = :tenant and i.id = :id;

-- name: stop_sending
-- The order side has taken it and will answer in its own time.
update instructions.instruction as i set send_at = null where i.tenant = :tenant and i.id = :id;

-- name: claim_to_send
-- What is to be sent now, of every marketplace; each is put off, so that a failed attempt comes again.
update instructions.instruction as i set
  attempts = i.attempts + 1,
  send_at = :now + make_interval(
    secs => (:pauses::integer[])[least(i.attempts + 1, cardinality(:pauses::integer[]))])
from (
  select due.tenant, due.id from instructions.instruction due
  where due.send_at <= :now
  order by due.send_at
  limit :limit
  for update skip locked
) as found
where i.tenant = found.tenant and i.id = found.id
returning i.tenant, i.id;

-- name: buyer_of_shop
-- Whether a buyer has bought in this shop.
select exists (
  select from orders.purchase p where p.tenant = :tenant and p.buyer = :buyer and p.shop = :shop);
