-- name: page_of_party
-- What somebody complained of, or is complained of, the newest first.
select c.id
from complaints.complaint as c
where c.tenant = :tenant
    and (
        (:by::boolean and c.complainant_kind = :kind and c.complainant = :party)
        or (:against::boolean and c.accused_kind = :kind and c.accused = :party and c.state not in ('lodged', 'refused', 'merged'))
    )
    and (c.lodged_at, c.id) < (:before_at::timestamptz, :before_id::uuid)
    and (:closed::boolean is null or (c.closed_at is not null) = :closed)
    and (:states::text[] is null or c.state = any(:states::text[]))
    and (:purchase::uuid is null or c.purchase = :purchase)
order by c.lodged_at desc, c.id desc
limit :limit;

-- name: page_due
-- Open complaints of the marketplace: urgent ones first, then what falls due first; never one's own.
select c.id
from complaints.complaint as c
where c.tenant = :tenant and c.closed_at is null
    and c.accused is distinct from :me::uuid
    and (not c.urgent, c.due_at, c.id) > (:after_calm::boolean, :after_due::timestamptz, :after_id::uuid)
    and (:states::text[] is null or c.state = any(:states::text[]))
    and (:of_kind::text is null or c.accused_kind = :of_kind)
    and (:shop::uuid is null or c.shop = :shop)
    and (:buyer::uuid is null or c.buyer = :buyer)
order by not c.urgent, c.due_at, c.id
limit :limit;

-- name: page_newest
-- Complaints of the marketplace, the newest first; never one's own.
select c.id
from complaints.complaint as c
where c.tenant = :tenant and c.accused is distinct from :me::uuid
    and (c.lodged_at, c.id) < (:before_at::timestamptz, :before_id::uuid)
    and (:closed::boolean is null or (c.closed_at is not null) = :closed)
    and (:states::text[] is null or c.state = any(:states::text[]))
    and (:of_kind::text is null or c.accused_kind = :of_kind)
    and (:shop::uuid is null or c.shop = :shop)
    and (:buyer::uuid is null or c.buyer = :buyer)
order by c.lodged_at desc, c.id desc
limit :limit;

-- name: place_due
select not c.urgent as calm, c.due_at, c.id from complaints.complaint as c where c.tenant = :tenant and c.id = :id;

-- name: place_lodged
select c.lodged_at from complaints.complaint as c where c.tenant = :tenant and c.id = :id;

-- name: calls_page
select
    k.id, k.operator, k.for_kind, k.for_id, k.type, k.purchase, k.text, k.caller, k.expires_at, k.complaint, k.at
from complaints.call as k
where k.tenant = :tenant and (k.at, k.id) < (:before_at::timestamptz, :before_id::uuid)
order by k.at desc, k.id desc
limit :limit;

-- name: place_call
select k.at from complaints.call as k where k.tenant = :tenant and k.id = :id;

-- name: record_of
-- What the last year says about somebody who complains: complaints that came to nothing, screenshots that
-- differ from the server copy, and how many of a buyer's orders came back.
select
    (
        select count(*) from complaints.complaint as c
        where c.tenant = :tenant and c.complainant = :party and c.lodged_at > :since
    )::bigint as complaints,
    (
        select count(*) from complaints.complaint as c
        where c.tenant = :tenant and c.complainant = :party and c.lodged_at > :since
            and (c.state in ('rejected', 'not_proved') or c.refusal ->> 'reason' in ('malicious', 'fake_trade'))
    )::bigint as failed,
    (
        select count(*) from evidence.item as i
        join evidence.seal as s on s.tenant = i.tenant and s.id = i.seal
        where i.tenant = :tenant and i.at > :since and i.weighed ->> 'flag' = 'forgery_suspected'
            and i.side = :side and (case when :side = 'shop' then s.shop else i.person end) = :party
    )::bigint as forged,
    (
        select count(distinct p.id) from orders.purchase as p
        where p.tenant = :tenant and p.buyer = :party and p.listed_at > :since
    )::bigint as orders,
    (
        select count(distinct a.purchase) from after_sale.case as a
        where a.tenant = :tenant and a.buyer = :party and a.opened_at > :since
            and a.kind = 'return_refund' and a.refunded_minor > 0
    )::bigint as returns;

-- name: names
-- What people and shops are called.
select p.id, p.display_name as name from identity.person as p
where p.tenant = :tenant and p.id = any(:ids::uuid[])
union all
select s.id, s.name from identity.shop as s
where s.tenant = :tenant and s.id = any(:ids::uuid[]);

-- name: files
select f.id, f.name, f.media_type, f.size_bytes, f.width, f.height, f.thumbnail_key is not null as thumbnail
from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]);
