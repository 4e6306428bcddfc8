-- name: candidates
-- The last inspections of a shop's closed consultations in a time that no draw has taken, as of a moment.
select
    s.id as score, s.conversation, s.consultation, s.agent, (s.score_tenths / 10)::integer as points,
    case
        when jsonb_path_exists(s.result, '$.findings[*] ? (@.verdict == "block" || @.verdict == "rewrite")')
            then 'serious'
        when jsonb_path_exists(s.result, '$.findings[*] ? (@.verdict == "hint")') then 'hint'
        else 'none'
    end as guard,
    (
        select r.stars::integer from learning.rating as r
        where r.tenant = :tenant and r.conversation = s.conversation and r.consultation = s.consultation
            and r.at <= :now
        order by r.id desc
        limit 1
    ) as stars,
    m.created_at as agent_since,
    exists (
        select from inspection.alert as x
        where x.tenant = :tenant and x.shop = :shop and x.conversation = s.conversation
            and x.consultation = s.consultation and x.at <= :now
    ) as alerted
from inspection.score as s
left join identity.membership as m on m.tenant = :tenant and m.person = s.agent and m.shop = s.shop
where s.tenant = :tenant and s.shop = :shop and s.at >= :since and s.at < :until and s.cause <> 'nightly'
    and s.score_tenths is not null and (:score::uuid is null or s.id = :score::uuid)
    and not exists (
        select 1 from inspection.score as n
        where n.tenant = :tenant and n.shop = :shop and n.conversation = s.conversation
            and n.consultation = s.consultation and n.id > s.id and n.at <= :now
    )
    and not exists (
        select 1 from grading.sample as g
        where g.tenant = :tenant and g.score = s.id and g.drawn_at <= :now and g.draw <> :draw
    )
    and not exists (
        select 1 from grading.score_appeal as a
        where a.tenant = :tenant and a.score = s.id and a.lodged_at <= :now
    )
order by s.id
limit :limit;

-- name: count_alerted
-- How many talks with an alert were laid before graders since a moment, and whether this one ever was.
select
    (count(*) filter (where g.drawn_at >= :since))::integer as lately,
    coalesce(bool_or(g.conversation = :conversation and g.consultation = :consultation), false) as this_one
from grading.sample as g
where g.tenant = :tenant and g.shop = :shop and g.drawn_for = 'alert';

-- name: add_draw
insert into grading.draw (
    tenant, shop, id, since, until, seed, candidates, random, risk, drawn_by, rules_version, at)
values (
    :tenant, :shop, :id, :since, :until, :seed, :candidates, :random, :risk, :drawn_by::uuid, :rules_version, :at);

-- name: draws
select d.id, d.shop, d.since, d.until, d.seed, d.candidates, d.random, d.risk, d.drawn_by, d.rules_version, d.at
from grading.draw as d
where d.tenant = :tenant and d.shop = :shop and (:id::uuid is null or d.id = :id::uuid)
    and (:before::uuid is null or d.id < :before::uuid)
order by d.id desc
limit :limit;

-- name: drawn
-- The scores a draw took.
select g.score from grading.sample as g where g.tenant = :tenant and g.shop = :shop and g.draw = :draw;

-- name: add_sample
insert into grading.sample (
    tenant, shop, id, draw, score, conversation, consultation, agent, drawn_for, weight, rows, twice, state,
    version, drawn_at, moved_at, clock, due_at, rules_at, rules_version)
values (
    :tenant, :shop, :id, :draw, :score, :conversation, :consultation, :agent::uuid, :drawn_for, :weight, :rows,
    :twice, :state, 1, :drawn_at, :drawn_at, :clock, :due_at, :rules_at, :rules_version);

-- name: lock_sample
select
    g.id, g.shop, g.draw, g.score, g.conversation, g.consultation, g.agent, g.drawn_for, g.weight, g.rows, g.twice,
    g.state, g.version, g.holder, g.held_until, g.drawn_at, g.moved_at, g.clock, g.due_at, g.rules_at,
    g.rules_version
from grading.sample as g
where g.tenant = :tenant and g.id = :id
for update;

-- name: find_sample
select
    g.id, g.shop, g.draw, g.score, g.conversation, g.consultation, g.agent, g.drawn_for, g.weight, g.rows, g.twice,
    g.state, g.version, g.holder, g.held_until, g.drawn_at, g.moved_at, g.clock, g.due_at, g.rules_at,
    g.rules_version
from grading.sample as g
where g.tenant = :tenant and g.shop = :shop and g.id = :id;

-- name: sample_of_score
select
    g.id, g.shop, g.draw, g.score, g.conversation, g.consultation, g.agent, g.drawn_for, g.weight, g.rows, g.twice,
    g.state, g.version, g.holder, g.held_until, g.drawn_at, g.moved_at, g.clock, g.due_at, g.rules_at,
    g.rules_version
from grading.sample as g
where g.tenant = :tenant and g.score = :score;

-- name: samples_page
-- The newest first; of a shop or of all. `open`: what still waits for a grade.
select
    g.id, g.shop, g.draw, g.score, g.conversation, g.consultation, g.agent, g.drawn_for, g.weight, g.rows, g.twice,
    g.state, g.version, g.holder, g.held_until, g.drawn_at, g.moved_at, g.clock, g.due_at, g.rules_at,
    g.rules_version
from grading.sample as g
where g.tenant = :tenant and (:shop::uuid is null or g.shop = :shop::uuid)
    and (:open and g.state in ('drawn', 'second', 'apart') or not :open and g.state in ('settled', 'lapsed'))
    and (:before::uuid is null or g.id < :before::uuid)
order by g.id desc
limit :limit;

-- name: save_sample
update grading.sample
set state = :state, version = :version, holder = :holder::uuid, held_until = :held_until::timestamptz,
    moved_at = :moved_at, clock = :clock::text, due_at = :due_at::timestamptz
where tenant = :tenant and shop = :shop and id = :id and version = :version - 1;

-- name: hold_sample
update grading.sample set holder = :holder, held_until = :held_until
where tenant = :tenant and shop = :shop and id = :id;

-- name: add_grade
insert into grading.grade (
    tenant, subject, seat, id, shop, score, person, sheet, score_tenths, grade, parts, card, at)
values (
    :tenant, :subject, :seat, :id, :shop, :score, :person, :sheet, :score_tenths::integer, :grade::text, :parts,
    :card, :at);

-- name: grades
-- The sheets about one thing, in the order they came.
select
    g.id, g.subject, g.seat, g.person, coalesce(p.display_name, '') as person_name, g.sheet,
    (g.score_tenths / 10.0)::double precision as score, g.grade, g.parts, g.card, g.at
from grading.grade as g
left join identity.person as p on p.tenant = :tenant and p.id = g.person
where g.tenant = :tenant and g.subject = any(:subjects)
order by g.id;

-- name: graders
-- Who has filled in which subject's sheets.
select g.subject, g.person from grading.grade as g where g.tenant = :tenant and g.subject = any(:subjects);

-- name: spoke
-- Who of the staff spoke in a consultation.
select distinct e.person from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation and e.consultation = :consultation
    and e.person is not null and e.role <> 'buyer';

-- name: spoke_of_samples
-- Who of the staff spoke in the talks of some samples.
select distinct g.id as subject, e.person
from grading.sample as g
join conversations.entry as e
    on e.tenant = :tenant and e.shop = g.shop and e.conversation = g.conversation
        and e.consultation = g.consultation
where g.tenant = :tenant and g.id = any(:subjects) and e.person is not null and e.role <> 'buyer';

-- name: add_step
insert into grading.step (tenant, subject, version, event, from_state, state, person, text, at)
values (:tenant, :subject, :version, :event, :from_state, :state, :person::uuid, :text, :at);

-- name: steps
select
    s.version, s.event, s.from_state, s.state, s.person, coalesce(p.display_name, '') as person_name, s.text, s.at
from grading.step as s
left join identity.person as p on p.tenant = s.tenant and p.id = s.person
where s.tenant = :tenant and s.subject = :subject
order by s.version;

-- name: settled_pairs
-- Settled samples of a time with both blind grades and the machine's marks.
select
    g.id, f.sheet as first, t.sheet as second, s.result -> 'steps' as machine,
    s.result -> 'parts' as machine_parts, f.grade as first_grade, t.grade as second_grade, s.grade as machine_grade
from grading.sample as g
join grading.grade as f on f.tenant = :tenant and f.subject = g.id and f.seat = 'first'
left join grading.grade as t on t.tenant = :tenant and t.subject = g.id and t.seat = 'second'
join inspection.score as s on s.tenant = :tenant and s.id = g.score
where g.tenant = :tenant and g.shop = :shop and g.state = 'settled' and g.moved_at >= :since and g.moved_at < :until
order by g.id
limit :limit;

-- name: counts
-- How many samples were drawn in a time, settled, graded twice, and decided by a third.
select
    count(*)::integer as samples,
    count(*) filter (where g.state = 'settled')::integer as settled,
    count(*) filter (where g.state = 'settled' and exists (
        select from grading.grade as t where t.tenant = :tenant and t.subject = g.id and t.seat = 'second'
    ))::integer as twice,
    count(*) filter (where exists (
        select from grading.grade as t where t.tenant = :tenant and t.subject = g.id and t.seat = 'third'
    ))::integer as third
from grading.sample as g
where g.tenant = :tenant and g.shop = :shop and g.moved_at >= :since and g.moved_at < :until;
