-- name: save_thread
-- Only where it is still as it was read; the caller holds the lock, so it is.
with threaded as (
update conversations.conversation set
    desk_version = :desk_version, state = :state, consultation = :consultation, queue = :queue::uuid,
    assignee = :assignee::uuid, answered = :answered, opened_at = :opened_at, queued_at = :queued_at,
    closed_at = case when :state = 'closed' then coalesce(closed_at, :at::timestamptz) end,
    waiting_since = :waiting_since, reply_due_at = :reply_due_at, reply_warn_at = :reply_warn_at,
    snoozed_until = :snoozed_until, merged_into = :merged_into::uuid
where tenant = :tenant and shop = :shop and id = :id and version = :version and desk_version = :was_desk_version
returning id
)
select count(*)::integer from threaded;

-- name: count_lines
-- Another staff line in each of these; 1 when all of them were still as they were read.
with lines_counted as (
update conversations.conversation as c set desk_version = c.desk_version + 1
from unnest(:shops::uuid[], :ids::uuid[], :versions::bigint[], :desk_versions::bigint[])
    as w (shop, id, version, desk_version)
where c.tenant = :tenant and c.shop = w.shop and c.id = w.id and c.version = w.version
    and c.desk_version = w.desk_version
returning c.id
)
select (count(*) = cardinality(:ids::uuid[]))::integer from lines_counted;

-- name: insert_desk_entry
insert into conversations.desk_entry (
    tenant, shop, conversation, version, id, kind, person, text, mentions, after_version, body, at)
values (
    :tenant, :shop, :conversation, :version, :id, :kind, :person::uuid, :text, :mentions::uuid[],
    :after_version, :body::jsonb, :at);

-- name: insert_desk_entries
-- The program's own lines in many conversations.
insert into conversations.desk_entry (
    tenant, shop, conversation, version, id, kind, after_version, body, at)
select :tenant, e.shop, e.conversation, e.version, e.id, e.kind, e.after_version, e.body::jsonb, :at
from unnest(
    :shops::uuid[], :conversations::uuid[], :versions::bigint[], :ids::uuid[], :kinds::text[],
    :after_versions::bigint[], :bodies::text[]
) as e (shop, conversation, version, id, kind, after_version, body);

-- name: open_consultation
insert into conversations.consultation (
    tenant, shop, conversation, number, opened_at, opened_version, opened_by, channel, off_hours, queue, assignee)
values (
    :tenant, :shop, :conversation, :number, :at, :version, :opened_by, :channel, :off_hours, :queue::uuid,
    :assignee::uuid);

-- name: save_consultation
-- Who serves it now; and, when it is closed, by whom and after which entry.
update conversations.consultation set
    queue = coalesce(:queue::uuid, queue),
    assignee = coalesce(:assignee::uuid, assignee),
    closed_at = case when :closed then :at::timestamptz end,
    closed_version = case when :closed then :version::bigint end,
    closed_by = case when :closed then :person::uuid end
where tenant = :tenant and shop = :shop and conversation = :conversation and number = :number;
