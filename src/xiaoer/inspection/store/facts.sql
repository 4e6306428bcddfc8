-- name: facts
select f.id, f.title, f.about, f.says, f.never, f.author, f.at, f.replaces
from inspection.fact as f
where f.tenant = :tenant and f.shop = :shop and f.archived_at is null
order by f.id desc
limit :limit;

-- name: count_facts
select count(*) from inspection.fact as f
where f.tenant = :tenant and f.shop = :shop and f.archived_at is null;

-- name: add_fact
insert into inspection.fact (tenant, shop, id, title, about, says, never, author, at, replaces)
values (:tenant, :shop, :id, :title, :about, :says, :never, :author, :at, :replaces::uuid);

-- name: archive_fact
update inspection.fact set archived_by = :person, archived_at = :now
where tenant = :tenant and shop = :shop and id = :id and archived_at is null;
