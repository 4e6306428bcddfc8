-- All lines with some pieces are asked for by their pieces, never by walking a shop's history from its end: a server
-- that plans without knowing the words (before 18) may hold the walk for cheap, and for a rare word it ends nowhere.
create or replace function conversations.found(
    p_shop uuid, p_grams text[], p_before timestamptz, p_conversation uuid, p_limit integer
) returns table (conversation uuid, version bigint, at timestamptz)
language sql
stable
security definer
set search_path = pg_catalog
set plan_cache_mode = force_custom_plan
as $$
    with hits as materialized (
        select s.conversation, s.version, s.at
        from conversations.search as s
        where s.tenant = plumbing.tenant() and s.shop = p_shop and s.grams @> p_grams and s.at < p_before
            and s.version > 0 and (p_conversation is null or s.conversation = p_conversation)
    )
    select h.conversation, h.version, h.at from hits as h
    order by h.at desc, h.conversation, h.version
    limit p_limit
$$;
