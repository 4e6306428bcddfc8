-- name: insert_ruling
insert into disputes.ruling (
    tenant, id, dispute, round, by, officer, issues, facts_found, used, refused, money, penalty, given, rows,
    rules_version, automated, text, outcome, favour, made_at)
values (
    :tenant, :id, :dispute, :round, :by, :officer::uuid, :issues, :facts_found, :used, :refused, :money, :penalty,
    :given, :rows, :rules_version, :automated, :text, :outcome, :favour, :now);

-- name: find_rulings
-- The rulings of a dispute that went out or are about to, in order.
select
    r.id, r.dispute, r.round, r.by, r.officer, r.second_reader, r.issues, r.facts_found, r.used, r.refused, r.money,
    r.penalty, r.given as grant, r.rows, r.rules_version, r.automated, r.text, r.outcome, r.favour, r.made_at,
    r.executed_at, r.appeal_until, r.reversed_at, r.reversed_by, r.reversed_why, r.reversal
from disputes.ruling as r
where r.tenant = :tenant and r.dispute = :dispute and r.dropped_at is null
order by r.made_at, r.id;

-- name: find_ruling
select
    r.id, r.dispute, r.round, r.by, r.officer, r.second_reader, r.issues, r.facts_found, r.used, r.refused, r.money,
    r.penalty, r.given as grant, r.rows, r.rules_version, r.automated, r.text, r.outcome, r.favour, r.made_at,
    r.executed_at, r.appeal_until, r.reversed_at, r.reversed_by, r.reversed_why, r.reversal
from disputes.ruling as r
where r.tenant = :tenant and r.id = :id;

-- name: mark_executed
update disputes.ruling set executed_at = :now, appeal_until = :appeal_until::timestamptz
where tenant = :tenant and id = :id and executed_at is null;

-- name: mark_read
update disputes.ruling set second_reader = :person where tenant = :tenant and id = :id;

-- name: mark_dropped
update disputes.ruling set dropped_at = :now where tenant = :tenant and id = :id and executed_at is null;

-- name: mark_reversed
update disputes.ruling
set reversed_at = :now, reversed_by = :person::uuid, reversed_why = :why, reversal = :reversal
where tenant = :tenant and id = :id and reversed_at is null;

-- name: insert_effect
insert into disputes.effect (tenant, ruling, place, kind, target, amount_minor)
select :tenant, :ruling, coalesce(max(e.place), 0) + 1, :kind, :target, :amount_minor
from disputes.effect as e
where e.tenant = :tenant and e.ruling = :ruling;

-- name: effects
select e.ruling, e.place, e.kind, e.target, e.amount_minor, e.undone_at
from disputes.effect as e
where e.tenant = :tenant and e.ruling = :ruling
order by e.place;

-- name: undone_effect
-- Which ruling had this made, when it has been taken back meanwhile.
select e.ruling
from disputes.effect as e
join disputes.ruling as r on r.tenant = e.tenant and r.id = e.ruling
where e.tenant = :tenant and e.kind = :kind and e.target = :target and e.undone_at is null
    and r.reversed_at is not null;

-- name: mark_undone
update disputes.effect set undone_at = :now
where tenant = :tenant and ruling = :ruling and place = :place and undone_at is null;

-- name: insert_precedents
insert into disputes.precedent (
    tenant, ruling, issue, dispute, shop, kind, category, standing, stage, rule_row, outcome, favour, asked_minor,
    amount_minor, made_at)
select
    :tenant, :ruling, i.id, :dispute, :shop, i.issue, i.category, i.standing, i.stage, i.rule_row, w.outcome, w.favour,
    coalesce(i.amount_minor, :asked_minor), coalesce(w.amount_minor, 0), :now
from jsonb_to_recordset(:issues::jsonb) as w (issue uuid, outcome text, favour text, amount_minor bigint)
join disputes.issue as i on i.tenant = :tenant and i.dispute = :dispute and i.id = w.issue;

-- name: reverse_precedents
update disputes.precedent set reversed = true where tenant = :tenant and ruling = :ruling;

-- name: precedents
-- What was ruled about the like, the latest of the same row first, then the latest of the same kind.
select
    p.dispute, p.ruling, p.kind as issue, p.category, p.standing, p.rule_row as row, p.outcome, p.favour,
    p.asked_minor, p.amount_minor, p.made_at, p.reversed
from unnest(:kinds::text[], :rows::text[]) as w (kind, rule_row)
cross join lateral (
    (
        select n.* from disputes.precedent as n
        where n.tenant = :tenant and n.kind = w.kind and n.rule_row = w.rule_row
        order by n.made_at desc
        limit 20
    )
    union
    (
        select n.* from disputes.precedent as n
        where n.tenant = :tenant and n.kind = w.kind
        order by n.made_at desc
        limit 20
    )
) as p
where p.dispute <> :dispute;
