-- name: consultation
-- One consultation of a conversation: its stretch, who served it, whose conversation it is.
select
    u.number, u.opened_version, coalesce(u.closed_version, c.version) as last, u.assignee, c.buyer, u.closed_at,
    u.opened_at
from conversations.consultation as u
join conversations.conversation as c on c.tenant = :tenant and c.shop = :shop and c.id = u.conversation
where u.tenant = :tenant and u.shop = :shop and u.conversation = :conversation
    and (:number::integer is null or u.number = :number::integer)
order by u.number desc
limit 1;

-- name: lines
-- The messages of a stretch that still stand, with what the guard said when they were sent.
select e.version, e.role, e.person, e.kind, coalesce(e.text, '') as text, e.at, e.guard
from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation
    and e.version between :first and :last and e.consultation = :consultation
    and e.kind in ('text', 'image', 'file', 'card')
    and not exists (
        select 1 from conversations.entry as r
        where r.tenant = :tenant and r.shop = :shop and r.conversation = :conversation
            and r.kind = 'recall' and r.recalls = e.version
    )
order by e.version
limit :limit;

-- name: long_open
-- Open consultations with news since they were last inspected, or never were; the longest first.
select u.shop, u.conversation, u.number
from conversations.consultation as u
join conversations.conversation as c on c.tenant = :tenant and c.shop = u.shop and c.id = u.conversation
where u.tenant = :tenant and u.closed_at is null and u.opened_at < :opened_before
    and not exists (
        select 1 from inspection.score as s
        where s.tenant = :tenant and s.shop = u.shop and s.conversation = u.conversation
            and s.consultation = u.number and (s.at > :inspected_after or s.last >= c.last_version)
    )
order by u.opened_at
limit :limit;

-- name: add_score
insert into inspection.score (
    tenant, id, shop, conversation, consultation, agent, cause, first, last, score_tenths, grade, flags, turns,
    dissatisfied, rules, card, model, result, at)
values (
    :tenant, :id, :shop, :conversation, :consultation, :agent::uuid, :cause, :first, :last,
    :score_tenths::integer, :grade::text, :flags, :turns, :dissatisfied, :rules, :card, :model, :result, :at)
on conflict (tenant, shop, conversation, consultation, last, card) do nothing;

-- name: find_score
select
    s.id, s.shop as shop_id, s.conversation as conversation_id, s.consultation, s.agent as agent_id, s.cause,
    s.first, s.last,
    (case when v.id is null then s.score_tenths else v.score_tenths end / 10.0)::double precision as score,
    case when v.id is null then s.grade else v.grade end as grade, s.flags, s.turns, s.dissatisfied, s.rules,
    s.card, s.model, s.at, v.source as settled,
    exists (
        select from inspection.veil as w
        where w.tenant = :tenant and w.shop = s.shop and w.score = s.id and w.lifted_at is null
    ) as veiled, coalesce(p.display_name, '') as agent_name, s.result
from inspection.score as s
left join identity.person as p on p.tenant = :tenant and p.id = s.agent
left join lateral (
    select n.id, n.source, n.score_tenths, n.grade from inspection.settlement as n
    where n.tenant = :tenant and n.shop = s.shop and n.score = s.id
    order by n.id desc
    limit 1
) as v on true
where s.tenant = :tenant and s.id = :id;

-- name: scores_page
-- The last inspection of each consultation of a shop, the newest first.
select
    s.id, s.shop as shop_id, s.conversation as conversation_id, s.consultation, s.agent as agent_id, s.cause,
    s.first, s.last,
    (case when v.id is null then s.score_tenths else v.score_tenths end / 10.0)::double precision as score,
    case when v.id is null then s.grade else v.grade end as grade, s.flags, s.turns, s.dissatisfied, s.rules,
    s.card, s.model, s.at, v.source as settled,
    exists (
        select from inspection.veil as w
        where w.tenant = :tenant and w.shop = s.shop and w.score = s.id and w.lifted_at is null
    ) as veiled, coalesce(p.display_name, '') as agent_name
from inspection.score as s
left join identity.person as p on p.tenant = :tenant and p.id = s.agent
left join lateral (
    select n.id, n.source, n.score_tenths, n.grade from inspection.settlement as n
    where n.tenant = :tenant and n.shop = s.shop and n.score = s.id
    order by n.id desc
    limit 1
) as v on true
where s.tenant = :tenant and s.shop = :shop
    and (:agent::uuid is null or s.agent = :agent::uuid)
    and (:conversation::uuid is null or s.conversation = :conversation::uuid)
    and (:grade::text is null or case when v.id is null then s.grade else v.grade end = :grade::text)
    and (:grade::text is null or :seen or not exists (
        select from inspection.veil as w
        where w.tenant = :tenant and w.shop = s.shop and w.score = s.id and w.lifted_at is null
    ))
    and (:flag::text is null or :flag::text = any(s.flags))
    and (:since::timestamptz is null or s.at >= :since::timestamptz)
    and (:until::timestamptz is null or s.at < :until::timestamptz)
    and (:before::uuid is null or s.id < :before::uuid)
    and not exists (
        select 1 from inspection.score as n
        where n.tenant = :tenant and n.shop = :shop and n.conversation = s.conversation
            and n.consultation = s.consultation and n.id > s.id
    )
order by s.id desc
limit :limit;

-- name: figures
-- What the last inspections of a stretch of days come to, for each agent, by the scores that stand.
with standing as (
    select
        s.agent, s.flags, s.turns, s.dissatisfied, s.result, coalesce(v.steps, s.result -> 'steps') as steps,
        case when v.id is null then s.score_tenths else v.score_tenths end as score_tenths,
        case when v.id is null then s.grade else v.grade end as grade
    from inspection.score as s
    left join lateral (
        select n.id, n.score_tenths, n.grade, n.steps from inspection.settlement as n
        where n.tenant = :tenant and n.shop = :shop and n.score = s.id
        order by n.id desc
        limit 1
    ) as v on true
    where s.tenant = :tenant and s.shop = :shop and s.at >= :since and s.at < :until
        and (:agent::uuid is null or s.agent = :agent::uuid)
        and not exists (
            select 1 from inspection.score as n
            where n.tenant = :tenant and n.shop = :shop and n.conversation = s.conversation
                and n.consultation = s.consultation and n.id > s.id
        )
)
select
    s.agent,
    count(*)::integer as inspected,
    count(s.score_tenths)::integer as scored,
    coalesce(sum(s.score_tenths), 0)::integer as score_tenths,
    count(*) filter (where s.grade = 'failed')::integer as failed,
    count(*) filter (where cardinality(s.flags) > 0)::integer as flagged,
    coalesce(sum((s.result #>> '{clocks,rounds}')::integer), 0)::integer as rounds,
    coalesce(sum((s.result #>> '{clocks,in_time}')::integer), 0)::integer as in_time,
    coalesce(sum((s.result #>> '{clocks,total_seconds}')::integer), 0)::integer as total_seconds,
    coalesce(sum(s.turns), 0)::integer as turns,
    coalesce(sum(s.dissatisfied), 0)::integer as dissatisfied,
    array[
        count((s.steps #>> '{0,points}')::integer), count((s.steps #>> '{1,points}')::integer),
        count((s.steps #>> '{2,points}')::integer), count((s.steps #>> '{3,points}')::integer),
        count((s.steps #>> '{4,points}')::integer), count((s.steps #>> '{5,points}')::integer)
    ]::integer[] as called,
    array[
        coalesce(sum((s.steps #>> '{0,points}')::integer), 0),
        coalesce(sum((s.steps #>> '{1,points}')::integer), 0),
        coalesce(sum((s.steps #>> '{2,points}')::integer), 0),
        coalesce(sum((s.steps #>> '{3,points}')::integer), 0),
        coalesce(sum((s.steps #>> '{4,points}')::integer), 0),
        coalesce(sum((s.steps #>> '{5,points}')::integer), 0)
    ]::integer[] as points
from standing as s
group by s.agent;

-- name: add_settlement
insert into inspection.settlement (
    tenant, shop, score, id, source, subject, score_tenths, grade, steps, row, rules, at)
values (
    :tenant, :shop, :score, :id, :source, :subject, :score_tenths::integer, :grade::text, :steps::jsonb, :row,
    :rules, :at);

-- name: settlements
-- What people added to a score, in order; the last one stands.
select
    v.source, v.subject, (v.score_tenths / 10.0)::double precision as score, v.grade, v.steps, v.row, v.rules, v.at
from inspection.settlement as v
where v.tenant = :tenant and v.shop = :shop and v.score = :score
order by v.id;

-- name: add_veil
insert into inspection.veil (tenant, shop, score, at) values (:tenant, :shop, :score, :at)
on conflict (tenant, shop, score) do nothing;

-- name: lift_veil
update inspection.veil set lifted_at = :at
where tenant = :tenant and shop = :shop and score = :score and lifted_at is null;

-- name: add_reading
insert into inspection.reading (tenant, id, shop, conversation, first, last, purpose, person, role, at)
values (:tenant, :id, :shop, :conversation, :first, :last, :purpose, :person::uuid, :role, :at);

-- name: readings
-- Who read a conversation for quality, the newest first.
select r.id, r.conversation as conversation_id, r.first, r.last, r.purpose, r.person as person_id, r.role, r.at
from inspection.reading as r
where r.tenant = :tenant and r.shop = :shop and r.conversation = :conversation
    and (:before::uuid is null or r.id < :before::uuid)
order by r.id desc
limit :limit;

-- name: newest_model
select m.id from inspection.model as m where m.tenant = :tenant order by m.id desc limit 1;

-- name: model_body
select m.body from inspection.model as m where m.tenant = :tenant and m.id = :id;

-- name: add_model
insert into inspection.model (tenant, id, name, body, at) values (:tenant, :id, :name, :body, :at);
