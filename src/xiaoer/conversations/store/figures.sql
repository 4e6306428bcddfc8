-- name: turns
-- The turns of talk in consultations that were open in a stretch of time: of lines in a row from the same side
-- only the first, so a round is two rows. By index: consultations by their opening, their lines by version.
with talk as materialized (
    select u.conversation, u.number, u.opened_version, u.closed_version, u.assignee
    from conversations.consultation as u
    where u.tenant = :tenant and u.shop = :shop and u.opened_at >= :opened_since and u.opened_at < :until
        and (u.closed_at is null or u.closed_at >= :since)
),
line as (
    select e.conversation, e.version, e.consultation, e.at, e.role,
        case when e.role = 'buyer' then t.assignee else e.person end as agent,
        e.role = 'buyer' as asks,
        lag(e.role = 'buyer') over (partition by e.conversation, e.consultation order by e.version) as asked
    from talk as t
    join conversations.entry as e
        on e.tenant = :tenant and e.shop = :shop and e.conversation = t.conversation
        and e.version >= t.opened_version and (t.closed_version is null or e.version <= t.closed_version)
    where e.consultation = t.number and e.role = any(:roles::text[]) and e.kind = any(:kinds::text[])
)
select l.conversation, c.buyer, l.consultation, l.at, l.role, l.agent
from line as l
join conversations.conversation as c on c.tenant = :tenant and c.shop = :shop and c.id = l.conversation
where l.asks is distinct from l.asked
order by l.conversation, l.version;
