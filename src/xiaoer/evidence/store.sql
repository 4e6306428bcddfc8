-- name: stretch
-- A stretch of a timeline with its hashes.
select e.version, e.id, e.role, e.person, e.kind, e.text, e.body, e.at, e.salt, e.inner_hash, e.hash
from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation
    and e.version between :first and :last
order by e.version;

-- name: proved_lines
-- Which messages of a stretch went out with proofs; never told of words that were erased.
select e.version, e.guard -> 'overridden' as overridden
from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation
    and e.version between :first and :last and e.salt is not null
    and e.guard -> 'overridden' <> '[]'
order by e.version;

-- name: hash_at
-- The hash of one entry.
select e.hash from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation and e.version = :version;

-- name: files_of
-- Uploaded files with their hashes and where they lie.
select f.id, f.sha256, f.size_bytes, f.media_type, f.store_key
from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]);

-- name: own_files
-- Which of these files somebody uploaded himself for this conversation, or for none yet.
select f.id from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]) and f.person = :person
    and (f.conversation is null or f.conversation = :conversation);

-- name: add_seal
insert into evidence.seal (
    tenant, id, number, shop, conversation, buyer, first, last, purpose, bound_to, asked_by, asked_role, sealed_at,
    statement, signature, inners, names)
values (
    :tenant, :id, :number, :shop, :conversation, :buyer, :first, :last, :purpose, :bound_to::uuid, :asked_by,
    :asked_role, :sealed_at, :statement, :signature, :inners, :names);

-- name: find_seal
select
    s.id, s.number, s.shop, s.conversation, s.buyer, s.first, s.last, s.purpose, s.bound_to as case, s.asked_by,
    s.asked_role, s.sealed_at, s.statement, s.signature, s.inners, s.names
from evidence.seal as s
where s.tenant = :tenant and s.number = :number;

-- name: lock_seal
select
    s.id, s.number, s.shop, s.conversation, s.buyer, s.first, s.last, s.purpose, s.bound_to as case, s.asked_by,
    s.asked_role, s.sealed_at, s.statement, s.signature, s.inners, s.names
from evidence.seal as s
where s.tenant = :tenant and s.number = :number
for update;

-- name: seals_page
-- What somebody sealed, or what was sealed in a shop, the newest first.
select
    s.id, s.number, s.shop as shop_id, s.conversation as conversation_id, s.first, s.last,
    s.last - s.first + 1 as messages, s.purpose, s.bound_to as case_id, s.asked_by, s.sealed_at, '' as head
from evidence.seal as s
where s.tenant = :tenant
    and (:asked_by::uuid is null or s.asked_by = :asked_by::uuid)
    and (:shop::uuid is null or (s.shop = :shop::uuid and s.asked_role <> 'buyer'))
    and (:before::uuid is null or s.id < :before::uuid)
order by s.id desc
limit :limit;

-- name: bind_seal
update evidence.seal set bound_to = :bound_to where tenant = :tenant and id = :id;

-- name: add_opening
insert into evidence.opening (tenant, seal, id, person, role, way, purpose, bound_to, reason, at)
values (:tenant, :seal, :id, :person, :role, :way, :purpose, :bound_to::uuid, :reason, :at);

-- name: openings
select o.id, o.person, o.role, o.way, o.purpose, o.bound_to as case, o.reason, o.at
from evidence.opening as o
where o.tenant = :tenant and o.seal = :seal and (:before::uuid is null or o.id < :before::uuid)
order by o.id desc
limit :limit;

-- name: hashes_of_day
-- The hashes of all messages between two moments, in the order of their bytes.
select e.hash from conversations.entry as e
where e.tenant = :tenant and e.at >= :since and e.at < :until
order by e.hash;

-- name: first_message_at
select min(c.created_at) from conversations.conversation as c where c.tenant = :tenant;

-- name: last_day
select d.day, d.messages, d.root, d.statement, d.signature, ''::bytea as leaves, null::bytea as stamp
from evidence.day as d where d.tenant = :tenant
order by d.day desc
limit 1;

-- name: days_between
select d.day, d.messages, d.root, d.statement, d.signature, d.leaves, s.stamp
from evidence.day as d
left join evidence.day_stamp as s on s.tenant = d.tenant and s.day = d.day
where d.tenant = :tenant and d.day between :first and :last
order by d.day;

-- name: days_page
select d.day, d.messages, d.root, d.statement, d.signature, ''::bytea as leaves, s.stamp
from evidence.day as d
left join evidence.day_stamp as s on s.tenant = d.tenant and s.day = d.day
where d.tenant = :tenant and (:before::date is null or d.day < :before::date)
order by d.day desc
limit :limit;

-- name: add_day
insert into evidence.day (tenant, day, messages, root, statement, signature, leaves)
values (:tenant, :day, :messages, :root, :statement, :signature, :leaves)
on conflict do nothing;

-- name: unstamped_days
select d.day, d.messages, d.root, d.statement, d.signature, ''::bytea as leaves, null::bytea as stamp
from evidence.day as d
where
    d.tenant = :tenant
    and not exists (select from evidence.day_stamp as s where s.tenant = d.tenant and s.day = d.day)
order by d.day
limit :limit;

-- name: add_stamp
insert into evidence.day_stamp (tenant, day, stamp, stamped_at, authority, asked_at)
values (:tenant, :day, :stamp, :at, :authority, :asked_at)
on conflict do nothing;

-- name: add_item
insert into evidence.item (
    tenant, seal, id, kind, side, person, text, files, shows, timing, comparison, weighed, at)
values (
    :tenant, :seal, :id, :kind, :side, :person, :text, :files, :shows, :timing, :comparison, :weighed, :at);

-- name: items
select
    i.id, i.seal, i.kind, i.side, i.person, i.text, i.files, i.shows, i.timing, i.comparison, i.weighed, i.at,
    i.corrected
from evidence.item as i
where i.tenant = :tenant and i.seal = :seal
order by i.id
limit :limit;

-- name: correct_item
update evidence.item
set shows = :shows, timing = :timing, weighed = :weighed, corrected = :corrected
where tenant = :tenant and seal = :seal and id = :id;
