-- name: insert_appeal
insert into appeals.appeal (
    tenant, id, shop, target_kind, target, appellant_kind, appellant, other_kind, other, lodged_by, client_id, text,
    wanted, new_facts, late_reason, human, state, version, judge, judges, barred, agent, suspended, left_seconds,
    summary, statement, clock, due_at, stage, rules_at, rules_version, lodged_at, moved_at, closed_at)
values (
    :tenant, :id, :shop::uuid, :target_kind, :target, :appellant_kind, :appellant, :other_kind::text, :other::uuid,
    :lodged_by, :client_id::text, :text, :wanted, :new_facts, :late_reason, :human, :state, :version, null, :judges,
    :barred, :agent::uuid, false, :left_seconds, :summary, null, :clock, :due_at, 0, :rules_at, :rules_version, :now,
    :now, null);

-- name: save_appeal
-- Only from the version that was read, under the appeal's lock.
update appeals.appeal
set state = :state, version = version + 1, new_facts = :new_facts, judge = :judge::uuid, barred = :barred,
    suspended = :suspended, left_seconds = :left_seconds, statement = :statement::jsonb, clock = :clock::text,
    due_at = :due_at::timestamptz, stage = :stage, moved_at = :moved_at, closed_at = :closed_at::timestamptz
where tenant = :tenant and id = :id and version = :version;

-- name: lock_appeal
-- Of a party when one is named.
select a.id
from appeals.appeal as a
where a.tenant = :tenant and a.id = :id
    and (:party::uuid is null or a.appellant = :party or a.other = :party)
for no key update;

-- name: find_appeals
-- Some appeals in the order they were asked for.
select
    a.id, a.shop, a.target_kind, a.target, a.appellant_kind, a.appellant, a.other_kind, a.other, a.lodged_by,
    a.client_id, a.text, a.wanted, a.new_facts, a.late_reason, a.human, a.state, a.version, a.judge, a.judges,
    a.barred, a.agent, a.suspended, a.left_seconds, a.summary, a.statement, a.clock, a.due_at, a.stage, a.rules_at,
    a.rules_version, a.lodged_at, a.moved_at, a.closed_at
from unnest(:ids::uuid[]) with ordinality as w (id, place)
join appeals.appeal as a on a.tenant = :tenant and a.id = w.id
order by w.place;

-- name: find_of_client
select a.id from appeals.appeal as a
where a.tenant = :tenant and a.lodged_by = :person and a.client_id = :client_id;

-- name: lock_target
-- Two appeals against one decision are taken one after the other.
select pg_advisory_xact_lock(hashtextextended(:tenant::uuid::text || ' ' || :key, 0)) is null as locked;

-- name: of_target
-- Appeals against one decision, of one party when it is named.
select a.id from appeals.appeal as a
where a.tenant = :tenant and a.target_kind = :kind and a.target = :target
    and (:appellant::uuid is null or a.appellant = :appellant)
order by a.lodged_at, a.id;

-- name: page_of_party
-- Appeals somebody lodged or is the other side of, the newest first.
select a.id from appeals.appeal as a
where a.tenant = :tenant and (a.appellant = :party or a.other = :party)
    and (:closed::boolean is null or (a.closed_at is not null) = :closed::boolean)
    and (:before::uuid is null or a.id < :before::uuid)
order by a.id desc
limit :limit;

-- name: page_due
-- Open appeals, what falls due first ahead; of one judge, or without one.
select a.id from appeals.appeal as a
where a.tenant = :tenant and a.closed_at is null
    and (:judge::uuid is null or a.judge = :judge::uuid)
    and (not :free::boolean or a.state in ('lodged', 'accepted'))
    and (a.due_at, a.id) > (:after_due, :after_id)
order by a.due_at, a.id
limit :limit;

-- name: page_closed
-- Closed appeals, the latest first.
select a.id from appeals.appeal as a
where a.tenant = :tenant and a.closed_at is not null and (a.closed_at, a.id) < (:before_at, :before_id)
order by a.closed_at desc, a.id desc
limit :limit;

-- name: place_of
select a.due_at, a.closed_at from appeals.appeal as a where a.tenant = :tenant and a.id = :id;

-- name: loads
-- How many open appeals each of these people has, and when he was last given one.
select w.id as person, count(a.id)::bigint as open, max(a.moved_at) as last_at
from unnest(:people::uuid[]) as w (id)
left join appeals.appeal as a on a.tenant = :tenant and a.judge = w.id and a.closed_at is null
group by w.id;

-- name: insert_evidence
insert into appeals.evidence (
    tenant, appeal, id, side, person, kind, number, opens_for, text, files, shows, weighed, at)
values (
    :tenant, :appeal, :id, :side, :person, :kind, :number::text, :opens_for::uuid, :text, :files, :shows, :weighed,
    :at);

-- name: evidence
select e.id, e.side, e.person, e.kind, e.number, e.opens_for, e.text, e.files, e.shows, e.weighed, e.at
from appeals.evidence as e
where e.tenant = :tenant and e.appeal = :appeal
order by e.at, e.id;

-- name: insert_happening
insert into appeals.happening (tenant, appeal, version, id, at, event, side, person, from_state, state, text)
values (:tenant, :appeal, :version, :id, :at, :event, :side, :person::uuid, :from_state, :state, :text);

-- name: happenings
select h.version, h.at, h.event, h.side, h.person, h.from_state, h.state, h.text
from appeals.happening as h
where h.tenant = :tenant and h.appeal = :appeal
order by h.version;

-- name: find_talk
-- The talk of a buyer with a shop; without one, his latest, where anything of his can be kept.
select c.id from conversations.conversation as c
where c.tenant = :tenant and c.buyer = :buyer and (:alone::boolean or c.shop = :shop::uuid)
order by c.shop = :shop::uuid desc nulls last, c.id desc
limit 1;

-- name: own_files
-- Which of these files somebody uploaded himself.
select f.id from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]) and f.person = :person;

-- name: files
-- What uploaded files are.
select
    f.id, f.name, f.media_type, f.size_bytes, f.width, f.height, f.thumbnail_key is not null as thumbnail
from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]);
