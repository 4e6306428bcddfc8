-- transaction: off
-- Words that are often said are found among the latest lines of a shop: by their pieces alone all lines that have
-- them were read, of all years, to show the newest.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently search_latest on conversations.search (tenant, shop, at desc);

-- Runs as the owner for the reason that conversations.found does.
create function conversations.found_lately(
    p_shop uuid, p_grams text[], p_before timestamptz, p_lines integer, p_limit integer
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
        where l.tenant = plumbing.tenant() and l.shop = p_shop and l.at < p_before
        order by l.at desc
        limit p_lines
    ) as s
    where s.grams @> p_grams and s.version > 0
    order by s.at desc, s.conversation, s.version
    limit p_limit
$$;
