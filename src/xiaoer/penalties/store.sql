-- name: lock_subject
-- Everything about one subject is done by one at a time.
select pg_advisory_xact_lock(hashtextextended('penalties:' || :tenant::uuid::text || :subject::uuid::text, 0))::text;

-- name: insert_penalty
insert into penalties.penalty (tenant, id, subject_kind, subject, offence, grade, circumstances, facts, evidence,
    source_kind, source, decided_by, automated, rules_version, table_name, row_id, basis, track, points, strike,
    measures, days, for_ever, pays_minor, next, state, at, appeal_until)
values (:tenant, :id, :subject_kind, :subject, :offence, :grade, :circumstances::text[], :facts, :evidence::text[],
    :source_kind, :source, :decided_by::uuid, :automated, :rules_version, :table_name, :row_id, :basis,
    :track::text, :points, :strike, :measures::text[], :days, :for_ever, :pays_minor, :next::text, :state, :at,
    :appeal_until);

-- name: find_penalties
select id, subject_kind, subject, offence, grade, circumstances, facts, evidence, source_kind, source, decided_by,
    automated, rules_version, table_name, row_id, basis, track, points, strike, measures, days, for_ever,
    pays_minor, next, state, at, appeal_until, reversed_at, reversed_by, reversed_why
from penalties.penalty
where tenant = :tenant and id = any(:ids::uuid[])
order by id;

-- name: all_of_subject
select id, subject_kind, subject, offence, grade, circumstances, facts, evidence, source_kind, source, decided_by,
    automated, rules_version, table_name, row_id, basis, track, points, strike, measures, days, for_ever,
    pays_minor, next, state, at, appeal_until, reversed_at, reversed_by, reversed_why
from penalties.penalty
where tenant = :tenant and subject = :subject
order by at, id;

-- name: page
-- The newest first, by their time: an officer names the id of his penalty himself, a ruling makes one of its own.
select id, subject_kind, subject, offence, grade, circumstances, facts, evidence, source_kind, source, decided_by,
    automated, rules_version, table_name, row_id, basis, track, points, strike, measures, days, for_ever,
    pays_minor, next, state, at, appeal_until, reversed_at, reversed_by, reversed_why
from penalties.penalty
where tenant = :tenant and (:subject::uuid is null or subject = :subject::uuid)
    and (:offence::text is null or offence = :offence::text)
    and (:state::text is null or state = :state::text)
    and (
        :before::uuid is null
        or (at, id) < (select at, id from penalties.penalty where tenant = :tenant and id = :before::uuid)
    )
order by at desc, id desc
limit :limit;

-- name: move
update penalties.penalty
set state = :state, reversed_at = :reversed_at::timestamptz, reversed_by = :reversed_by::uuid,
    reversed_why = :reversed_why
where tenant = :tenant and id = :id;

-- name: insert_entry
insert into penalties.entry (tenant, id, subject_kind, subject, track, points, reason, penalty, reverses, at)
values (:tenant, :id, :subject_kind, :subject, :track, :points, :reason, :penalty::uuid, :reverses::uuid, :at);

-- name: entry_of_penalty
select id, track, points, reason, penalty, reverses, at
from penalties.entry
where tenant = :tenant and penalty = :penalty and reason = 'imposed';

-- name: entries
select id, track, points, reason, penalty, reverses, at
from penalties.entry
where tenant = :tenant and subject = :subject
    and (
        :before::uuid is null
        or (at, id) < (select at, id from penalties.entry where tenant = :tenant and id = :before::uuid)
    )
order by at desc, id desc
limit :limit;

-- name: sums
select track, sum(points)::integer as points
from penalties.entry
where tenant = :tenant and subject = :subject
group by track
order by track;

-- name: pointed
-- The subjects with points, after one of them.
select subject_kind, subject
from penalties.entry
where tenant = :tenant and (:after::uuid is null or subject > :after::uuid)
group by subject_kind, subject
having bool_or(points <> 0)
order by subject
limit :limit;

-- name: insert_effect
insert into penalties.effect (tenant, measure, penalty, kind, node, begins_at, ends_at)
values (:tenant, :measure, :penalty, :kind, :node, :begins_at, :ends_at::timestamptz);

-- name: effects
select measure, penalty, kind, node, begins_at, ends_at
from penalties.effect
where tenant = :tenant and penalty = any(:penalties::uuid[])
order by measure;

-- name: insert_try
insert into penalties.exam_try (tenant, subject, id, person, asked, good, passed, answers, at)
values (:tenant, :subject, :id, :person, :asked, :good, :passed, :answers::jsonb, :at);

-- name: tries
select id, person, asked, good, passed, at
from penalties.exam_try
where tenant = :tenant and subject = :subject
order by at desc, id desc
limit :limit;

-- name: passes
select at from penalties.exam_try
where tenant = :tenant and subject = :subject and passed
order by at;

-- name: close_year
with done as (
    insert into penalties.closed_year (tenant, year, at) values (:tenant, :year, :at)
    on conflict do nothing
    returning 1)
select exists (select from done);

-- name: last_closed_year
select year from penalties.closed_year where tenant = :tenant order by year desc limit 1;

-- name: first_penalty_at
select at from penalties.penalty where tenant = :tenant order by at limit 1;
