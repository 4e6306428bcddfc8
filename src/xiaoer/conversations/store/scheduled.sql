-- name: insert
-- Nothing is written when something is kept under this client id already.
insert into conversations.scheduled (
    tenant, shop, conversation, id, person, role, client_id, held, wish, send_at, created_at)
values (
    :tenant, :shop, :conversation, :id, :person, :role, :client_id, :held, :wish::jsonb, :send_at, :now)
on conflict (tenant, conversation, client_id) do nothing;

-- name: of_client
select id, conversation as conversation_id, person as person_id, client_id, held, wish, send_at, created_at, failed
from conversations.scheduled
where tenant = :tenant and conversation = :conversation and client_id = :client_id;

-- name: listed
-- What is kept in a conversation, the next first; everybody's without a person.
select id, conversation as conversation_id, person as person_id, client_id, held, wish, send_at, created_at, failed
from conversations.scheduled
where tenant = :tenant and conversation = :conversation and (:person::uuid is null or person = :person::uuid)
order by send_at, id
limit 200;

-- name: lock
-- One that is kept, for whoever sends it or takes it back; the other one waits here.
select id, conversation as conversation_id, person as person_id, client_id, held, wish, send_at, created_at, failed
from conversations.scheduled
where tenant = :tenant and id = :id
for update;

-- name: delete
delete from conversations.scheduled where tenant = :tenant and id = :id;

-- name: fail
update conversations.scheduled set failed = :failed::jsonb where tenant = :tenant and id = :id;

-- name: was_sent
-- A kept message becomes an entry with the same id.
select exists (
    select from conversations.entry
    where tenant = :tenant and shop = :shop and conversation = :conversation and id = :id);
