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

-- name: insert_desk_entry
insert into conversations.desk_entry (
    tenant, shop, conversation, version, id, kind, person, text, mentions, after_version, body, at)
values (
    :tenant, :shop, :conversation, :version, :id, :kind, :person::uuid, :text, :mentions::uuid[],
    :after_version, :body::jsonb, :at);

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
