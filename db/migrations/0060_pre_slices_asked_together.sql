-- What was written last waits in a list that every question reads from end to end. Asked slice by slice, a word nobody
-- says read it once for each slice: with 1,600 lines waiting that took ten times as long as the slices themselves. So
-- the list is kept shorter, and slices are asked for together: one, then twice as many each time.

alter index conversations.search_slices set (gin_pending_list_limit = 512);

-- A line lies in one slice, so it has several pieces in the same slice when it has each of them in any. Three pieces
-- of the words are looked for in the slices, the others in the lines that have these.
create or replace function conversations.found_in_slices(
    p_shop uuid, p_grams text[], p_before timestamptz, p_after uuid, p_version bigint, p_limit integer
) returns table (conversation uuid, version bigint, at timestamptz)
language plpgsql
stable
security definer
set search_path = pg_catalog
set plan_cache_mode = force_generic_plan
as $$
declare
    v_latest bigint := (
        select conversations.slice(s.at) from conversations.search as s
        where s.tenant = plumbing.tenant() and s.shop = p_shop
        order by s.at desc
        limit 1
    );
    v_first bigint := (
        select conversations.slice(s.at) from conversations.search as s
        where s.tenant = plumbing.tenant() and s.shop = p_shop
        order by s.at
        limit 1
    );
    v_slice bigint := least(conversations.slice(p_before), v_latest);
    v_width integer := 1;
    v_count integer := cardinality(p_grams);
    v_left integer := p_limit;
    v_found integer;
    v_one bigint[];
    v_other bigint[];
    v_third bigint[];
begin
    while v_slice >= v_first and v_left > 0 loop
        select array_agg(w.keys[1]), array_agg(w.keys[2]), array_agg(w.keys[3]) into v_one, v_other, v_third
        from (
            select conversations.sliced(n, array[p_grams[1], p_grams[v_count], p_grams[(v_count + 1) / 2]]) as keys
            from generate_series(v_slice - v_width + 1, v_slice) as n
        ) as w;
        return query
            with hits as materialized (
                select s.conversation, s.version, s.at
                from conversations.search as s
                where s.tenant = plumbing.tenant() and s.shop = p_shop and s.version > 0
                    and conversations.sliced(conversations.slice(s.at), s.grams) && v_one
                    and conversations.sliced(conversations.slice(s.at), s.grams) && v_other
                    and conversations.sliced(conversations.slice(s.at), s.grams) && v_third
                    and s.grams @> p_grams
                    and s.at <= p_before
                    and (s.at < p_before or (s.conversation, s.version) > (p_after, p_version))
            )
            select h.conversation, h.version, h.at from hits as h
            order by h.at desc, h.conversation, h.version
            limit v_left;
        get diagnostics v_found = row_count;
        v_left := v_left - v_found;
        v_slice := v_slice - v_width;
        v_width := v_width * 2;
    end loop;
end
$$;
