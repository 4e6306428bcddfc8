-- name: own_data
-- What the marketplace knows a buyer by: his ways to be reached, and where his orders of a shop went.
select p.phone as datum from identity.person as p
where p.tenant = :tenant and p.id = :buyer and p.phone is not null
union
select p.email from identity.person as p
where p.tenant = :tenant and p.id = :buyer and p.email is not null
union
select a.value from identity.person as p cross join lateral jsonb_each_text(p.address) as a
where p.tenant = :tenant and p.id = :buyer and jsonb_typeof(p.address) = 'object' and a.value <> ''
union
select a.value
from (
    select o.address from orders.purchase as o
    where o.tenant = :tenant and o.buyer = :buyer and o.shop = :shop and jsonb_typeof(o.address) = 'object'
    order by o.listed_at desc, o.id desc
    limit 50
) as o cross join lateral jsonb_each_text(o.address) as a
where a.value <> '';
