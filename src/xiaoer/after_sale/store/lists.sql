-- name: page_due
-- A shop's open cases, what falls due first ahead.
select c.id
from after_sale.case as c
where c.tenant = :tenant and c.shop = :shop and c.closed_at is null
    and (c.due_at, c.id) > (:after_due::timestamptz, :after_id::uuid)
    and (:states::text[] is null or c.state = any(:states::text[]))
    and (:kind::text is null or c.kind = :kind)
    and (:stage::integer is null or c.stage >= :stage)
    and (:due_before::timestamptz is null or c.due_at <= :due_before)
    and (:purchase::uuid is null or c.purchase = :purchase)
    and (:buyer::uuid is null or c.buyer = :buyer)
    and (:assignee::uuid is null or exists (
        select from conversations.conversation as v
        where v.tenant = :tenant and v.shop = :shop and v.id = c.conversation and v.assignee = :assignee))
order by c.due_at, c.id
limit :limit;

-- name: page_of_shop
-- A shop's cases, the newest first.
select c.id
from after_sale.case as c
where c.tenant = :tenant and c.shop = :shop
    and (c.opened_at, c.id) < (:before_at::timestamptz, :before_id::uuid)
    and (:closed::boolean is null or (c.closed_at is not null) = :closed)
    and (:states::text[] is null or c.state = any(:states::text[]))
    and (:kind::text is null or c.kind = :kind)
    and (:purchase::uuid is null or c.purchase = :purchase)
    and (:buyer::uuid is null or c.buyer = :buyer)
    and (:assignee::uuid is null or exists (
        select from conversations.conversation as v
        where v.tenant = :tenant and v.shop = :shop and v.id = c.conversation and v.assignee = :assignee))
order by c.opened_at desc, c.id desc
limit :limit;

-- name: page_of_buyer
-- A buyer's cases, the newest first.
select c.id
from after_sale.case as c
where c.tenant = :tenant and c.buyer = :buyer
    and (c.opened_at, c.id) < (:before_at::timestamptz, :before_id::uuid)
    and (:closed::boolean is null or (c.closed_at is not null) = :closed)
    and (:purchase::uuid is null or c.purchase = :purchase)
order by c.opened_at desc, c.id desc
limit :limit;

-- name: page_with_people
-- What people of the marketplace have to look at, in every shop, the oldest reminder first.
select c.id
from after_sale.case as c
where c.tenant = :tenant and c.state in ('with_people', 'payment_failed')
    and (c.due_at, c.id) > (:after_due::timestamptz, :after_id::uuid)
order by c.due_at, c.id
limit :limit;

-- piece: head_columns
    c.id, c.shop, c.purchase, c.order_number, c.buyer, c.kind, c.reason, c.state, c.version, c.currency,
    coalesce(l.lines, '[]')::text as lines, c.asked_minor, c.refund_minor, c.refunded_minor, c.rounds, c.conversation,
    c.clock, c.due_at, c.stage, c.rules_at, c.rules_version, c.opened_at, c.moved_at, c.closed_at, c.difference,
    coalesce((select p.display_name from identity.person as p where p.tenant = :tenant and p.id = c.buyer), '')
        as buyer_name

-- piece: lines
left join lateral (
    select json_agg(n order by n.place) as lines
    from (
        select n.item, n.quantity, n.amount_minor, n.title, n.image_url, n.new_variant, n.becomes, n.place
        from after_sale.line as n
        where n.tenant = :tenant and n.shop = c.shop and n.case_id = c.id
    ) as n
) as l on true

-- name: heads
-- Some cases as lists show them, in the order of their ids.
select
    {{head_columns}}
from unnest(:ids::uuid[]) with ordinality as w (id, place)
join after_sale.case as c on c.tenant = :tenant and c.id = w.id
{{lines}}
order by w.place;

-- name: heads_due
-- All of a shop's open cases, what falls due first ahead. No page is as long as the limit inside: it tells the planner
-- so, and what was planned once serves every page.
select
    {{head_columns}}
from (
    select
        c.id, c.shop, c.purchase, c.order_number, c.buyer, c.kind, c.reason, c.state, c.version, c.currency,
        c.asked_minor, c.refund_minor, c.refunded_minor, c.rounds, c.conversation, c.clock, c.due_at, c.stage,
        c.rules_at, c.rules_version, c.opened_at, c.moved_at, c.closed_at, c.difference
    from after_sale.case as c
    where c.tenant = :tenant and c.shop = :shop and c.closed_at is null
        and (c.due_at, c.id) > (:after_due::timestamptz, :after_id::uuid)
    order by c.due_at, c.id
    limit 201
) as c
{{lines}}
order by c.due_at, c.id
limit :limit;

-- name: heads_of_shop
-- All of a shop's cases, the newest first; planned once, as those that fall due.
select
    {{head_columns}}
from (
    select
        c.id, c.shop, c.purchase, c.order_number, c.buyer, c.kind, c.reason, c.state, c.version, c.currency,
        c.asked_minor, c.refund_minor, c.refunded_minor, c.rounds, c.conversation, c.clock, c.due_at, c.stage,
        c.rules_at, c.rules_version, c.opened_at, c.moved_at, c.closed_at, c.difference
    from after_sale.case as c
    where c.tenant = :tenant and c.shop = :shop
        and (c.opened_at, c.id) < (:before_at::timestamptz, :before_id::uuid)
    order by c.opened_at desc, c.id desc
    limit 201
) as c
{{lines}}
order by c.opened_at desc, c.id desc
limit :limit;

-- name: place_due
select c.due_at from after_sale.case as c where c.tenant = :tenant and c.id = :id;

-- name: place_opened
select c.opened_at from after_sale.case as c where c.tenant = :tenant and c.id = :id;

-- name: count_board
-- How many open cases of a shop stand in each state, and how many of them are late.
select c.state, count(*)::bigint as cases, count(*) filter (where c.stage > 0)::bigint as urgent,
    min(c.due_at) as next_due_at
from after_sale.case as c
where c.tenant = :tenant and c.shop = :shop and c.closed_at is null
group by c.state
order by c.state;

-- name: files
select f.id, f.name, f.media_type, f.size_bytes, f.width, f.height, f.thumbnail_key is not null as thumbnail
from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]);

-- name: figures_of_kinds
-- How the cases opened in a span went, kind by kind; the medians are of those that were answered or closed.
select c.kind, c.currency, count(*)::bigint as opened,
    count(*) filter (where c.closed_at is not null)::bigint as closed,
    count(*) filter (where c.refunded_minor > 0)::bigint as refunded,
    coalesce(sum(c.refunded_minor), 0)::bigint as refunded_minor,
    count(*) filter (where w.people)::bigint as with_people,
    count(*) filter (where w.refused)::bigint as refused,
    count(*) filter (where w.silent)::bigint as silent,
    percentile_disc(0.5) within group (order by extract(epoch from c.answered_at - c.opened_at)::bigint)
        as answer_seconds,
    percentile_disc(0.5) within group (order by extract(epoch from c.closed_at - c.opened_at)::bigint)
        as close_seconds
from after_sale.case as c
cross join lateral (
    select coalesce(bool_or(h.state = 'with_people'), false) as people,
        coalesce(bool_or(h.event = 'refuse'), false) as refused,
        coalesce(bool_or(h.event = 'seller_silent'), false) as silent
    from after_sale.happening as h
    where h.tenant = c.tenant and h.shop = c.shop and h.case_id = c.id
) as w
where c.tenant = :tenant and c.shop = :shop
    and c.opened_at >= :since::timestamptz and c.opened_at < :until::timestamptz
group by c.kind, c.currency
order by count(*) desc, c.kind, c.currency;

-- name: figures_of_refusals
-- Why the shop refused.
select h.body ->> 'reason' as reason, count(*)::bigint as refusals, count(distinct h.case_id)::bigint as cases
from after_sale.case as c
join after_sale.happening as h on h.tenant = c.tenant and h.shop = c.shop and h.case_id = c.id
where c.tenant = :tenant and c.shop = :shop
    and c.opened_at >= :since::timestamptz and c.opened_at < :until::timestamptz and h.event = 'refuse'
group by h.body ->> 'reason'
order by count(*) desc, h.body ->> 'reason';
