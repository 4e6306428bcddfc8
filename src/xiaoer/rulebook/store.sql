-- name: entries_for
-- Every entry of the marketplace and of this shop: what was, is and will be in force; and which release served when.
select id, shop, name, version, value, effective_from, author, reason, created_at
from rulebook.entry
where tenant = :tenant and (shop is null or shop = :shop::uuid)
union all
select '00000000-0000-0000-0000-000000000000', null, :release::text, 0, to_jsonb(digest), since,
       '00000000-0000-0000-0000-000000000000', '', since
from rulebook.shipment
order by effective_from, version, name;

-- name: find_release
select files from rulebook.release where digest = :digest;

-- name: serving_release
-- The release that served last.
select digest from rulebook.shipment order by since desc limit 1;

-- name: insert_release
insert into rulebook.release (digest, files) values (:digest, :files::jsonb) on conflict do nothing;

-- name: insert_shipment
insert into rulebook.shipment (since, digest) values (:now, :digest) on conflict do nothing;

-- name: history
select id, shop, name, version, value, effective_from, author, reason, created_at
from rulebook.entry
where tenant = :tenant and name = :name and shop is not distinct from :shop::uuid
  and (:before::integer is null or version < :before::integer)
order by version desc
limit :limit;

-- name: insert_entry
-- The next version of a parameter or table; two writers at once collide on the unique index and one tries again.
insert into rulebook.entry (tenant, id, shop, name, version, value, effective_from, author, reason, created_at)
select :tenant, :id, :shop::uuid, :name::text, coalesce(max(version), 0) + 1, :value::jsonb, :effective_from::timestamptz,
       :author, :reason, :now::timestamptz
from rulebook.entry
where tenant = :tenant and name = :name::text and shop is not distinct from :shop::uuid
returning version;

-- name: coming
-- What the marketplace has announced and not yet begun.
select id, shop, name, version, value, effective_from, author, reason, created_at
from rulebook.entry
where tenant = :tenant and shop is null and effective_from > :now::timestamptz
order by effective_from, name, version
limit :limit;

-- name: insert_wording
insert into rulebook.wording (tenant, table_name, digest, text, since)
values (:tenant, :table_name, :digest, :text, :now)
on conflict (tenant, table_name, digest) do nothing;

-- name: wordings
select table_name as "table", digest, text from rulebook.wording
where tenant = :tenant and digest = any (:digests::text[]);

-- piece: decided
insert into rulebook.decision (tenant, id, shop, table_name, rules_version, wording, row_id, inputs, outcome, basis,
                               authority, subject_kind, subject, actor, at)
select :tenant, id, (:shops::uuid[])[i], (:tables::text[])[i], (:versions::text[])[i],
       (:wordings::text[])[i], (:rows::text[])[i], (:inputs::text[])[i]::jsonb, (:outcomes::text[])[i]::jsonb,
       (:bases::text[])[i], (:authorities::text[])[i], (:kinds::text[])[i], (:subjects::uuid[])[i],
       (:actors::uuid[])[i], (:moments::timestamptz[])[i]
from unnest(:ids::uuid[]) with ordinality as d (id, i)

-- name: insert_known_decisions
-- One array is unnested and counts through the others: so many side by side, or a list of records out of JSON, are
-- dearer than the rows. (A mere counter would be expected to count to 1,000 in a kept plan, which then is never kept.)
{{decided}};

-- name: insert_decisions
-- Returns the digests of those wordings whose texts are not kept yet.
with decided as (
  {{decided}}
)
select array(
  select d.wording from unnest(:wordings::text[]) with ordinality as d (wording, i)
  where d.wording <> '' and (
    select w.digest from rulebook.wording as w
    where w.tenant = :tenant and w.table_name = (:tables::text[])[d.i] and w.digest = d.wording) is null
) as missing;

-- name: decisions_about
-- What was decided about one thing, in the order it was decided.
select id, shop, table_name as "table", rules_version as version, wording, row_id as "row", inputs, outcome, basis,
       authority, subject_kind, subject, actor, at
from rulebook.decision
where tenant = :tenant and subject_kind = :subject_kind and subject = :subject
order by at, id
limit :limit;

-- name: decision_groups
-- Equal questions with equal answers, counted: what a what-if asks again.
select inputs, wording, row_id as "row", outcome, count(*) as count
from rulebook.decision
where tenant = :tenant and table_name = :table and at >= :since::timestamptz and at < :until::timestamptz
  and (:shop::uuid is null or shop = :shop::uuid)
group by inputs, wording, row_id, outcome
order by count(*) desc, row_id
limit :limit;

-- name: decisions_asked
-- The decisions with one of these sets of inputs, newest first.
select id, shop, table_name as "table", rules_version as version, wording, row_id as "row", inputs, outcome, basis,
       authority, subject_kind, subject, actor, at
from rulebook.decision
where tenant = :tenant and table_name = :table and at >= :since::timestamptz and at < :until::timestamptz
  and (:shop::uuid is null or shop = :shop::uuid)
  and (:inputs::jsonb is null or inputs in (select asked from jsonb_array_elements(:inputs::jsonb) as asked))
  and (:before_at::timestamptz is null or (at, id) < (:before_at::timestamptz, :before_id::uuid))
order by at desc, id desc
limit :limit;
