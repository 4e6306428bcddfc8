-- name: lines
-- Each queue with how many wait in it, since when, and when the next answer is due; null is "no queue yet".
select c.queue as queue_id, count(*)::integer as waiting, min(c.queued_at) as oldest_at, min(c.reply_due_at) as next_due_at
from conversations.conversation as c
where c.tenant = :tenant and c.shop = :shop and c.state = 'queued'
group by c.queue;

-- name: at_risk
-- Whose buyer waits, the nearest due time first.
select c.id, c.buyer as buyer_id, coalesce(p.display_name, '') as buyer_name, c.state, c.queue as queue_id,
       c.assignee as assignee_id, c.waiting_since, c.reply_due_at, c.last_text, c.last_at
from conversations.conversation as c
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
where c.tenant = :tenant and c.shop = :shop and c.reply_due_at is not null and c.state in ('queued', 'assigned')
order by c.reply_due_at, c.id
limit :limit;

-- name: served
-- What somebody serves whose buyer has his answer, the latest words first.
select c.id, c.buyer as buyer_id, coalesce(p.display_name, '') as buyer_name, c.state, c.queue as queue_id,
       c.assignee as assignee_id, c.waiting_since, c.reply_due_at, c.last_text, c.last_at
from conversations.conversation as c
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
where c.tenant = :tenant and c.shop = :shop and c.assignee is not null
  and c.state = 'assigned' and c.reply_due_at is null
order by c.last_at desc nulls last, c.id
limit :limit;

-- name: watched
-- Some conversations of a shop as the board shows them.
select c.id, c.buyer as buyer_id, coalesce(p.display_name, '') as buyer_name, c.state, c.queue as queue_id,
       c.assignee as assignee_id, c.waiting_since, c.reply_due_at, c.last_text, c.last_at
from conversations.conversation as c
left join identity.person as p on p.tenant = c.tenant and p.id = c.buyer
where c.tenant = :tenant and c.shop = :shop and c.id = any(:conversations::uuid[]);

-- name: today
select count(*)::integer as opened,
       count(*) filter (where closed_at is not null)::integer as closed,
       count(*) filter (where first_reply_at is not null)::integer as answered,
       coalesce(sum(breached), 0)::integer as breached,
       extract(epoch from percentile_cont(0.5) within group (order by first_reply_at - opened_at))::float8
           as median_first_reply_seconds
from conversations.consultation
where tenant = :tenant and shop = :shop and opened_at >= :since;
