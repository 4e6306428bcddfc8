-- name: docket
-- Open disputes of every shop, what falls due first ahead.
select d.id
from disputes.dispute as d
where d.tenant = :tenant and d.closed_at is null
    and (d.due_at, d.id) > (:after_due::timestamptz, :after_id::uuid)
    and (:state::text is null or d.state = :state)
    and (:issue::text is null or d.issue_kinds @> array[:issue::text])
    and (not :unassigned::boolean or d.officer is null)
order by d.due_at, d.id
limit :limit;

-- name: docket_of
-- The same for one officer: what he judges.
select d.id
from disputes.dispute as d
where d.tenant = :tenant and d.officer = :officer::uuid and d.closed_at is null
    and (d.due_at, d.id) > (:after_due::timestamptz, :after_id::uuid)
    and (:state::text is null or d.state = :state)
    and (:issue::text is null or d.issue_kinds @> array[:issue::text])
order by d.due_at, d.id
limit :limit;

-- name: of_shop_due
select d.id
from disputes.dispute as d
where d.tenant = :tenant and d.shop = :shop and d.closed_at is null
    and ((d.claimant_kind = 'shop' and d.claimant = :shop) or (d.respondent_kind = 'shop' and d.respondent = :shop))
    and (d.due_at, d.id) > (:after_due::timestamptz, :after_id::uuid)
order by d.due_at, d.id
limit :limit;

-- name: of_shop
select d.id
from disputes.dispute as d
where d.tenant = :tenant and d.shop = :shop
    and ((d.claimant_kind = 'shop' and d.claimant = :shop) or (d.respondent_kind = 'shop' and d.respondent = :shop))
    and (:closed::boolean is null or (d.closed_at is not null) = :closed)
    and (d.opened_at, d.id) < (:before::timestamptz, :before_id::uuid)
order by d.opened_at desc, d.id desc
limit :limit;

-- name: of_buyer
select d.id
from disputes.dispute as d
where d.tenant = :tenant and d.buyer = :buyer
    and (
        (d.claimant_kind = 'person' and d.claimant = :buyer)
        or (d.respondent_kind = 'person' and d.respondent = :buyer)
    )
    and (:closed::boolean is null or (d.closed_at is not null) = :closed)
    and (d.opened_at, d.id) < (:before::timestamptz, :before_id::uuid)
order by d.opened_at desc, d.id desc
limit :limit;

-- name: place
-- Where a list goes on behind a dispute.
select coalesce(d.due_at, d.closed_at, d.moved_at) as due_at, d.opened_at
from disputes.dispute as d
where d.tenant = :tenant and d.id = :id;

-- name: time_line
-- Everything about a dispute that has a time: the sealed talk, the order, its parcels, its money, its case.
select t.at, t.source, t.key, t.text, t.facts
from (
    (
        select e.at, 'chat' as source, e.role as key,
            -- a card or a file says what it shows, unless something was said with it
            coalesce(
                nullif(e.text, ''),
                nullif(concat_ws(' · ', e.body #>> '{card,title}', e.body #>> '{card,lines,0}'), ''),
                e.body #>> '{file,name}',
                ''
            ) as text,
            jsonb_build_object('number', s.number, 'version', e.version, 'kind', e.kind) as facts
        from evidence.seal as s
        join conversations.entry as e
            on e.tenant = :tenant and e.shop = s.shop and e.conversation = s.conversation
            and e.version between s.first and s.last
        where s.tenant = :tenant and s.number = any(:numbers::text[])
        order by e.at desc, e.version desc
        limit 200
    )
    union all
    select w.at, 'order', w.key, '', jsonb_build_object('number', p.external_id)
    from orders.purchase as p
    cross join lateral (
        values ('placed', p.placed_at), ('dispatched', p.dispatched_at), ('signed', p.signed_at)
    ) as w (key, at)
    where p.tenant = :tenant and p.id = :purchase::uuid and w.at is not null
    union all
    select (v ->> 'at')::timestamptz, 'parcel', 'event', coalesce(v ->> 'text', ''),
        jsonb_build_object('carrier', r.carrier, 'number', r.tracking_number)
    from orders.parcel as r
    cross join lateral jsonb_array_elements(r.events) as v
    where r.tenant = :tenant and r.shop = :shop and r.purchase = :purchase::uuid and v ->> 'at' is not null
    union all
    select y.at, 'money', y.kind, '', jsonb_build_object('amount_minor', y.amount_minor, 'currency', y.currency)
    from orders.payment as y
    where y.tenant = :tenant and y.shop = :shop and y.purchase = :purchase::uuid and y.at is not null
    union all
    select coalesce(o.paid_at, o.ordered_at), 'money', 'payout_' || o.state, '',
        jsonb_build_object('amount_minor', o.amount_minor, 'currency', o.currency, 'source', o.source)
    from ledger.payout as o
    where o.tenant = :tenant and o.purchase = :purchase::uuid
    union all
    select h.at, 'case', h.event, h.text, jsonb_build_object('side', h.side, 'state', h.state, 'version', h.version)
    from after_sale.happening as h
    where h.tenant = :tenant and h.shop = :shop and h.case_id = :case_id::uuid
    union all
    select h.at, 'dispute', h.event, h.text, jsonb_build_object('side', h.side, 'state', h.state, 'version', h.version)
    from disputes.happening as h
    where h.tenant = :tenant and h.dispute = :dispute
) as t
order by t.at, t.source, (t.facts ->> 'version')::bigint
limit 500;

-- name: signals
-- What people should look at twice: how often this buyer quarrels and loses, how often this shop does.
select
    (
        select count(*) from disputes.dispute as d
        where d.tenant = :tenant and d.buyer = :buyer::uuid and d.opened_at > :since and d.id <> :dispute
    )::bigint as buyer_disputes,
    (
        select count(*) from disputes.dispute as d
        where d.tenant = :tenant and d.buyer = :buyer::uuid and d.opened_at > :since and d.id <> :dispute
            and d.claimant = d.buyer and d.favour = 'respondent'
    )::bigint as buyer_lost,
    (
        select count(*) from after_sale.case as c
        where c.tenant = :tenant and c.buyer = :buyer::uuid and c.opened_at > :since and c.kind = 'return_refund'
    )::bigint as buyer_returns,
    (
        select count(*) from disputes.precedent as p
        where p.tenant = :tenant and p.shop = :shop and p.made_at > :since and not p.reversed
            and p.kind = any(:kinds::text[])
            and p.outcome in ('refund', 'return_and_refund', 'resend', 'exchange', 'partial', 'compensate')
    )::bigint as shop_lost,
    (
        select count(*) from disputes.exhibit as e
        where e.tenant = :tenant and e.dispute = :dispute and e.flag = 'forgery_suspected'
    )::bigint as forged;

-- name: unopened
-- Evidence numbers of a dispute that an officer has not opened for it yet.
select s.number
from evidence.seal as s
where s.tenant = :tenant and s.number = any(:numbers::text[])
    and not exists (
        select from evidence.opening as o
        where o.tenant = :tenant and o.seal = s.id and o.person = :person and o.bound_to = s.bound_to
    );
