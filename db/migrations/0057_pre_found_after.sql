-- A page of a search begins after a line, not after a moment: what was said in one moment was lost between pages.
-- Lines of one moment stand in the order of their conversation and version. The latest lines are cut in the same
-- order, so that none of a moment is passed over; the index gives them by moment, and only those of one are sorted.
create function conversations.found(
    p_shop uuid, p_grams text[], p_before timestamptz, p_after uuid, p_version bigint, p_conversation uuid, p_limit integer
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
        where s.tenant = plumbing.tenant() and s.shop = p_shop and s.grams @> p_grams and s.at <= p_before
            and (s.at < p_before or (s.conversation, s.version) > (p_after, p_version))
            and s.version > 0 and (p_conversation is null or s.conversation = p_conversation)
    )
    select h.conversation, h.version, h.at from hits as h
    order by h.at desc, h.conversation, h.version
    limit p_limit
$$;

create function conversations.found_lately(
    p_shop uuid, p_grams text[], p_before timestamptz, p_after uuid, p_version bigint, p_lines integer, p_limit integer
) returns table (conversation uuid, version bigint, at timestamptz)
language sql
stable
security definer
set search_path = pg_catalog
as $$
    select s.conversation, s.version, s.at
    from (
        select l.conversation, l.version, l.at, l.grams
        from conversations.search as l
        where l.tenant = plumbing.tenant() and l.shop = p_shop and l.at <= p_before
            and (l.at < p_before or (l.conversation, l.version) > (p_after, p_version))
        order by l.at desc, l.conversation, l.version
        limit p_lines
    ) as s
    where s.grams @> p_grams and s.version > 0
    order by s.at desc, s.conversation, s.version
    limit p_limit
$$;
