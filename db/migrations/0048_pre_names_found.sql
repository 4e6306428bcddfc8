-- transaction: off
-- Buyers are found by name: line 0 of a conversation in the search table holds the pieces of the buyer's name.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently search_names on conversations.search using gin (shop, grams) where version = 0;

-- Runs as the owner for the reason that conversations.found does.
create function conversations.named(p_shop uuid, p_grams text[], p_limit integer)
returns table (conversation uuid)
language sql
stable
security definer
set search_path = pg_catalog
set plan_cache_mode = force_custom_plan
as $$
    select s.conversation
    from conversations.search as s
    where s.tenant = plumbing.tenant() and s.shop = p_shop and s.version = 0 and s.grams @> p_grams
    order by s.at desc, s.conversation
    limit p_limit
$$;

-- What is found are messages, and what their cards and files are called.
create or replace function conversations.found(
    p_shop uuid, p_grams text[], p_before timestamptz, p_conversation uuid, p_limit integer
) returns table (conversation uuid, version bigint, at timestamptz)
language sql
stable
security definer
set search_path = pg_catalog
set plan_cache_mode = force_custom_plan
as $$
    select s.conversation, s.version, s.at
    from conversations.search as s
    where s.tenant = plumbing.tenant() and s.shop = p_shop and s.grams @> p_grams and s.at < p_before
        and s.version > 0 and (p_conversation is null or s.conversation = p_conversation)
    order by s.at desc, s.conversation, s.version
    limit p_limit
$$;
