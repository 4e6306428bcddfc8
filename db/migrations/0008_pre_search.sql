-- Finding words in a shop's history. Under row-level security an array condition cannot use an index, so this
-- function runs as the owner and asks for the tenant itself (conversations.search is isolated, not forced).

create function conversations.found(
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
        and (p_conversation is null or s.conversation = p_conversation)
    order by s.at desc, s.conversation, s.version
    limit p_limit
$$;
