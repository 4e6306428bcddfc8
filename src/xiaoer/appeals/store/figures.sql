-- name: by_officer
-- Appeals decided in a time, by everybody who had a part in what was appealed.
select w.judge as subject, count(*)::bigint as appeals, (count(*) filter (where a.state = 'upheld'))::bigint as upheld
from appeals.appeal as a
cross join lateral unnest(a.judges) as w (judge)
where a.tenant = :tenant and a.closed_at >= :since and a.closed_at <= :until and a.state in ('upheld', 'dismissed')
group by w.judge;

-- name: by_agent
select a.agent as subject, count(*)::bigint as appeals, (count(*) filter (where a.state = 'upheld'))::bigint as upheld
from appeals.appeal as a
where a.tenant = :tenant and a.closed_at >= :since and a.closed_at <= :until and a.state in ('upheld', 'dismissed')
    and a.agent is not null
group by a.agent;

-- name: by_shop
select a.shop as subject, count(*)::bigint as appeals, (count(*) filter (where a.state = 'upheld'))::bigint as upheld
from appeals.appeal as a
where a.tenant = :tenant and a.closed_at >= :since and a.closed_at <= :until and a.state in ('upheld', 'dismissed')
    and a.shop is not null
group by a.shop;

-- name: by_kind
select
    a.target_kind, count(*)::bigint as appeals, (count(*) filter (where a.state = 'upheld'))::bigint as upheld,
    (count(*) filter (where a.state = 'dismissed'))::bigint as dismissed,
    (count(*) filter (where a.state = 'refused'))::bigint as refused,
    (count(*) filter (where a.state = 'withdrawn'))::bigint as withdrawn,
    (count(*) filter (where a.closed_at is null))::bigint as open
from appeals.appeal as a
where a.tenant = :tenant and a.lodged_at >= :since and a.lodged_at <= :until
group by a.target_kind
order by a.target_kind;

-- name: insert_alert
insert into appeals.alert (
    tenant, id, looked_at, subject, since, appeals, upheld, others_appeals, others_upheld, at)
values (
    :tenant, :id, :looked_at, :subject, :since, :appeals, :upheld, :others_appeals, :others_upheld, :at);

-- name: alerted_since
-- Who has been named since a moment.
select distinct w.subject from appeals.alert as w
where w.tenant = :tenant and w.looked_at = :looked_at and w.at > :since;

-- name: alerts
-- The latest alerts first.
select
    w.id, w.looked_at, w.subject, w.since, w.appeals, w.upheld, w.others_appeals, w.others_upheld, w.at, w.seen_by,
    w.seen_at
from appeals.alert as w
where w.tenant = :tenant and (:before::uuid is null or w.id < :before::uuid)
order by w.id desc
limit :limit;

-- name: see_alert
update appeals.alert set seen_by = :person, seen_at = :now
where tenant = :tenant and id = :id and seen_at is null;
