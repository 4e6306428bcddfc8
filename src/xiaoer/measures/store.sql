-- name: insert_measure
insert into measures.measure (tenant, id, subject_kind, subject, kind, shop, source_kind, source, reason,
    statement, state, version, begins_at, ends_at, review_at, exam, publish_by, published_at, told_at, changed_at)
values (:tenant, :id, :subject_kind, :subject, :kind, :shop::uuid, :source_kind, :source, :reason,
    :statement::jsonb, 'in_force', 1, :begins_at, :ends_at::timestamptz, :review_at::timestamptz, :exam,
    :publish_by::timestamptz, :published_at::timestamptz, :at, :at);

-- name: insert_happening
insert into measures.happening (tenant, measure, version, at, event, from_state, state, person, text)
values (:tenant, :measure, :version, :at, :event, :from_state, :state, :person::uuid, :text);

-- name: lock_measure
select id, subject_kind, subject, kind, shop as scope, source_kind, source, reason, statement, state, version,
    begins_at, ends_at, review_at, exam, passed_at, suspended_at, ended_at, ended_why, publish_by, published_at,
    late, told_at, changed_at
from measures.measure
where tenant = :tenant and id = :id
for update;

-- name: find_measures
select id, subject_kind, subject, kind, shop as scope, source_kind, source, reason, statement, state, version,
    begins_at, ends_at, review_at, exam, passed_at, suspended_at, ended_at, ended_why, publish_by, published_at,
    late, told_at, changed_at
from measures.measure
where tenant = :tenant and id = any(:ids::uuid[])
order by id;

-- name: of_sources
select id, subject_kind, subject, kind, shop as scope, source_kind, source, reason, statement, state, version,
    begins_at, ends_at, review_at, exam, passed_at, suspended_at, ended_at, ended_why, publish_by, published_at,
    late, told_at, changed_at
from measures.measure
where tenant = :tenant and source = any(:sources::uuid[])
order by id;

-- name: of_subject
select id, subject_kind, subject, kind, shop as scope, source_kind, source, reason, statement, state, version,
    begins_at, ends_at, review_at, exam, passed_at, suspended_at, ended_at, ended_why, publish_by, published_at,
    late, told_at, changed_at
from measures.measure
where tenant = :tenant and subject = :subject and (:open::boolean is not true or state <> 'ended')
    and (:before::uuid is null or id < :before::uuid)
order by id desc
limit :limit;

-- name: page
select id, subject_kind, subject, kind, shop as scope, source_kind, source, reason, statement, state, version,
    begins_at, ends_at, review_at, exam, passed_at, suspended_at, ended_at, ended_why, publish_by, published_at,
    late, told_at, changed_at
from measures.measure
where tenant = :tenant and (:state::text is null or state = :state::text)
    and (:late::boolean is not true or publish_by is not null and (late or published_at is null))
    and (:before::uuid is null or id < :before::uuid)
order by id desc
limit :limit;

-- name: happenings
select version, at, event, from_state, state, person, text
from measures.happening
where tenant = :tenant and measure = :measure
order by version;

-- name: move
update measures.measure
set state = :state, version = :version, ends_at = :ends_at::timestamptz, passed_at = :passed_at::timestamptz,
    suspended_at = :suspended_at::timestamptz, ended_at = :ended_at::timestamptz, ended_why = :ended_why::text,
    changed_at = :at
where tenant = :tenant and id = :id;

-- name: publish
-- False when it is published already, or need not be.
with done as (
    update measures.measure set published_at = :at, changed_at = :at
    where tenant = :tenant and id = :id and publish_by is not null and published_at is null
    returning 1)
select exists (select from done);

-- name: mark_late
with done as (
    update measures.measure set late = true
    where tenant = :tenant and id = :id and publish_by is not null and published_at is null and not late
        and state <> 'ended'
    returning 1)
select exists (select from done);

-- name: biting
-- What may bind somebody, now or later.
select id, subject, kind, shop as scope, reason, begins_at, ends_at, exam, passed_at is not null as passed
from measures.measure
where tenant = :tenant and state in ('in_force', 'awaiting_exam')
    and (:subjects::uuid[] is null or subject = any(:subjects::uuid[]));

-- name: notices
-- Measures in force against shops, and for a while those that were reversed, with their correction.
select m.id, s.name as shop_name, m.kind, m.reason, m.begins_at, m.ends_at, m.state, m.published_at,
    case when m.ended_why = 'reversed' then m.ended_at end as corrected_at
from measures.measure m
join identity.shop s on s.tenant = m.tenant and s.id = m.subject
where m.tenant = :tenant and m.published_at is not null
    and (m.state <> 'ended' or m.ended_why = 'reversed' and m.ended_at > :since)
    and (:before::uuid is null or m.id < :before::uuid)
order by m.id desc
limit :limit;
