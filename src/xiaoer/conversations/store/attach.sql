-- name: find_file
-- What a message shows of an uploaded file.
select id, conversation, person, name, media_type, size_bytes, width, height, thumbnail_key is not null as thumbnail
from conversations.file
where tenant = :tenant and id = :file;
