-- name: officers
-- Who could judge, the fewest open disputes first: what he can, and whether anything keeps him from this one.
select
    p.id as person, p.display_name as name, coalesce(o.skills, '{}') as skills, coalesce(o.active, true) as active,
    (
        select count(*) from disputes.dispute as d
        where d.tenant = :tenant and d.officer = p.id and d.closed_at is null
    )::bigint as open,
    exists (
        select from disputes.conflict as c
        where c.tenant = :tenant and c.person = p.id and c.party = any(:parties::uuid[])
    ) or exists (
        select from identity.membership as s
        where s.tenant = :tenant and s.person = p.id and s.shop = any(:parties::uuid[])
    ) as conflict,
    exists (
        select from disputes.judge as j
        where j.tenant = :tenant and j.dispute = :dispute::uuid and j.person = p.id
    ) as sat
from identity.membership as m
join identity.person as p on p.tenant = :tenant and p.id = m.person
left join disputes.officer as o on o.tenant = :tenant and o.person = p.id
where m.tenant = :tenant and m.shop is null and m.role = 'officer' and p.disabled_at is null
order by open, p.id;

-- name: is_officer
select exists (
    select from identity.membership as m
    where m.tenant = :tenant and m.person = :person and m.shop is null and m.role = 'officer'
);

-- name: conflicts
select c.person, c.party_kind as kind, c.party as id, c.reason
from disputes.conflict as c
where c.tenant = :tenant
order by c.person, c.party;

-- name: set_officer
insert into disputes.officer (tenant, person, skills, active) values (:tenant, :person, :skills, :active)
on conflict (tenant, person) do update set skills = excluded.skills, active = excluded.active;

-- name: clear_conflicts
delete from disputes.conflict where tenant = :tenant and person = :person;

-- name: add_conflicts
insert into disputes.conflict (tenant, person, party_kind, party, reason)
select :tenant, :person, c.kind, c.id, c.reason
from unnest(:kinds::text[], :ids::uuid[], :reasons::text[]) as c (kind, id, reason)
on conflict do nothing;

-- name: seat
insert into disputes.judge (tenant, dispute, person, part, at)
values (:tenant, :dispute, :person, :part, :now)
on conflict do nothing;

-- name: unseat
update disputes.judge set left_at = :now, why = :why, reason = :reason
where tenant = :tenant and dispute = :dispute and person = :person and part = :part and left_at is null;

-- name: judges
select j.person, j.part, j.at, j.left_at, j.why, j.reason
from disputes.judge as j
where j.tenant = :tenant and j.dispute = :dispute
order by j.at, j.person;

-- name: set_willing
insert into disputes.willing (tenant, person, since) values (:tenant, :person, :now) on conflict do nothing;

-- name: end_willing
delete from disputes.willing where tenant = :tenant and person = :person;

-- name: juror
-- What decides whether a buyer may sit in juries.
select
    exists (select from disputes.willing as w where w.tenant = :tenant and w.person = :person) as willing,
    (
        select count(*) from orders.purchase as p
        where p.tenant = :tenant and p.buyer = :person and p.state = 'completed'
    )::bigint as orders,
    exists (
        select from disputes.dispute as d
        where d.tenant = :tenant and d.buyer = :person and d.closed_at is null
    ) as quarrels;

-- name: pool
-- Willing buyers with enough orders behind them who quarrel with nobody and know neither side; a chance of their own.
select w.person
from disputes.willing as w
where w.tenant = :tenant and w.person <> all(:parties::uuid[])
    and (
        select count(*) from orders.purchase as p
        where p.tenant = :tenant and p.buyer = w.person and p.state = 'completed'
    ) >= :orders::bigint
    and not exists (
        select from orders.purchase as p where p.tenant = :tenant and p.buyer = w.person and p.shop = :shop
    )
    and not exists (
        select from disputes.dispute as d
        where d.tenant = :tenant and d.buyer = w.person and d.closed_at is null
    )
    and not exists (
        select from disputes.vote as v
        where v.tenant = :tenant and v.juror = w.person and v.dispute = :dispute
    )
order by md5(w.person::text || :dispute::text)
limit :size;

-- name: call_jurors
insert into disputes.vote (tenant, dispute, round, juror, due_at)
select :tenant, :dispute, :round, j.person, :due_at from unnest(:jurors::uuid[]) as j (person)
on conflict do nothing;

-- name: vote
update disputes.vote set favour = :favour, at = :now
where tenant = :tenant and dispute = :dispute and round = :round and juror = :juror and favour is null;

-- name: tally
-- Only the program counts.
select
    count(*) filter (where v.favour = 'claimant')::bigint as claimant,
    count(*) filter (where v.favour = 'respondent')::bigint as respondent
from disputes.vote as v
where v.tenant = :tenant and v.dispute = :dispute and v.round = :round;

-- name: calls
-- What a juror is called to, the latest first.
select v.dispute, i.issue, v.due_at, v.favour is not null as voted
from disputes.vote as v
join disputes.dispute as d on d.tenant = :tenant and d.id = v.dispute and d.round = v.round
join disputes.issue as i on i.tenant = :tenant and i.dispute = v.dispute and i.place = 1
where v.tenant = :tenant and v.juror = :juror
order by v.due_at desc
limit 50;

-- name: called
-- Whether somebody is a juror of this dispute now.
select v.due_at
from disputes.vote as v
join disputes.dispute as d on d.tenant = :tenant and d.id = v.dispute and d.round = v.round
where v.tenant = :tenant and v.dispute = :dispute and v.juror = :juror and d.state = 'jury';
