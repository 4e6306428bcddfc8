-- name: entries_for
-- All that is or will be in force: the newest begun entry of each level and every coming one.
select id, shop, name, version, value, effective_from, author, reason, created_at
from (
    select *, row_number() over (partition by name, shop, effective_from <= :now::timestamptz
                                 order by effective_from desc, version desc) as place
    from rulebook.entry
    where tenant = :tenant and (shop is null or shop = :shop::uuid)
) as ranked
where place = 1 or effective_from > :now::timestamptz
order by name, effective_from, version;

-- name: history
select id, shop, name, version, value, effective_from, author, reason, created_at
from rulebook.entry
where tenant = :tenant and name = :name and shop is not distinct from :shop::uuid
  and (:before::integer is null or version < :before::integer)
order by version desc
limit :limit;

-- name: insert_entry
-- The next version of a parameter; two writers at once collide on the unique index and one tries again.
insert into rulebook.entry (tenant, id, shop, name, version, value, effective_from, author, reason, created_at)
select :tenant, :id, :shop::uuid, :name::text, coalesce(max(version), 0) + 1, :value::jsonb, :effective_from::timestamptz,
       :author, :reason, :now::timestamptz
from rulebook.entry
where tenant = :tenant and name = :name::text and shop is not distinct from :shop::uuid
returning version;
