-- piece: completed_orders
(
        select count(*) from orders.purchase as o
        where o.tenant = :tenant and o.buyer = p.buyer and o.state = 'completed'
    )::bigint as orders

-- piece: of_the_buyer
b.returns,
    b.ahead_minor,
    exists (
        select from after_sale.fast_lost as f where f.tenant = :tenant and f.buyer = p.buyer
    ) as lost,
    p.details

-- piece: zone
(select m.time_zone from identity.marketplace as m where m.tenant = :tenant) as zone

-- piece: who_asks
coalesce((select w.display_name from identity.person as w where w.tenant = :tenant and w.id = :person), '')
        as person_name,
    (
        select t.id from after_sale.case as t
        where t.tenant = :tenant and t.opened_by = :person and t.client_id = :client_id
    ) as twin

-- piece: earlier_sums
count(*) filter (where c.kind = 'return_refund' and c.refunded_minor > 0 and c.opened_at > :since)::bigint
            as returns,
        coalesce(sum(c.refunded_minor) filter (where c.ahead and c.closed_at is null), 0)::bigint as ahead_minor

-- piece: cases_of_the_buyer
-- The order is that of an index and names it so: in a table nobody has sampled yet, any key beginning with the tenant
-- seems as good, and all cases of the marketplace would be read.
(
        select e.purchase, e.kind, e.repairs, e.refunded_minor, e.ahead, e.opened_at, e.closed_at
        from after_sale.case as e
        where e.tenant = :tenant and e.buyer = p.buyer
        order by e.opened_at desc, e.id desc
    )

-- name: trust
-- What the earlier cases of an order's buyer say about him: returns in a year, lost rights, open fast refunds; orders
-- that went well; and what other cases of the order are about: those that came to nothing give it back. Ask under the
-- order's lock.
select
    {{completed_orders}},
    b.asked,
    b.repairs,
    {{of_the_buyer}},
    coalesce((
        select json_agg(t)
        from (
            select n.item, sum(n.quantity) as quantity, sum(n.amount_minor) as amount_minor
            from after_sale.line as n
            join after_sale.case as o on o.tenant = :tenant and o.shop = n.shop and o.id = n.case_id
            where n.tenant = :tenant and n.shop = p.shop and n.purchase = :purchase
                and (o.closed_at is null or o.refunded_minor > 0 or (o.state = 'done' and o.kind = 'exchange'))
                and o.kind in ('refund_before_dispatch', 'refund_only', 'return_refund', 'exchange', 'resend', 'repair')
            group by n.item
        ) as t
    ), '[]') as taken,
    (
        select s.paid_minor - s.held_minor - s.refunded_minor from after_sale.purchase_sum as s
        where s.tenant = :tenant and s.shop = p.shop and s.purchase = :purchase
    ) as free_minor,
    {{zone}},
    coalesce((select w.display_name from identity.person as w where w.tenant = :tenant and w.id = p.buyer), '')
        as buyer_name,
    (
        select v.id from conversations.conversation as v
        where v.tenant = :tenant and v.buyer = p.buyer and v.shop = p.shop and v.state <> 'merged'
    ) as conversation,
    {{who_asks}}
from orders.purchase as p
cross join lateral (
    select
        count(*) filter (where c.purchase = :purchase and c.kind in ('return_refund', 'exchange'))::bigint as asked,
        coalesce(sum(c.repairs) filter (where c.purchase = :purchase and c.closed_at is not null), 0)::bigint
            as repairs,
        {{earlier_sums}}
    from {{cases_of_the_buyer}} as c
) as b
where p.tenant = :tenant and p.id = :purchase;

-- name: trust_first
-- The same for an order that never had a case, and so without what earlier cases of it say: nothing is taken, asked or
-- repaired, all of it is free.
select
    {{completed_orders}},
    {{of_the_buyer}},
    {{zone}},
    {{who_asks}}
from orders.purchase as p
cross join lateral (
    select
        {{earlier_sums}}
    from {{cases_of_the_buyer}} as c
) as b
where p.tenant = :tenant and p.id = :purchase;
