-- name: insert_file
insert into conversations.file (
    tenant, id, shop, conversation, person, name, media_type, size_bytes, sha256, width, height, store_key,
    thumbnail_key, created_at)
values (
    :tenant, :id, :shop::uuid, :conversation::uuid, :person, :name, :media_type, :size_bytes, :sha256, :width, :height,
    :store_key, :thumbnail_key, :now);

-- name: find_given
-- A file somebody uploaded himself for this conversation, with the hash of what is kept.
select id, name, media_type, size_bytes, encode(sha256, 'hex') as sha256
from conversations.file
where tenant = :tenant and id = :file and person = :person and conversation = :conversation;

-- name: find_kept
select id, shop, conversation, person, name, media_type, size_bytes, width, height, store_key, thumbnail_key, created_at
from conversations.file
where tenant = :tenant and id = :file;
