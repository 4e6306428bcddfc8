-- transaction: off
-- What is often said was found by reading all lines that have its pieces, of all years, where the latest lines had
-- too few of it: their pieces are listed by shop alone. Now they are listed by twelve days each (2^20 seconds), and
-- a search walks back through these lists until a page is full.

create function conversations.slice(p_at timestamptz) returns bigint
language sql
immutable
parallel safe
as $$
    select date_part('epoch', p_at - timestamptz '2000-01-01 00:00:00+00')::bigint >> 20
$$;
comment on function conversations.slice is 'The slice of time a line lies in: 2^20 seconds, some twelve days.';

-- Runs once for every line that is kept, so it is a bare loop. That two pieces have one number is seldom and does no
-- harm: whether a text really has the words is looked up in the text.
create function conversations.sliced(p_slice bigint, p_grams text[]) returns bigint[]
language plpgsql
immutable
parallel safe
as $$
declare
    v_base  bigint := p_slice << 32;
    v_found bigint[] := '{}';
    v_gram  text;
begin
    foreach v_gram in array p_grams loop
        v_found := v_found || (v_base | (pg_catalog.hashtext(v_gram)::bigint & 4294967295));
    end loop;
    return v_found;
end
$$;
comment on function conversations.sliced is 'Pieces of text as numbers: the slice of time in the upper half, the piece in the lower.';

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently search_slices on conversations.search
    using gin (shop, conversations.sliced(conversations.slice(at), grams)) where version > 0;

-- Runs as the owner for the reason that conversations.found does. A slice is asked for with a plan made once: knowing
-- the pieces does not make a better one, and a word nobody says is looked for in every slice of the shop.
create function conversations.found_in_slices(
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
    v_left integer := p_limit;
    v_found integer;
begin
    while v_slice >= v_first and v_left > 0 loop
        return query
            with hits as materialized (
                select s.conversation, s.version, s.at
                from conversations.search as s
                where s.tenant = plumbing.tenant() and s.shop = p_shop and s.version > 0
                    and conversations.sliced(conversations.slice(s.at), s.grams)
                        @> conversations.sliced(v_slice, p_grams)
                    and s.at <= p_before
                    and (s.at < p_before or (s.conversation, s.version) > (p_after, p_version))
            )
            select h.conversation, h.version, h.at from hits as h
            order by h.at desc, h.conversation, h.version
            limit v_left;
        get diagnostics v_found = row_count;
        v_left := v_left - v_found;
        v_slice := v_slice - 1;
    end loop;
end
$$;

-- Of one conversation all lines are looked through.
create function conversations.found_in_conversation(
    p_shop uuid, p_grams text[], p_before timestamptz, p_after uuid, p_version bigint, p_conversation uuid, p_limit integer
) returns table (conversation uuid, version bigint, at timestamptz)
language sql
stable
security definer
set search_path = pg_catalog
as $$
    select s.conversation, s.version, s.at
    from conversations.search as s
    where s.tenant = plumbing.tenant() and s.shop = p_shop and s.conversation = p_conversation and s.version > 0
        and s.grams @> p_grams and s.at <= p_before
        and (s.at < p_before or (s.conversation, s.version) > (p_after, p_version))
    order by s.at desc, s.conversation, s.version
    limit p_limit
$$;
