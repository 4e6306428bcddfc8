-- name: insert_case
-- A new case with its lines, the first line of its timeline, and what it holds on its order; 0 when that is too much.
with summed as (
    update after_sale.purchase_sum
    set held_minor = held_minor + :held_minor
    where tenant = :tenant and shop = :shop and purchase = :purchase and :held_minor > 0
        and held_minor + :held_minor + refunded_minor <= paid_minor
    returning purchase
), kept as (
    insert into after_sale.case (
        tenant, shop, id, purchase, order_number, buyer, kind, path, reason, condition, text, state, version, opened_by,
        opened_side, client_id, currency, asked_minor, refund_minor, refunded_minor, held_minor, money, freight,
        payment_method, ahead, conversation, clock, due_at, stage, rules_at, rules_version, opened_at, moved_at,
        answered_at, return_address, difference, closed_at)
    select
        :tenant, :shop, :id, :purchase, :order_number, :buyer, :kind, :path, :reason, :condition, :text, :state,
        :version, :opened_by, :opened_side, :client_id, :currency, :asked_minor, :refund_minor, 0, :held_minor, :money,
        :freight, :payment_method, :ahead, :conversation, :clock, :due_at, 0, :rules_at, :rules_version, :now, :now,
        :answered_at, :return_address, :difference, null
    where :held_minor = 0 or exists (select from summed)
    returning id, version
), lined as (
    insert into after_sale.line (
        tenant, shop, case_id, place, purchase, item, quantity, amount_minor, title, image_url, new_variant, becomes)
    select :tenant, :shop, k.id, l.i, :purchase, l.item, (:quantities::integer[])[i],
        (:amounts::bigint[])[i], (:titles::text[])[i], (:images::text[])[i], (:variants::uuid[])[i],
        (:forms::text[])[i]
    from kept as k
    cross join unnest(:items::uuid[]) with ordinality as l (item, i)
), told as (
    insert into after_sale.happening (
        tenant, shop, case_id, version, id, at, event, side, person, from_state, state, text, amount_minor, files, body)
    select
        :tenant, :shop, k.id, k.version, :happening, :now, :event, :side, :person, :from_state, :state, :said,
        :amount_minor, :files, :body
    from kept as k
)
select count(*)::integer from kept;

-- name: save_case
-- Only from the version that was read, under the case's lock, with the line of its timeline and what it holds and has
-- paid out on its order; 0 when that would be more than was paid.
with summed as (
    update after_sale.purchase_sum
    set held_minor = held_minor + :more_held_minor, refunded_minor = refunded_minor + :more_refunded_minor
    where tenant = :tenant and shop = :shop and purchase = :purchase
        and (:more_held_minor <> 0 or :more_refunded_minor <> 0)
        and held_minor + :more_held_minor >= 0 and refunded_minor + :more_refunded_minor >= 0
        and held_minor + :more_held_minor + refunded_minor + :more_refunded_minor <= paid_minor
    returning purchase
), kept as (
    update after_sale.case
    set kind = :kind, path = :path, reason = :reason, state = :state, version = version + 1, asked_minor = :asked_minor,
        refund_minor = :refund_minor, refunded_minor = :refunded_minor, held_minor = :held_minor, money = :money,
        freight = :freight, ahead = :ahead, rounds = :rounds, repairs = :repairs, return_address = :return_address,
        back = :back, out = :out, payout = :payout, attempt = :attempt, clock = :clock, due_at = :due_at,
        stage = :stage, moved_at = :moved_at, answered_at = :answered_at, closed_at = :closed_at,
        difference = :difference
    where tenant = :tenant and shop = :shop and id = :id and version = :was_version
        and (:more_held_minor = 0 and :more_refunded_minor = 0 or exists (select from summed))
    returning id, version
), told as (
    insert into after_sale.happening (
        tenant, shop, case_id, version, id, at, event, side, person, from_state, state, text, amount_minor, files, body)
    select
        :tenant, :shop, k.id, k.version, :happening, :now, :event, :side, :person, :from_state, :state, :said,
        :amount_minor, :files, :body
    from kept as k
)
select count(*)::integer from kept;

-- piece: case_columns
    c.id, c.shop, c.purchase, c.order_number, c.buyer, c.kind, c.reason, c.state, c.version, c.currency,
    coalesce(l.lines, '[]')::text as lines, c.asked_minor, c.refund_minor, c.refunded_minor, c.rounds, c.conversation,
    c.clock, c.due_at, c.stage, c.rules_at, c.rules_version, c.opened_at, c.moved_at, c.closed_at, c.difference,
    coalesce((select p.display_name from identity.person as p where p.tenant = :tenant and p.id = c.buyer), '')
        as buyer_name,
    c.path, c.condition, c.text, c.opened_by, c.opened_side, c.client_id, c.money, c.freight, c.payment_method,
    c.ahead, c.held_minor, c.repairs, c.return_address, c.back, c.out, c.payout, c.attempt, c.answered_at,
    (select m.time_zone from identity.marketplace as m where m.tenant = :tenant) as zone

-- piece: case_around
    coalesce((
        select json_agg(o order by o.number)
        from (
            select
                o.number, o.side, o.person, o.settlement, o.amount_minor, o.back_payer, o.text, o.state, o.expires_at,
                o.at
            from after_sale.offer as o
            where o.tenant = :tenant and o.shop = c.shop and o.case_id = c.id
        ) as o
    ), '[]') as offers,
    coalesce((
        select json_agg(h order by h.version)
        from (
            select
                h.version, h.at, h.event, h.side, h.person, h.from_state, h.state, h.text, h.amount_minor, h.files,
                h.body, coalesce(p.display_name, '') as name
            from after_sale.happening as h
            left join identity.person as p on p.tenant = h.tenant and p.id = h.person
            where h.tenant = :tenant and h.shop = c.shop and h.case_id = c.id
        ) as h
    ), '[]') as happenings

-- piece: case_with_lines
from after_sale.case as c
left join lateral (
    select json_agg(n order by n.place) as lines
    from (
        select n.item, n.quantity, n.amount_minor, n.title, n.image_url, n.new_variant, n.becomes, n.place
        from after_sale.line as n
        where n.tenant = :tenant and n.shop = c.shop and n.case_id = c.id
    ) as n
) as l on true

-- piece: locked_for_side
where c.tenant = :tenant and c.id = :id and (:shop::uuid is null or c.shop = :shop)
    and (:buyer::uuid is null or c.buyer = :buyer)
for no key update of c

-- name: lock_case
-- One case with its lines, as it stands once its lock is had.
select
    {{case_columns}}
{{case_with_lines}}
{{locked_for_side}};

-- name: lock_cases
-- The same of several, locked in the order of their ids.
select
    {{case_columns}}
{{case_with_lines}}
where c.tenant = :tenant and c.id = any(:ids::uuid[])
order by c.id
for no key update of c;

-- name: find_whole
-- One case with its lines, what was offered in it, what happened, and the names of who did it.
select
    {{case_columns}},
    {{case_around}}
{{case_with_lines}}
where c.tenant = :tenant and c.id = :id;

-- name: lock_whole
-- One case with its lines, as it stands once its lock is had, with what was offered in it and what happened, and the
-- name of whoever does something now.
select
    {{case_columns}},
    {{case_around}},
    coalesce((select p.display_name from identity.person as p where p.tenant = :tenant and p.id = :person), '')
        as doer_name
{{case_with_lines}}
{{locked_for_side}};

-- name: find_by_number
-- The open cases a parcel of this number belongs to.
select c.id from after_sale.case as c
where c.tenant = :tenant and c.shop = :shop and c.closed_at is null
    and (c.back_number = :number or c.out_number = :number);

-- name: open_sum
-- The row of an order, made when there is none, and locked.
insert into after_sale.purchase_sum as s (tenant, shop, purchase, paid_minor)
values (:tenant, :shop, :purchase, :paid_minor)
on conflict (tenant, shop, purchase) do update set paid_minor = s.paid_minor
returning s.paid_minor - s.held_minor - s.refunded_minor;

-- name: lock_sum
-- What could still go back of an order that has a case, and so its row; locked.
select s.paid_minor - s.held_minor - s.refunded_minor as free_minor
from after_sale.purchase_sum as s
where s.tenant = :tenant and s.shop = :shop and s.purchase = :purchase
for no key update;

-- name: hold_order
-- The row of an order and what could still go back of it, locked; where there was none it is made, and then the order
-- never had a case. Nothing where somebody else makes it at the same moment.
with sum_made as (
    insert into after_sale.purchase_sum as s (tenant, shop, purchase, paid_minor)
    select :tenant, p.shop, p.id, greatest(p.paid_minor - coalesce((
        select sum(y.amount_minor) from orders.payment as y
        where y.tenant = :tenant and y.shop = p.shop and y.purchase = p.id and y.kind = 'refund'
    ), 0), 0)
    from orders.purchase as p
    where p.tenant = :tenant and p.id = :purchase
    on conflict (tenant, shop, purchase) do nothing
    returning s.paid_minor
), sum_had as (
    select s.paid_minor - s.held_minor - s.refunded_minor as free_minor
    from orders.purchase as p
    join after_sale.purchase_sum as s on s.tenant = :tenant and s.shop = p.shop and s.purchase = p.id
    where p.tenant = :tenant and p.id = :purchase and not exists (select from sum_made)
    for no key update of s
)
select m.paid_minor as free_minor, true as first from sum_made as m
union all
select h.free_minor, false as first from sum_had as h;

-- name: change_paid
-- What was paid for an order is more or less now; never less than what its cases hold and have refunded.
insert into after_sale.purchase_sum as s (tenant, shop, purchase, paid_minor)
values (:tenant, :shop, :purchase, :paid_minor)
on conflict (tenant, shop, purchase) do update
set paid_minor = greatest(s.paid_minor + :by_minor, s.held_minor + s.refunded_minor);

-- name: around
-- What was offered in a case and what happened, with the names of who did it.
select
    coalesce((
        select json_agg(o order by o.number)
        from (
            select
                o.number, o.side, o.person, o.settlement, o.amount_minor, o.back_payer, o.text, o.state, o.expires_at,
                o.at
            from after_sale.offer as o
            where o.tenant = :tenant and o.shop = :shop and o.case_id = :id
        ) as o
    ), '[]') as offers,
    coalesce((
        select json_agg(h order by h.version)
        from (
            select
                h.version, h.at, h.event, h.side, h.person, h.from_state, h.state, h.text, h.amount_minor, h.files,
                h.body, coalesce(p.display_name, '') as name
            from after_sale.happening as h
            left join identity.person as p on p.tenant = h.tenant and p.id = h.person
            where h.tenant = :tenant and h.shop = :shop and h.case_id = :id
        ) as h
    ), '[]') as happenings;

-- name: insert_offer
insert into after_sale.offer (
    tenant, shop, case_id, number, side, person, settlement, amount_minor, back_payer, text, state, expires_at, at)
values (
    :tenant, :shop, :case_id, :number, :side, :person, :settlement, :amount_minor, :back_payer, :text, 'open',
    :expires_at, :at);

-- name: end_offer
-- The open offer of a case, if there is one, is answered.
update after_sale.offer set state = :state
where tenant = :tenant and shop = :shop and case_id = :case_id and state = 'open';

-- name: offers
select
    o.number, o.side, o.person, o.settlement, o.amount_minor, o.back_payer, o.text, o.state, o.expires_at, o.at
from after_sale.offer as o
where o.tenant = :tenant and o.shop = :shop and o.case_id = :id
order by o.number;

-- name: lose_fast
insert into after_sale.fast_lost (tenant, buyer, case_id, at) values (:tenant, :buyer, :case_id, :now)
on conflict do nothing;

-- name: known_files
-- Which of these files somebody uploaded, in this shop's conversation or in none.
select f.id from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]) and f.person = :person
    and (f.shop is null or f.shop = :shop);

-- name: paid_minor
select s.paid_minor from after_sale.purchase_sum as s
where s.tenant = :tenant and s.shop = :shop and s.purchase = :purchase;
