-- name: insert_file
insert into conversations.file (
    tenant, id, shop, conversation, person, name, media_type, size_bytes, sha256, width, height, store_key,
    thumbnail_key, created_at)
values (
    :tenant, :id, :shop::uuid, :conversation::uuid, :person, :name, :media_type, :size_bytes, :sha256, :width, :height,
    :store_key, :thumbnail_key, :now);

-- name: find_kept
select id, shop, conversation, person, name, media_type, size_bytes, width, height, store_key, thumbnail_key, created_at
from conversations.file
where tenant = :tenant and id = :file;
