-- name: add_lesson
insert into learning.lesson (
    tenant, shop, id, kind, state, title, talk, good_answer, cause, author, at, decided_by, decided_at)
values (
    :tenant, :shop, :id, :kind, :state, :title, :talk, :good_answer, :cause::text, :author, :at,
    :decided_by::uuid, :decided_at::timestamptz);

-- name: lock_lesson
select l.state from learning.lesson as l
where l.tenant = :tenant and l.shop = :shop and l.id = :id
for update;

-- name: save_lesson
update learning.lesson set state = :state, decided_by = :decided_by, decided_at = :at
where tenant = :tenant and shop = :shop and id = :id;

-- name: lessons
-- What the team can read, and what still waits to be published, the newest first.
select
    l.id, l.shop, l.kind, l.state, l.title, l.talk, l.good_answer, l.cause, l.author,
    coalesce(p.display_name, '') as author_name, l.at, l.decided_by, l.decided_at, r.lesson is not null as read
from learning.lesson as l
left join identity.person as p on p.tenant = l.tenant and p.id = l.author
left join learning.lesson_read as r on r.tenant = l.tenant and r.person = :person and r.lesson = l.id
where l.tenant = :tenant and l.shop = :shop and l.state = any(:states::text[])
    and (:kind::text is null or l.kind = :kind::text)
    and (l.state <> 'proposed' or :leads::bool or l.author = :person)
    and (:id::uuid is null or l.id = :id::uuid)
    and (:before::uuid is null or l.id < :before::uuid)
order by l.id desc
limit :limit;

-- name: add_read
insert into learning.lesson_read (tenant, person, lesson, at)
values (:tenant, :person, :lesson, :at)
on conflict do nothing;

-- name: add_exam
insert into learning.exam (tenant, shop, id, title, pass_percent, questions, author, at)
values (:tenant, :shop, :id, :title, :pass_percent, :questions, :author, :at);

-- name: retire_exam
update learning.exam set retired_at = :at
where tenant = :tenant and shop = :shop and id = :id and retired_at is null;

-- name: find_exam
select e.id, e.shop, e.title, e.pass_percent, e.questions, e.author, e.at, e.retired_at
from learning.exam as e
where e.tenant = :tenant and e.shop = :shop and e.id = :id;

-- name: exams
-- The exams of a shop with how one person did last, the newest first.
select
    e.id, e.title, e.pass_percent, jsonb_array_length(e.questions) as questions, e.at, e.retired_at,
    s.percent, s.passed, s.at as sat_at
from learning.exam as e
left join lateral (
    select t.percent, t.passed, t.at from learning.sitting as t
    where t.tenant = e.tenant and t.person = :person and t.exam = e.id
    order by t.id desc
    limit 1
) as s on true
where e.tenant = :tenant and e.shop = :shop and (:before::uuid is null or e.id < :before::uuid)
order by e.id desc
limit :limit;

-- name: add_sitting
insert into learning.sitting (
    tenant, shop, id, exam, person, "right", total, percent, passed, answers, wrong, at)
values (
    :tenant, :shop, :id, :exam, :person, :right, :total, :percent, :passed, :answers, :wrong, :at);

-- name: add_task
insert into learning.task (tenant, shop, id, person, kind, item, title, set_by, set_at, due_at)
values (:tenant, :shop, :id, :person, :kind, :item, :title, :set_by, :set_at, :due_at);

-- name: finish_tasks
-- Somebody read what he was to read, or passed what he was to pass.
update learning.task set done_at = :at
where tenant = :tenant and person = :person and kind = :kind and item = :item and done_at is null;

-- name: tasks
select
    t.id, t.shop, t.person, coalesce(p.display_name, '') as person_name, t.kind, t.item, t.title, t.set_by, t.set_at, t.due_at,
    t.done_at
from learning.task as t
left join identity.person as p on p.tenant = t.tenant and p.id = t.person
where t.tenant = :tenant and t.shop = :shop and (:person::uuid is null or t.person = :person::uuid)
    and (:before::uuid is null or t.id < :before::uuid)
order by t.id desc
limit :limit;
