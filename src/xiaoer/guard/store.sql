-- name: add_proof
insert into guard.proof (
    tenant, shop, id, conversation, sort, serves, kind, row, override_row, words, reference, reason, ends, person, at,
    file)
values (
    :tenant, :shop, :id, :conversation::uuid, :sort, :serves, :kind, :row, :override_row, :words, :reference,
    :reason, :ends, :person, :at, :file::jsonb);

-- name: end_proof
update guard.proof set ended_at = :now, ended_by = :person, ended_why = :why
where tenant = :tenant and shop = :shop and id = :id and ended_at is null;

-- name: proofs_holding
-- Every proof of the marketplace that has neither run out nor been put away: few, and kept in the process.
select
    p.id, p.shop, p.conversation, p.sort, p.serves, p.kind, p.row, p.override_row, p.words, p.reference, p.reason,
    p.ends, p.person, p.at, p.ended_at, p.ended_by, p.ended_why, p.file
from guard.proof as p
where p.tenant = :tenant and p.ended_at is null and p.ends > :now
order by p.at, p.id;

-- name: proofs_of_shop
-- The newest first.
select
    p.id, p.shop, p.conversation, p.sort, p.serves, p.kind, p.row, p.override_row, p.words, p.reference, p.reason,
    p.ends, p.person, p.at, p.ended_at, p.ended_by, p.ended_why, p.file
from guard.proof as p
where p.tenant = :tenant and p.shop = :shop
    and (:before::uuid is null or (p.at, p.id) < (
        select b.at, b.id from guard.proof as b
        where b.tenant = :tenant and b.shop = :shop and b.id = :before::uuid
    ))
order by p.at desc, p.id desc
limit :limit;

-- name: count_answer
insert into guard.answer (tenant, shop, day, person, kind, row, taken, edited, ignored)
values (:tenant, :shop, :day, :person, :kind, :row, :taken, :edited, :ignored)
on conflict (tenant, shop, day, person, kind, row) do update
set taken = guard.answer.taken + excluded.taken, edited = guard.answer.edited + excluded.edited,
    ignored = guard.answer.ignored + excluded.ignored;

-- name: heeded
-- By kind and row, of a shop or of all.
select a.kind, a.row, sum(a.taken)::integer as taken, sum(a.edited)::integer as edited,
    sum(a.ignored)::integer as ignored
from guard.answer as a
where a.tenant = :tenant and (:shop::uuid is null or a.shop = :shop::uuid) and a.day >= :since and a.day <= :until
group by a.kind, a.row
order by sum(a.taken + a.edited + a.ignored) desc, a.kind, a.row;

-- name: heeded_by
-- By person.
select a.person, '' as name, sum(a.taken)::integer as taken, sum(a.edited)::integer as edited,
    sum(a.ignored)::integer as ignored
from guard.answer as a
where a.tenant = :tenant and (:shop::uuid is null or a.shop = :shop::uuid) and a.day >= :since and a.day <= :until
group by a.person
order by sum(a.taken + a.edited + a.ignored) desc, a.person
limit 200;

-- name: heeded_in
-- By shop.
select a.shop as person, '' as name, sum(a.taken)::integer as taken, sum(a.edited)::integer as edited,
    sum(a.ignored)::integer as ignored
from guard.answer as a
where a.tenant = :tenant and a.day >= :since and a.day <= :until
group by a.shop
order by sum(a.taken + a.edited + a.ignored) desc, a.shop
limit 200;
