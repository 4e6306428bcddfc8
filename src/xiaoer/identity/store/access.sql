-- name: insert_session
insert into identity.session (tenant, token_hash, id, person, created_at, seen_at, expires_at, ends_at, about)
values (:tenant, :token_hash, :id, :person, :now, :now, :expires_at, :ends_at, :about);

-- name: bearer_of_session
select p.id as person, p.kind, p.display_name, p.language,
       coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'shop_id', m.shop) order by m.shop nulls first)
                 from identity.membership m
                 where m.tenant = p.tenant and m.person = p.id), '[]'::jsonb) as memberships,
       null::uuid as token, null::text[] as scopes, null::uuid[] as shops,
       s.seen_at, s.expires_at, s.ends_at, s.rotate
from identity.session s
join identity.person p on p.tenant = s.tenant and p.id = s.person
where s.tenant = :tenant and s.token_hash = :token_hash
  and s.revoked_at is null and s.expires_at > :now
  and p.disabled_at is null and p.merged_into is null;

-- name: bearer_of_token
select p.id as person, p.kind, t.name as display_name, p.language, '[]'::jsonb as memberships,
       t.id as token, t.scopes, t.shops,
       t.last_used_at as seen_at, t.expires_at, null::timestamptz as ends_at, false as rotate
from identity.token t
join identity.person p on p.tenant = t.tenant and p.id = t.person
where t.tenant = :tenant and t.hash = :token_hash
  and t.revoked_at is null and (t.expires_at is null or t.expires_at > :now)
  and p.disabled_at is null;

-- name: touch_session
update identity.session set seen_at = :now, expires_at = :expires_at
where tenant = :tenant and token_hash = :token_hash and seen_at < :now and revoked_at is null;

-- name: touch_token
update identity.token set last_used_at = :now
where tenant = :tenant and hash = :token_hash and (last_used_at is null or last_used_at < :now);

-- name: revoke_session
update identity.session set revoked_at = :now
where tenant = :tenant and token_hash = :token_hash and revoked_at is null;

-- name: revoke_session_by_id
update identity.session set revoked_at = :now
where tenant = :tenant and person = :person and id = :id and revoked_at is null;

-- name: revoke_sessions
-- All of somebody's sessions, except the one given.
update identity.session set revoked_at = :now
where tenant = :tenant and person = :person and revoked_at is null
  and (:besides::bytea is null or token_hash <> :besides);

-- name: rotate_sessions
-- His rights have grown: each session gets a new token the next time its page asks who he is.
update identity.session set rotate = true
where tenant = :tenant and person = :person and revoked_at is null;

-- name: sessions
select id, created_at, seen_at, expires_at, about, token_hash = :current as current
from identity.session
where tenant = :tenant and person = :person and revoked_at is null and expires_at > :now
order by seen_at desc, id
limit 100;

-- name: prune_sessions
-- System: a session that ended a month ago tells nobody anything.
delete from identity.session where expires_at < :now::timestamptz - interval '30 days';

-- name: insert_token
insert into identity.token (tenant, id, hash, person, name, scopes, shops, expires_at, created_by, created_at)
values (:tenant, :id, :hash, :person, :name, :scopes, :shops, :expires_at, :created_by, :now);

-- name: tokens_page
select id, person as person_id, name, scopes, shops as shop_ids, expires_at, last_used_at, created_by, created_at
from identity.token
where tenant = :tenant and revoked_at is null
  and (:after::uuid is null or id > :after)
  and (:only::uuid is null or id = :only)
order by id
limit :limit;

-- name: revoke_token
update identity.token set revoked_at = :now where tenant = :tenant and id = :id and revoked_at is null;
