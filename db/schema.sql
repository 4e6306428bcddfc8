-- The whole database as the migrations make it, for reading and for reviewing a change.
-- Written by `make schema`; never edited, never applied.
-- Rights every table has by default are left out: both roles may select, insert, update, delete.

CREATE SCHEMA after_sale;

COMMENT ON SCHEMA after_sale IS 'Refunds, returns, exchanges, re-sends, repairs and compensation.';

CREATE SCHEMA appeals;

COMMENT ON SCHEMA appeals IS 'A second look at decisions, by somebody who had no part in them.';

CREATE SCHEMA blocks;

COMMENT ON SCHEMA blocks IS 'Blocks from their proposal to their end, and what was made good where they were wrong.';

CREATE SCHEMA clocks;

CREATE SCHEMA compensation;

COMMENT ON SCHEMA compensation IS 'Coupons, points, red packets and money given to make something good.';

CREATE SCHEMA complaints;

COMMENT ON SCHEMA complaints IS 'Complaints of buyers and shops, from the first word to a ruling, an apology or a withdrawal.';

CREATE SCHEMA conversations;

CREATE SCHEMA disputes;

COMMENT ON SCHEMA disputes IS 'The marketplace judges: periods, burden of proof, rulings, what they did and undid.';

CREATE SCHEMA evidence;

CREATE SCHEMA grading;

CREATE SCHEMA guard;

CREATE SCHEMA identity;

CREATE SCHEMA inspection;

CREATE SCHEMA instructions;

COMMENT ON SCHEMA instructions IS 'Changes of orders and of buyers'' addresses, asked of the order side, each once.';

CREATE SCHEMA learning;

CREATE SCHEMA ledger;

CREATE SCHEMA measures;

COMMENT ON SCHEMA measures IS 'Measures in force against shops and people, with their reasons and public notices.';

CREATE SCHEMA objections;

CREATE SCHEMA orders;

COMMENT ON SCHEMA orders IS 'Products, orders, payments and parcels of the shops, imported from the marketplace.';

CREATE SCHEMA penalties;

COMMENT ON SCHEMA penalties IS 'The points ledger, its penalties and exams; what is in force stands in measures.';

CREATE SCHEMA plumbing;

COMMENT ON SCHEMA plumbing IS 'Pipes and wires: what is told, what failed, what has been migrated.';

CREATE SCHEMA routing;

CREATE SCHEMA rulebook;

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;

COMMENT ON EXTENSION btree_gin IS 'support for indexing common datatypes in GIN';

CREATE TYPE conversations.answer AS (
	c integer,
	shop uuid,
	conversation uuid,
	number integer,
	at double precision,
	person uuid
);

CREATE TYPE conversations.change AS (
	id uuid,
	shop uuid,
	was_version bigint,
	was_desk_version bigint,
	was_buyer_read bigint,
	was_shop_read bigint,
	version bigint,
	hash bytea,
	state text,
	consultation integer,
	answered boolean,
	opens double precision,
	wakes boolean,
	waits text,
	waiting_since double precision,
	reply_due_at double precision,
	reply_warn_at double precision,
	spoke double precision,
	last_text text,
	last_kind text,
	last_role text,
	last_version bigint,
	more_unread_shop integer,
	more_unread_buyer integer,
	added text,
	said text
);

CREATE TYPE conversations.new_entry AS (
	c integer,
	shop uuid,
	conversation uuid,
	version bigint,
	id uuid,
	client_id text,
	role text,
	person uuid,
	kind text,
	consultation integer,
	at double precision,
	recalls bigint,
	text text,
	body text,
	guard text,
	salt bytea,
	inner_hash bytea,
	hash bytea
);

CREATE TYPE conversations.news AS (
	c integer,
	name text,
	body text
);

CREATE TYPE conversations.opening AS (
	c integer,
	shop uuid,
	conversation uuid,
	number integer,
	at double precision,
	version bigint,
	opened_by text,
	off_hours boolean
);

CREATE TYPE conversations.question AS (
	conversation uuid,
	person uuid,
	staff boolean,
	client_id text
);

CREATE TYPE conversations.reading AS (
	conversation uuid,
	person uuid,
	side text,
	delivered bigint,
	read bigint
);

CREATE FUNCTION clocks.set_many(for_tenant uuid, shops uuid[], owners uuid[], names text[], due timestamp with time zone[], warn timestamp with time zone[], now_at timestamp with time zone) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog'
    AS $$
    insert into clocks.clock (tenant, owner, name, shop, due_at, warn_at, wake_at, set_at)
    select for_tenant, c.owner, c.name, c.shop, c.due_at, c.warn_at, least(c.warn_at, c.due_at), now_at
    from unnest(shops, owners, names, due, warn) as c (shop, owner, name, due_at, warn_at)
    order by c.owner, c.name
    on conflict (tenant, owner, name) do update
    set shop = excluded.shop, due_at = excluded.due_at, warn_at = excluded.warn_at, wake_at = excluded.wake_at,
        attempts = 0, body = '{}', set_at = excluded.set_at
$$;

CREATE FUNCTION clocks.stop_many(for_tenant uuid, owners uuid[], names text[]) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog'
    AS $$
    delete from clocks.clock
    using unnest(owners, names) as c (owner, name)
    where clock.tenant = for_tenant and clock.owner = c.owner and clock.name = c.name
$$;

CREATE FUNCTION conversations.append(p_tenant uuid, p_origin text, p_at timestamp with time zone, changes conversations.change[], entries conversations.new_entry[], openings conversations.opening[], answers conversations.answer[], news conversations.news[]) RETURNS boolean[]
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
declare
    fresh boolean[];
    clocks_set boolean;
    clocks_stop boolean;
begin
    select array_agg(f.ok order by f.i), bool_or(f.waits = 'start'), bool_or(f.waits = 'stop' or f.wakes)
    into fresh, clocks_set, clocks_stop
    from (
        select
            w.ordinality as i,
            w.waits,
            w.wakes,
            coalesce(c.version = w.was_version and c.desk_version = w.was_desk_version
                and (w.was_buyer_read is null or c.buyer_read = w.was_buyer_read)
                and (w.was_shop_read is null or c.shop_read = w.was_shop_read), false) as ok
        from unnest(changes) with ordinality as w
        left join lateral (
            select l.version, l.desk_version, l.buyer_read, l.shop_read
            from conversations.conversation as l
            where l.tenant = p_tenant and l.shop = w.shop and l.id = w.id
            for no key update
        ) as c on true
    ) as f;
    if not (true = any(fresh)) then
        return fresh;
    end if;

    insert into conversations.entry (
        tenant, shop, conversation, version, id, client_id, role, person, kind, consultation, at, recalls,
        text, body, guard, salt, inner_hash, hash)
    select
        p_tenant, e.shop, e.conversation, e.version, e.id, e.client_id, e.role, e.person, e.kind,
        e.consultation, to_timestamp(e.at), e.recalls, e.text, e.body::jsonb, e.guard::jsonb, e.salt,
        e.inner_hash, e.hash
    from unnest(entries) as e
    where fresh[e.c];

    update conversations.conversation as c set
        version = w.version,
        last_hash = w.hash,
        state = w.state,
        consultation = w.consultation,
        queue = case when w.opens is null then c.queue end,
        answered = w.answered,
        opened_at = coalesce(to_timestamp(w.opens), c.opened_at),
        queued_at = coalesce(to_timestamp(w.opens), c.queued_at),
        closed_at = case when w.opens is null then c.closed_at end,
        snoozed_until = case when not w.wakes then c.snoozed_until end,
        waiting_since = case when w.waits is null then c.waiting_since else to_timestamp(w.waiting_since) end,
        reply_due_at = case when w.waits is null then c.reply_due_at else to_timestamp(w.reply_due_at) end,
        reply_warn_at = case when w.waits is null then c.reply_warn_at else to_timestamp(w.reply_warn_at) end,
        last_at = coalesce(to_timestamp(w.spoke), c.last_at),
        last_text = w.last_text,
        last_kind = w.last_kind,
        last_role = w.last_role,
        last_version = w.last_version,
        unread_shop = greatest(c.unread_shop + w.more_unread_shop, 0),
        unread_buyer = greatest(c.unread_buyer + w.more_unread_buyer, 0)
    from unnest(changes) with ordinality as w
    where fresh[w.ordinality] and c.tenant = p_tenant and c.shop = w.shop and c.id = w.id;

    if cardinality(openings) > 0 then
        insert into conversations.consultation (
            tenant, shop, conversation, number, opened_at, opened_version, opened_by, off_hours)
        select
            p_tenant, o.shop, o.conversation, o.number, to_timestamp(o.at), o.version, o.opened_by, o.off_hours
        from unnest(openings) as o
        where fresh[o.c];
    end if;

    if cardinality(answers) > 0 then
        update conversations.consultation as t set first_reply_at = to_timestamp(a.at), first_reply_by = a.person
        from unnest(answers) as a
        where fresh[a.c] and t.tenant = p_tenant and t.shop = a.shop and t.conversation = a.conversation
            and t.number = a.number and t.first_reply_at is null;
    end if;

    if clocks_set then
        perform clocks.set_many(p_tenant, array_agg(w.shop), array_agg(w.id), array_agg('reply'::text),
            array_agg(to_timestamp(w.reply_due_at)), array_agg(to_timestamp(w.reply_warn_at)), p_at)
        from unnest(changes) with ordinality as w
        where fresh[w.ordinality] and w.waits = 'start' and w.reply_due_at is not null
        having count(*) > 0;
    end if;
    if clocks_stop then
        perform clocks.stop_many(p_tenant, array_agg(w.id), array_agg(k.name))
        from unnest(changes) with ordinality as w
        join lateral (values ('reply', w.waits = 'stop'), ('snooze', w.wakes)) as k (name, stops) on k.stops
        where fresh[w.ordinality]
        having count(*) > 0;
    end if;

    insert into plumbing.outbox (tenant, name, topic, version, body, at, origin)
    select
        p_tenant, 'conversations.entries_added', '', null,
        '{"tenant":"' || p_tenant || '","at":' || to_json(p_at) || ',"entries":[' || string_agg(w.added, ',') || ']}',
        p_at, p_origin
    from unnest(changes) with ordinality as w
    where fresh[w.ordinality] and w.added <> ''
    having count(*) > 0;

    if cardinality(news) > 0 then
        insert into plumbing.outbox (tenant, name, topic, version, body, at, origin)
        select p_tenant, n.name, '', null, n.body, p_at, p_origin
        from unnest(news) as n
        where fresh[n.c];
    end if;

    perform plumbing.tell(p_origin, string_to_array(string_agg(w.said, E'\n'), E'\n'))
    from unnest(changes) with ordinality as w
    where fresh[w.ordinality] and w.said <> ''
    having count(*) > 0;
    return fresh;
end
$$;

CREATE FUNCTION conversations.found_in_conversation(p_shop uuid, p_grams text[], p_before timestamp with time zone, p_after uuid, p_version bigint, p_conversation uuid, p_limit integer) RETURNS TABLE(conversation uuid, version bigint, at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    select s.conversation, s.version, s.at
    from conversations.search as s
    where s.tenant = plumbing.tenant() and s.shop = p_shop and s.conversation = p_conversation and s.version > 0
        and s.grams @> p_grams and s.at <= p_before
        and (s.at < p_before or (s.conversation, s.version) > (p_after, p_version))
    order by s.at desc, s.conversation, s.version
    limit p_limit
$$;

CREATE FUNCTION conversations.found_in_slices(p_shop uuid, p_grams text[], p_before timestamp with time zone, p_after uuid, p_version bigint, p_limit integer) RETURNS TABLE(conversation uuid, version bigint, at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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

CREATE FUNCTION conversations.found_lately(p_shop uuid, p_grams text[], p_before timestamp with time zone, p_after uuid, p_version bigint, p_lines integer, p_limit integer) RETURNS TABLE(conversation uuid, version bigint, at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
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

CREATE FUNCTION conversations.mark(p_tenant uuid, readings conversations.reading[]) RETURNS TABLE(id uuid, shop uuid, buyer_moved boolean, shop_moved boolean, buyer_read bigint, buyer_delivered bigint, shop_read bigint, shop_delivered bigint, unread_buyer integer, unread_shop integer)
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
#variable_conflict use_column
begin
    perform
    from (
        select l.id
        from (select distinct r.conversation as id from unnest(readings) as r order by 1) as w
        join lateral (
            select c.id from conversations.conversation as c
            where c.tenant = p_tenant and c.id = w.id
            for no key update
        ) as l on true
    ) as locked;

    return query
    with marks as (
        select
            r.conversation, r.side, max(greatest(r.delivered, r.read)) as delivered,
            max(case when r.side = 'buyer' or c.assignee is null or c.assignee = r.person then r.read else 0 end)
                as read
        from unnest(readings) as r
        join conversations.conversation as c on c.tenant = p_tenant and c.id = r.conversation
        group by r.conversation, r.side
    ),
    sides as (
        select
            c.shop, c.id,
            greatest(c.buyer_read, least(coalesce(b.read, 0), c.version)) as buyer_read,
            greatest(c.buyer_delivered, least(coalesce(b.delivered, 0), c.version)) as buyer_delivered,
            greatest(c.shop_read, least(coalesce(s.read, 0), c.version)) as shop_read,
            greatest(c.shop_delivered, least(coalesce(s.delivered, 0), c.version)) as shop_delivered,
            c.buyer_read as was_buyer_read, c.buyer_delivered as was_buyer_delivered,
            c.shop_read as was_shop_read, c.shop_delivered as was_shop_delivered
        from (select distinct m.conversation as id from marks as m) as w
        join conversations.conversation as c on c.tenant = p_tenant and c.id = w.id
        left join marks as b on b.conversation = c.id and b.side = 'buyer'
        left join marks as s on s.conversation = c.id and s.side = 'shop'
    )
    update conversations.conversation as c set
        buyer_read = t.buyer_read,
        buyer_delivered = t.buyer_delivered,
        shop_read = t.shop_read,
        shop_delivered = t.shop_delivered,
        unread_buyer = case when t.buyer_read = t.was_buyer_read then c.unread_buyer else (
            select
                count(*) filter (where e.kind in ('text', 'image', 'file', 'card'))
                - count(*) filter (where e.kind = 'recall' and e.recalls > t.buyer_read)
            from conversations.entry as e
            where e.tenant = p_tenant and e.shop = t.shop and e.conversation = t.id
                and e.version > t.buyer_read and e.role <> 'buyer'
        ) end,
        unread_shop = case when t.shop_read = t.was_shop_read then c.unread_shop else (
            select
                count(*) filter (where e.kind in ('text', 'image', 'file', 'card'))
                - count(*) filter (where e.kind = 'recall' and e.recalls > t.shop_read)
            from conversations.entry as e
            where e.tenant = p_tenant and e.shop = t.shop and e.conversation = t.id
                and e.version > t.shop_read and e.role = 'buyer'
        ) end
    from sides as t
    where c.tenant = p_tenant and c.shop = t.shop and c.id = t.id
        and (t.buyer_read, t.buyer_delivered, t.shop_read, t.shop_delivered)
            <> (t.was_buyer_read, t.was_buyer_delivered, t.was_shop_read, t.was_shop_delivered)
    returning
        c.id, c.shop,
        (t.buyer_read, t.buyer_delivered) <> (t.was_buyer_read, t.was_buyer_delivered),
        (t.shop_read, t.shop_delivered) <> (t.was_shop_read, t.was_shop_delivered),
        c.buyer_read, c.buyer_delivered, c.shop_read, c.shop_delivered, c.unread_buyer, c.unread_shop;
end
$$;

CREATE FUNCTION conversations.named(p_shop uuid, p_grams text[], p_limit integer) RETURNS TABLE(conversation uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
    select s.conversation
    from conversations.search as s
    where s.tenant = plumbing.tenant() and s.shop = p_shop and s.version = 0 and s.grams @> p_grams
    order by s.at desc, s.conversation
    limit p_limit
$$;

CREATE FUNCTION conversations.slice(p_at timestamp with time zone) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select date_part('epoch', p_at - timestamptz '2000-01-01 00:00:00+00')::bigint >> 20
$$;

COMMENT ON FUNCTION conversations.slice(p_at timestamp with time zone) IS 'The slice of time a line lies in: 2^20 seconds, some twelve days.';

CREATE FUNCTION conversations.sliced(p_slice bigint, p_grams text[]) RETURNS bigint[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
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

COMMENT ON FUNCTION conversations.sliced(p_slice bigint, p_grams text[]) IS 'Pieces of text as numbers: the slice of time in the upper half, the piece in the lower.';

CREATE FUNCTION ledger.lock_accounts(for_tenant uuid, kinds text[], owners uuid[], in_currency text) RETURNS TABLE(kind text, owner uuid, balance_minor bigint)
    LANGUAGE sql
    SET search_path TO 'pg_catalog'
    AS $$
    insert into ledger.account (tenant, kind, owner, currency)
    select for_tenant, w.kind, w.owner, in_currency
    from unnest(kinds, owners) as w (kind, owner)
    where not exists (select from ledger.account a
                      where a.tenant = for_tenant and a.kind = w.kind and a.owner = w.owner
                        and a.currency = in_currency)
    order by w.kind, w.owner
    on conflict do nothing;

    select a.kind, a.owner, a.balance_minor
    from ledger.account a
    where a.tenant = for_tenant and a.currency = in_currency
      and (a.kind, a.owner) in (select w.kind, w.owner from unnest(kinds, owners) as w (kind, owner))
    order by a.kind, a.owner
    for update;
$$;

CREATE FUNCTION ledger.post(for_tenant uuid, posting_id uuid, why text, about_kind text, about uuid, in_currency text, happened_at timestamp with time zone, by_author uuid, with_note text, taken_back uuid, kinds text[], owners uuid[], amounts bigint[]) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
    insert into ledger.posting (tenant, id, reason, subject_kind, subject, currency, at, author, note, reverses)
    values (for_tenant, posting_id, why, about_kind, about, in_currency, happened_at, by_author, with_note,
            taken_back)
    on conflict (tenant, id) do nothing;
    if not found then
        return false;
    end if;
    perform ledger.lock_accounts(for_tenant, kinds, owners, in_currency);
    with moved as (
        update ledger.account a
        set balance_minor = a.balance_minor + w.amount_minor, entries = a.entries + 1
        from unnest(kinds, owners, amounts) as w (kind, owner, amount_minor)
        where a.tenant = for_tenant and a.currency = in_currency and a.kind = w.kind and a.owner = w.owner
        returning a.kind, a.owner, w.amount_minor, a.entries, a.balance_minor
    )
    insert into ledger.line (tenant, posting, kind, owner, currency, amount_minor, number, balance_minor)
    select for_tenant, posting_id, m.kind, m.owner, in_currency, m.amount_minor, m.entries, m.balance_minor
    from moved m;
    return true;
end
$$;

CREATE FUNCTION ledger.prove_posting() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
declare
    proved uuid;
begin
    if tg_table_name = 'line' then
        proved := new.posting;
    else
        proved := new.id;
    end if;
    if not exists (select from ledger.line l where l.tenant = new.tenant and l.posting = proved)
       or exists (select from ledger.line l where l.tenant = new.tenant and l.posting = proved
                  group by l.currency having sum(l.amount_minor) <> 0)
    then
        raise exception 'the lines of posting % do not sum to zero', proved
            using errcode = 'check_violation', constraint = 'posting_sums_to_zero';
    end if;
    return null;
end
$$;

CREATE FUNCTION plumbing.append_only(target regclass, columns name[] DEFAULT '{}'::name[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  execute format('revoke update, delete, truncate on %s from xiaoer_app, xiaoer_system', target);
  if columns <> '{}' then
    execute format('grant update (%s) on %s to xiaoer_app',
      (select string_agg(quote_ident(one), ', ') from unnest(columns) as named (one)), target);
  end if;
end
$$;

COMMENT ON FUNCTION plumbing.append_only(target regclass, columns name[]) IS 'Takes the right to change or remove rows away; the named columns may still be updated.';

CREATE FUNCTION plumbing.isolate(target regclass, system boolean DEFAULT false, forced boolean DEFAULT true) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  execute format('alter table %s enable row level security', target);
  if forced then
    execute format('alter table %s force row level security', target);
  end if;
  execute format(
    'create policy tenant on %s '
    'using (tenant = nullif(current_setting(''xiaoer.tenant'', true), '''')::uuid) '
    'with check (tenant = nullif(current_setting(''xiaoer.tenant'', true), '''')::uuid)',
    target);
  if system then
    execute format('create policy system on %s to xiaoer_system using (true) with check (true)', target);
  end if;
end
$$;

COMMENT ON FUNCTION plumbing.isolate(target regclass, system boolean, forced boolean) IS 'Hides every row of a table from all tenants but its own; with system, xiaoer_system sees them all. Not forced: functions of the owner (security definer) see all rows and must name the tenant themselves.';

CREATE FUNCTION plumbing.missed(place integer) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
  raise exception using errcode = 'XM000', message = place::text;
end
$$;

COMMENT ON FUNCTION plumbing.missed(place integer) IS 'Fails, with the place of a statement among those it travels with: it did not do what it was to do.';

CREATE UNLOGGED TABLE plumbing.bucket (
    key text NOT NULL,
    capacity double precision NOT NULL,
    rate double precision NOT NULL,
    tokens double precision NOT NULL,
    granted boolean NOT NULL,
    filled_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE FUNCTION plumbing.refilled(bucket plumbing.bucket, at timestamp with time zone) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select least(
        bucket.capacity,
        bucket.tokens + extract(epoch from greatest(at - bucket.filled_at, interval '0'))::float8 * bucket.rate
    )
$$;

CREATE FUNCTION plumbing.tell(origin text, lines text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  room constant integer := 7900 - octet_length(origin);
  payload text := origin;
  used integer := 0;
  line text;
  size integer;
begin
  foreach line in array lines loop
    size := octet_length(line) + 1;
    if size > room then
      line := jsonb_set(line::jsonb, '{4}', 'null')::text;
      size := octet_length(line) + 1;
    end if;
    if used + size > room then
      perform pg_notify('xiaoer', payload);
      payload := origin;
      used := 0;
    end if;
    payload := payload || E'\n' || line;
    used := used + size;
  end loop;
  perform pg_notify('xiaoer', payload);
end
$$;

COMMENT ON FUNCTION plumbing.tell(origin text, lines text[]) IS 'Notifies every process of these lines, packed into as few payloads as possible.';

CREATE FUNCTION plumbing.tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid;

COMMENT ON FUNCTION plumbing.tenant() IS 'The tenant this connection works for, or null.';

CREATE TABLE after_sale."case" (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    purchase uuid NOT NULL,
    order_number text NOT NULL,
    buyer uuid NOT NULL,
    kind text NOT NULL,
    path text NOT NULL,
    reason text NOT NULL,
    condition text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    opened_by uuid NOT NULL,
    opened_side text NOT NULL,
    client_id text,
    currency text NOT NULL,
    asked_minor bigint NOT NULL,
    refund_minor bigint NOT NULL,
    refunded_minor bigint NOT NULL,
    held_minor bigint NOT NULL,
    money jsonb DEFAULT '[]'::jsonb NOT NULL,
    freight jsonb NOT NULL,
    payment_method text DEFAULT ''::text NOT NULL,
    ahead boolean DEFAULT false NOT NULL,
    rounds integer DEFAULT 0 NOT NULL,
    repairs integer DEFAULT 0 NOT NULL,
    return_address jsonb,
    back jsonb,
    "out" jsonb,
    back_number text GENERATED ALWAYS AS ((back ->> 'number'::text)) STORED,
    out_number text GENERATED ALWAYS AS (("out" ->> 'number'::text)) STORED,
    payout uuid,
    attempt integer DEFAULT 0 NOT NULL,
    conversation uuid,
    clock text,
    due_at timestamp with time zone,
    stage smallint DEFAULT 0 NOT NULL,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    difference jsonb,
    CONSTRAINT case_asked_minor_check CHECK ((asked_minor >= 0)),
    CONSTRAINT case_check CHECK (((closed_at IS NULL) = (clock IS NOT NULL))),
    CONSTRAINT case_check1 CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT case_held_minor_check CHECK ((held_minor >= 0)),
    CONSTRAINT case_opened_side_check CHECK ((opened_side = ANY (ARRAY['buyer'::text, 'shop'::text, 'officer'::text, 'program'::text]))),
    CONSTRAINT case_refund_minor_check CHECK ((refund_minor >= 0)),
    CONSTRAINT case_refunded_minor_check CHECK ((refunded_minor >= 0))
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_insert_threshold='5000', autovacuum_analyze_threshold='500', autovacuum_analyze_scale_factor='0.2', autovacuum_vacuum_cost_limit='200', autovacuum_vacuum_cost_delay='20');
ALTER TABLE ONLY after_sale."case" ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE ONLY after_sale."case" ALTER COLUMN money SET STATISTICS 0;
ALTER TABLE ONLY after_sale."case" ALTER COLUMN freight SET STATISTICS 0;
ALTER TABLE ONLY after_sale."case" ALTER COLUMN payment_method SET STATISTICS 0;
ALTER TABLE ONLY after_sale."case" ALTER COLUMN return_address SET STATISTICS 0;
ALTER TABLE ONLY after_sale."case" ALTER COLUMN back SET STATISTICS 0;
ALTER TABLE ONLY after_sale."case" ALTER COLUMN "out" SET STATISTICS 0;
ALTER TABLE ONLY after_sale."case" ALTER COLUMN difference SET STATISTICS 0;

ALTER TABLE ONLY after_sale."case" FORCE ROW LEVEL SECURITY;

CREATE TABLE after_sale.fast_lost (
    tenant uuid NOT NULL,
    buyer uuid NOT NULL,
    case_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY after_sale.fast_lost FORCE ROW LEVEL SECURITY;

CREATE TABLE after_sale.happening (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    case_id uuid NOT NULL,
    version bigint NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    event text NOT NULL,
    side text NOT NULL,
    person uuid,
    from_state text NOT NULL,
    state text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    amount_minor bigint,
    files uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL
)
WITH (autovacuum_vacuum_insert_threshold='100000', autovacuum_analyze_threshold='2000000000');
ALTER TABLE ONLY after_sale.happening ALTER COLUMN id SET STATISTICS 0;
ALTER TABLE ONLY after_sale.happening ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE ONLY after_sale.happening ALTER COLUMN files SET STATISTICS 0;
ALTER TABLE ONLY after_sale.happening ALTER COLUMN body SET STATISTICS 0;

ALTER TABLE ONLY after_sale.happening FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE after_sale.happening IS 'What happened in a case, line by line; nothing is ever changed.';

CREATE TABLE after_sale.line (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    case_id uuid NOT NULL,
    place integer NOT NULL,
    purchase uuid NOT NULL,
    item uuid NOT NULL,
    quantity integer NOT NULL,
    amount_minor bigint NOT NULL,
    title text NOT NULL,
    image_url text,
    new_variant uuid,
    becomes text DEFAULT ''::text NOT NULL,
    CONSTRAINT line_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT line_quantity_check CHECK ((quantity > 0))
)
WITH (autovacuum_vacuum_insert_threshold='100000', autovacuum_analyze_threshold='500', autovacuum_analyze_scale_factor='1', autovacuum_vacuum_cost_limit='200', autovacuum_vacuum_cost_delay='20');
ALTER TABLE ONLY after_sale.line ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE ONLY after_sale.line ALTER COLUMN image_url SET STATISTICS 0;

ALTER TABLE ONLY after_sale.line FORCE ROW LEVEL SECURITY;

CREATE TABLE after_sale.offer (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    case_id uuid NOT NULL,
    number integer NOT NULL,
    side text NOT NULL,
    person uuid,
    settlement text NOT NULL,
    amount_minor bigint NOT NULL,
    back_payer text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT offer_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT offer_number_check CHECK ((number > 0)),
    CONSTRAINT offer_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'lapsed'::text, 'replaced'::text])))
);

ALTER TABLE ONLY after_sale.offer FORCE ROW LEVEL SECURITY;

CREATE TABLE after_sale.parcel_harm (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    purchase uuid NOT NULL,
    number text NOT NULL,
    harm text NOT NULL,
    bearer text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT parcel_harm_bearer_check CHECK ((bearer = ANY (ARRAY['seller'::text, 'buyer'::text]))),
    CONSTRAINT parcel_harm_harm_check CHECK ((harm = ANY (ARRAY['loss'::text, 'breakage'::text])))
);

ALTER TABLE ONLY after_sale.parcel_harm FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE after_sale.parcel_harm IS 'Harm to parcels of orders before sign-for, decided by after_sale.transit_risk when it was told.';

CREATE TABLE after_sale.purchase_sum (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    purchase uuid NOT NULL,
    paid_minor bigint NOT NULL,
    held_minor bigint DEFAULT 0 NOT NULL,
    refunded_minor bigint DEFAULT 0 NOT NULL,
    CONSTRAINT never_more_than_paid CHECK (((held_minor + refunded_minor) <= paid_minor)),
    CONSTRAINT purchase_sum_held_minor_check CHECK ((held_minor >= 0)),
    CONSTRAINT purchase_sum_paid_minor_check CHECK ((paid_minor >= 0)),
    CONSTRAINT purchase_sum_refunded_minor_check CHECK ((refunded_minor >= 0))
)
WITH (fillfactor='80', autovacuum_vacuum_threshold='20000', autovacuum_vacuum_insert_threshold='100000', autovacuum_analyze_threshold='2000000000');

ALTER TABLE ONLY after_sale.purchase_sum FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN after_sale.purchase_sum.paid_minor IS 'What the buyer paid, less what had been refunded before the first case.';

CREATE TABLE appeals.alert (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    looked_at text NOT NULL,
    subject uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    appeals bigint NOT NULL,
    upheld bigint NOT NULL,
    others_appeals bigint NOT NULL,
    others_upheld bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    seen_by uuid,
    seen_at timestamp with time zone,
    CONSTRAINT alert_looked_at_check CHECK ((looked_at = ANY (ARRAY['officer'::text, 'agent'::text, 'shop'::text])))
);

ALTER TABLE ONLY appeals.alert FORCE ROW LEVEL SECURITY;

CREATE TABLE appeals.appeal (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid,
    target_kind text NOT NULL,
    target uuid NOT NULL,
    appellant_kind text NOT NULL,
    appellant uuid NOT NULL,
    other_kind text,
    other uuid,
    lodged_by uuid NOT NULL,
    client_id text,
    text text NOT NULL,
    wanted text DEFAULT ''::text NOT NULL,
    new_facts text DEFAULT ''::text NOT NULL,
    late_reason text DEFAULT ''::text NOT NULL,
    human boolean NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    judge uuid,
    judges uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    barred uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    agent uuid,
    suspended boolean DEFAULT false NOT NULL,
    left_seconds bigint NOT NULL,
    summary jsonb NOT NULL,
    statement jsonb,
    clock text,
    due_at timestamp with time zone,
    stage smallint DEFAULT 0 NOT NULL,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    lodged_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT appeal_appellant_kind_check CHECK ((appellant_kind = ANY (ARRAY['person'::text, 'shop'::text]))),
    CONSTRAINT appeal_check CHECK (((closed_at IS NULL) = (clock IS NOT NULL))),
    CONSTRAINT appeal_check1 CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT appeal_check2 CHECK (((other IS NULL) = (other_kind IS NULL))),
    CONSTRAINT appeal_check3 CHECK (((statement IS NOT NULL) = (state = ANY (ARRAY['upheld'::text, 'dismissed'::text, 'refused'::text])))),
    CONSTRAINT appeal_check4 CHECK (((judge IS NULL) OR (NOT (judge = ANY (barred))))),
    CONSTRAINT appeal_left_seconds_check CHECK ((left_seconds >= 0)),
    CONSTRAINT appeal_other_kind_check CHECK ((other_kind = ANY (ARRAY['person'::text, 'shop'::text]))),
    CONSTRAINT appeal_target_kind_check CHECK ((target_kind = ANY (ARRAY['ruling'::text, 'penalty'::text, 'block'::text, 'complaint_refusal'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY appeals.appeal FORCE ROW LEVEL SECURITY;

CREATE TABLE appeals.evidence (
    tenant uuid NOT NULL,
    appeal uuid NOT NULL,
    id uuid NOT NULL,
    side text NOT NULL,
    person uuid NOT NULL,
    kind text NOT NULL,
    number text,
    opens_for uuid,
    text text NOT NULL,
    files uuid[] NOT NULL,
    shows text[] NOT NULL,
    weighed jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT evidence_side_check CHECK ((side = ANY (ARRAY['appellant'::text, 'other'::text, 'people'::text])))
);

ALTER TABLE ONLY appeals.evidence FORCE ROW LEVEL SECURITY;

CREATE TABLE appeals.happening (
    tenant uuid NOT NULL,
    appeal uuid NOT NULL,
    version bigint NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    event text NOT NULL,
    side text NOT NULL,
    person uuid,
    from_state text NOT NULL,
    state text NOT NULL,
    text text NOT NULL,
    CONSTRAINT happening_side_check CHECK ((side = ANY (ARRAY['appellant'::text, 'other'::text, 'people'::text, 'program'::text])))
);

ALTER TABLE ONLY appeals.happening FORCE ROW LEVEL SECURITY;

CREATE TABLE blocks.alert (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    looked_at text NOT NULL,
    subject uuid NOT NULL,
    blocks integer NOT NULL,
    wrong integer NOT NULL,
    others integer NOT NULL,
    others_wrong integer NOT NULL,
    since timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT alert_looked_at_check CHECK ((looked_at = ANY (ARRAY['proposer'::text, 'approver'::text, 'shop'::text])))
);

ALTER TABLE ONLY blocks.alert FORCE ROW LEVEL SECURITY;

CREATE TABLE blocks.block (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    side text NOT NULL,
    shop uuid,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    ground text NOT NULL,
    facts text NOT NULL,
    evidence text[] NOT NULL,
    score jsonb,
    scope text NOT NULL,
    stops text,
    danger boolean NOT NULL,
    days integer,
    approval text NOT NULL,
    fit_row text NOT NULL,
    fit_basis text NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    proposed_by uuid NOT NULL,
    approved_by uuid,
    decided_text text DEFAULT ''::text NOT NULL,
    statement text DEFAULT ''::text NOT NULL,
    heard_at timestamp with time zone,
    asks integer DEFAULT 0 NOT NULL,
    minutes integer DEFAULT 0 NOT NULL,
    contacts integer DEFAULT 0 NOT NULL,
    begins_at timestamp with time zone,
    ends_at timestamp with time zone,
    review_at timestamp with time zone,
    lifted_at timestamp with time zone,
    lifted_by uuid,
    insult text DEFAULT 'none'::text NOT NULL,
    public boolean DEFAULT false NOT NULL,
    good jsonb DEFAULT '[]'::jsonb NOT NULL,
    client_id text,
    clock text,
    due_at timestamp with time zone,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    CONSTRAINT an_end_or_a_review CHECK (((begins_at IS NULL) OR (ends_at IS NOT NULL) OR (review_at IS NOT NULL))),
    CONSTRAINT block_approval_check CHECK ((approval = ANY (ARRAY['shop'::text, 'marketplace'::text]))),
    CONSTRAINT block_check CHECK (((scope = 'function'::text) = (stops IS NOT NULL))),
    CONSTRAINT block_check1 CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT block_days_check CHECK ((days > 0)),
    CONSTRAINT block_evidence_check CHECK ((cardinality(evidence) > 0)),
    CONSTRAINT block_facts_check CHECK ((facts <> ''::text)),
    CONSTRAINT block_insult_check CHECK ((insult = ANY (ARRAY['none'::text, 'shown'::text, 'grave'::text]))),
    CONSTRAINT block_scope_check CHECK ((scope = ANY (ARRAY['message'::text, 'one_shop'::text, 'function'::text, 'account'::text]))),
    CONSTRAINT block_side_check CHECK ((side = ANY (ARRAY['shop'::text, 'marketplace'::text]))),
    CONSTRAINT block_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['person'::text, 'shop'::text]))),
    CONSTRAINT nobody_approves_his_own CHECK (((approved_by IS NULL) OR (approved_by <> proposed_by))),
    CONSTRAINT nobody_lifts_his_own_as_wrong CHECK (((state <> 'lifted_wrong'::text) OR (lifted_by IS NULL) OR ((lifted_by <> proposed_by) AND (lifted_by <> COALESCE(approved_by, proposed_by))))),
    CONSTRAINT reasons_come_with_it CHECK (((begins_at IS NULL) OR ((approved_by IS NOT NULL) AND (decided_text <> ''::text))))
)
WITH (fillfactor='80');

ALTER TABLE ONLY blocks.block FORCE ROW LEVEL SECURITY;

CREATE TABLE blocks.happening (
    tenant uuid NOT NULL,
    block uuid NOT NULL,
    version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    event text NOT NULL,
    side text NOT NULL,
    person uuid,
    from_state text NOT NULL,
    state text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    CONSTRAINT happening_side_check CHECK ((side = ANY (ARRAY['subject'::text, 'shop'::text, 'marketplace'::text, 'program'::text])))
);

ALTER TABLE ONLY blocks.happening FORCE ROW LEVEL SECURITY;

CREATE TABLE blocks.receipt (
    tenant uuid NOT NULL,
    block uuid NOT NULL,
    id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    text text NOT NULL,
    files uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT receipt_amount_minor_check CHECK ((amount_minor > 0))
);

ALTER TABLE ONLY blocks.receipt FORCE ROW LEVEL SECURITY;

CREATE TABLE clocks.calendar (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid NOT NULL,
    version integer NOT NULL,
    body jsonb NOT NULL,
    author uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY clocks.calendar FORCE ROW LEVEL SECURITY;

CREATE TABLE clocks.clock (
    tenant uuid NOT NULL,
    owner uuid NOT NULL,
    name text NOT NULL,
    shop uuid,
    due_at timestamp with time zone NOT NULL,
    warn_at timestamp with time zone,
    wake_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL,
    set_at timestamp with time zone NOT NULL
)
WITH (fillfactor='80', autovacuum_vacuum_threshold='20000', autovacuum_vacuum_insert_threshold='20000', autovacuum_analyze_threshold='500', autovacuum_analyze_scale_factor='1', autovacuum_vacuum_cost_limit='200', autovacuum_vacuum_cost_delay='20');
ALTER TABLE ONLY clocks.clock ALTER COLUMN body SET STATISTICS 0;

ALTER TABLE ONLY clocks.clock FORCE ROW LEVEL SECURITY;

CREATE TABLE compensation."grant" (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    bearer text NOT NULL,
    shop uuid,
    to_kind text NOT NULL,
    receiver uuid NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    purpose text NOT NULL,
    purchase uuid,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    is_offer boolean NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    contests integer DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    payout uuid,
    postings uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    used_shop uuid,
    used_purchase uuid,
    made_by uuid,
    clock text,
    due_at timestamp with time zone,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    CONSTRAINT grant_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT grant_bearer_check CHECK ((bearer = ANY (ARRAY['shop'::text, 'marketplace'::text]))),
    CONSTRAINT grant_check CHECK (((bearer = 'marketplace'::text) OR (shop IS NOT NULL))),
    CONSTRAINT grant_check1 CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT grant_kind_check CHECK ((kind = ANY (ARRAY['coupon'::text, 'points'::text, 'red_packet'::text, 'money'::text]))),
    CONSTRAINT grant_to_kind_check CHECK ((to_kind = ANY (ARRAY['person'::text, 'shop'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY compensation."grant" FORCE ROW LEVEL SECURITY;

CREATE TABLE compensation.happening (
    tenant uuid NOT NULL,
    grant_id uuid NOT NULL,
    version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    event text NOT NULL,
    side text NOT NULL,
    person uuid,
    from_state text NOT NULL,
    state text NOT NULL,
    amount_minor bigint NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    CONSTRAINT happening_side_check CHECK ((side = ANY (ARRAY['receiver'::text, 'shop'::text, 'officer'::text, 'program'::text])))
);

ALTER TABLE ONLY compensation.happening FORCE ROW LEVEL SECURITY;

CREATE TABLE complaints.call (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    operator uuid NOT NULL,
    for_kind text NOT NULL,
    for_id uuid NOT NULL,
    type text NOT NULL,
    purchase uuid,
    text text NOT NULL,
    caller text DEFAULT ''::text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    complaint uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT call_for_kind_check CHECK ((for_kind = ANY (ARRAY['person'::text, 'shop'::text])))
);

ALTER TABLE ONLY complaints.call FORCE ROW LEVEL SECURITY;

CREATE TABLE complaints.complaint (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    type text NOT NULL,
    complainant_kind text NOT NULL,
    complainant uuid NOT NULL,
    accused_kind text NOT NULL,
    accused uuid,
    shop uuid,
    buyer uuid,
    purchase uuid,
    order_number text DEFAULT ''::text NOT NULL,
    conversation uuid,
    items uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    about uuid,
    text text NOT NULL,
    asks text[] DEFAULT '{}'::text[] NOT NULL,
    asked_minor bigint,
    currency text DEFAULT ''::text NOT NULL,
    danger text DEFAULT 'none'::text NOT NULL,
    evidence text[] DEFAULT '{}'::text[] NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    rung text NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    lodged_by uuid NOT NULL,
    intake uuid,
    client_id text,
    apology jsonb,
    refusal jsonb,
    dispute uuid,
    merged_into uuid,
    coaching text DEFAULT 'none'::text NOT NULL,
    pressed boolean DEFAULT false NOT NULL,
    clock text,
    due_at timestamp with time zone,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    lodged_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT complaint_accused_kind_check CHECK ((accused_kind = ANY (ARRAY['person'::text, 'shop'::text, 'officer'::text, 'marketplace'::text]))),
    CONSTRAINT complaint_asked_minor_check CHECK ((asked_minor >= 0)),
    CONSTRAINT complaint_check CHECK (((closed_at IS NULL) = (clock IS NOT NULL))),
    CONSTRAINT complaint_check1 CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT complaint_check2 CHECK (((accused IS NOT NULL) OR (accused_kind = ANY (ARRAY['marketplace'::text, 'officer'::text])))),
    CONSTRAINT complaint_coaching_check CHECK ((coaching = ANY (ARRAY['none'::text, 'due'::text, 'done'::text]))),
    CONSTRAINT complaint_complainant_kind_check CHECK ((complainant_kind = ANY (ARRAY['person'::text, 'shop'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY complaints.complaint FORCE ROW LEVEL SECURITY;

CREATE TABLE complaints.happening (
    tenant uuid NOT NULL,
    complaint uuid NOT NULL,
    version bigint NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    event text NOT NULL,
    side text NOT NULL,
    person uuid,
    from_state text NOT NULL,
    state text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    evidence text[] DEFAULT '{}'::text[] NOT NULL,
    files uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT happening_side_check CHECK ((side = ANY (ARRAY['complainant'::text, 'accused'::text, 'people'::text, 'program'::text])))
);

ALTER TABLE ONLY complaints.happening FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE complaints.happening IS 'What happened in a complaint, line by line; nothing is ever changed.';

CREATE TABLE complaints.link (
    tenant uuid NOT NULL,
    complaint uuid NOT NULL,
    other uuid NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT link_kind_check CHECK ((kind = ANY (ARRAY['counter'::text, 'pressure'::text, 'merged'::text])))
);

ALTER TABLE ONLY complaints.link FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.canned (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    shortcut text DEFAULT ''::text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    topic text DEFAULT ''::text NOT NULL,
    used integer DEFAULT 0 NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone
);

ALTER TABLE ONLY conversations.canned FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.consultation (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    number integer NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_version bigint NOT NULL,
    opened_by text DEFAULT 'buyer'::text NOT NULL,
    channel text DEFAULT 'chat'::text NOT NULL,
    off_hours boolean DEFAULT false NOT NULL,
    queue uuid,
    assignee uuid,
    first_reply_at timestamp with time zone,
    first_reply_by uuid,
    breached integer DEFAULT 0 NOT NULL,
    closed_at timestamp with time zone,
    closed_version bigint,
    closed_by uuid
);

ALTER TABLE ONLY conversations.consultation FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.conversation (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    buyer uuid NOT NULL,
    visitor boolean DEFAULT false NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    desk_version bigint DEFAULT 0 NOT NULL,
    last_hash bytea DEFAULT decode(repeat('00'::text, 32), 'hex'::text) NOT NULL,
    state text DEFAULT 'idle'::text NOT NULL,
    consultation integer DEFAULT 0 NOT NULL,
    queue uuid,
    assignee uuid,
    answered boolean DEFAULT false NOT NULL,
    opened_at timestamp with time zone,
    queued_at timestamp with time zone,
    closed_at timestamp with time zone,
    waiting_since timestamp with time zone,
    reply_due_at timestamp with time zone,
    reply_warn_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    last_at timestamp with time zone,
    last_text text DEFAULT ''::text NOT NULL,
    last_kind text,
    last_role text,
    last_version bigint DEFAULT 0 NOT NULL,
    unread_shop integer DEFAULT 0 NOT NULL,
    unread_buyer integer DEFAULT 0 NOT NULL,
    buyer_delivered bigint DEFAULT 0 NOT NULL,
    buyer_read bigint DEFAULT 0 NOT NULL,
    shop_delivered bigint DEFAULT 0 NOT NULL,
    shop_read bigint DEFAULT 0 NOT NULL,
    merged_into uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT conversation_check CHECK (((assignee IS NOT NULL) = (state = ANY (ARRAY['assigned'::text, 'snoozed'::text])))),
    CONSTRAINT conversation_check1 CHECK (((merged_into IS NOT NULL) = (state = 'merged'::text))),
    CONSTRAINT conversation_state_check CHECK ((state = ANY (ARRAY['idle'::text, 'queued'::text, 'assigned'::text, 'snoozed'::text, 'closed'::text, 'merged'::text])))
)
WITH (fillfactor='70', autovacuum_vacuum_threshold='20000', autovacuum_vacuum_insert_threshold='20000', autovacuum_analyze_threshold='500', autovacuum_analyze_scale_factor='0.5', autovacuum_vacuum_cost_limit='200', autovacuum_vacuum_cost_delay='20');
ALTER TABLE ONLY conversations.conversation ALTER COLUMN last_hash SET STATISTICS 0;
ALTER TABLE ONLY conversations.conversation ALTER COLUMN last_text SET STATISTICS 0;

ALTER TABLE ONLY conversations.conversation FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.desk_entry (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    version bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    person uuid,
    text text DEFAULT ''::text NOT NULL,
    mentions uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    after_version bigint NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT desk_entry_kind_check CHECK ((kind = ANY (ARRAY['note'::text, 'assigned'::text, 'transferred'::text, 'released'::text, 'taken_back'::text, 'tagged'::text, 'snoozed'::text, 'woken'::text, 'closed'::text, 'reopened'::text, 'merged'::text, 'breached'::text, 'warned'::text, 'whisper'::text, 'shared'::text, 'stepped_in'::text, 'guard_blocked'::text])))
);
ALTER TABLE ONLY conversations.desk_entry ALTER COLUMN id SET STATISTICS 0;
ALTER TABLE ONLY conversations.desk_entry ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE ONLY conversations.desk_entry ALTER COLUMN mentions SET STATISTICS 0;
ALTER TABLE ONLY conversations.desk_entry ALTER COLUMN body SET STATISTICS 0;

ALTER TABLE ONLY conversations.desk_entry FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.draft (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    person uuid NOT NULL,
    text text NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY conversations.draft FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.entry (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    version bigint NOT NULL,
    id uuid NOT NULL,
    client_id text,
    role text NOT NULL,
    person uuid,
    kind text NOT NULL,
    consultation integer NOT NULL,
    at timestamp with time zone NOT NULL,
    recalls bigint,
    text text,
    body jsonb,
    guard jsonb,
    salt bytea,
    inner_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT entry_check CHECK (((kind = 'recall'::text) = (recalls IS NOT NULL))),
    CONSTRAINT entry_client_id_check CHECK ((length(client_id) <= 64)),
    CONSTRAINT entry_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'image'::text, 'file'::text, 'card'::text, 'system'::text, 'recall'::text]))),
    CONSTRAINT entry_role_check CHECK ((role = ANY (ARRAY['buyer'::text, 'agent'::text, 'manager'::text, 'officer'::text, 'bot'::text, 'system'::text, 'auto'::text])))
)
WITH (autovacuum_vacuum_insert_threshold='100000', autovacuum_analyze_threshold='500', autovacuum_analyze_scale_factor='1');
ALTER TABLE ONLY conversations.entry ALTER COLUMN id SET STATISTICS 0;
ALTER TABLE ONLY conversations.entry ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE ONLY conversations.entry ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE ONLY conversations.entry ALTER COLUMN salt SET STATISTICS 0;
ALTER TABLE ONLY conversations.entry ALTER COLUMN inner_hash SET STATISTICS 0;
ALTER TABLE ONLY conversations.entry ALTER COLUMN hash SET STATISTICS 0;

ALTER TABLE ONLY conversations.entry FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.file (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid,
    conversation uuid,
    person uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    width integer,
    height integer,
    store_key text NOT NULL,
    thumbnail_key text,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY conversations.file FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.mention (
    tenant uuid NOT NULL,
    person uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    desk_version bigint NOT NULL,
    mentioned_by uuid,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone
);

ALTER TABLE ONLY conversations.mention FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.name_walk (
    tenant uuid NOT NULL,
    reached uuid,
    done_at timestamp with time zone
);

ALTER TABLE ONLY conversations.name_walk FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE conversations.name_walk IS 'How far the names of old conversations'' buyers are kept for searching.';

CREATE TABLE conversations.scheduled (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    role text NOT NULL,
    client_id text NOT NULL,
    held boolean DEFAULT false NOT NULL,
    wish jsonb NOT NULL,
    send_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    failed jsonb
);

ALTER TABLE ONLY conversations.scheduled FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.search (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    grams text[] NOT NULL
);

CREATE TABLE conversations.share (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    person uuid NOT NULL,
    shared_by uuid,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY conversations.share FORCE ROW LEVEL SECURITY;

CREATE TABLE conversations.tag (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    name text NOT NULL,
    person uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT tag_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40)))
);

ALTER TABLE ONLY conversations.tag FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.conflict (
    tenant uuid NOT NULL,
    person uuid NOT NULL,
    party_kind text NOT NULL,
    party uuid NOT NULL,
    reason text NOT NULL,
    CONSTRAINT conflict_party_kind_check CHECK ((party_kind = ANY (ARRAY['person'::text, 'shop'::text])))
);

ALTER TABLE ONLY disputes.conflict FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.dispute (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    kind text NOT NULL,
    shop uuid NOT NULL,
    claimant_kind text NOT NULL,
    claimant uuid NOT NULL,
    respondent_kind text NOT NULL,
    respondent uuid NOT NULL,
    buyer uuid,
    purchase uuid,
    order_number text DEFAULT ''::text NOT NULL,
    case_id uuid,
    complaint uuid,
    conversation uuid,
    state text NOT NULL,
    version bigint NOT NULL,
    round integer DEFAULT 1 NOT NULL,
    opened_by uuid,
    client_id text,
    currency text NOT NULL,
    asked_minor bigint NOT NULL,
    paid_minor bigint NOT NULL,
    issue_kinds text[] NOT NULL,
    officer uuid,
    second_reader uuid,
    ruling uuid,
    outcome text,
    favour text,
    ready_claimant boolean DEFAULT false NOT NULL,
    ready_respondent boolean DEFAULT false NOT NULL,
    evidence_until timestamp with time zone,
    evidence_ended_at timestamp with time zone,
    rest_seconds bigint DEFAULT 0 NOT NULL,
    suspended_ground text,
    clock text,
    due_at timestamp with time zone,
    stage smallint DEFAULT 0 NOT NULL,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT dispute_asked_minor_check CHECK ((asked_minor >= 0)),
    CONSTRAINT dispute_check CHECK (((closed_at IS NULL) = (clock IS NOT NULL))),
    CONSTRAINT dispute_check1 CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT dispute_check2 CHECK (((claimant_kind <> respondent_kind) OR (claimant <> respondent))),
    CONSTRAINT dispute_claimant_kind_check CHECK ((claimant_kind = ANY (ARRAY['person'::text, 'shop'::text, 'marketplace'::text]))),
    CONSTRAINT dispute_favour_check CHECK ((favour = ANY (ARRAY['claimant'::text, 'respondent'::text, 'none'::text]))),
    CONSTRAINT dispute_kind_check CHECK ((kind = ANY (ARRAY['after_sale'::text, 'complaint'::text]))),
    CONSTRAINT dispute_paid_minor_check CHECK ((paid_minor >= 0)),
    CONSTRAINT dispute_respondent_kind_check CHECK ((respondent_kind = ANY (ARRAY['person'::text, 'shop'::text, 'marketplace'::text]))),
    CONSTRAINT dispute_suspended_ground_check CHECK ((suspended_ground = ANY (ARRAY['agreed'::text, 'court'::text, 'police'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY disputes.dispute FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.effect (
    tenant uuid NOT NULL,
    ruling uuid NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL,
    target uuid NOT NULL,
    amount_minor bigint DEFAULT 0 NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT effect_kind_check CHECK ((kind = ANY (ARRAY['case'::text, 'payout'::text, 'charge'::text, 'penalty'::text, 'grant'::text])))
);

ALTER TABLE ONLY disputes.effect FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.exhibit (
    tenant uuid NOT NULL,
    dispute uuid NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    side text NOT NULL,
    person uuid,
    kind text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    files uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    shows text[] DEFAULT '{}'::text[] NOT NULL,
    issues uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    seal_number text,
    timing text NOT NULL,
    accept text NOT NULL,
    weight text NOT NULL,
    rule_row text NOT NULL,
    flag text,
    missing text[] DEFAULT '{}'::text[] NOT NULL,
    judged_by uuid,
    judged_why text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT exhibit_accept_check CHECK ((accept = ANY (ARRAY['yes'::text, 'weak'::text, 'no'::text]))),
    CONSTRAINT exhibit_number_check CHECK ((number > 0))
);

ALTER TABLE ONLY disputes.exhibit FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.happening (
    tenant uuid NOT NULL,
    dispute uuid NOT NULL,
    version bigint NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    event text NOT NULL,
    side text NOT NULL,
    person uuid,
    from_state text NOT NULL,
    state text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    files uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    body jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE ONLY disputes.happening FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE disputes.happening IS 'What happened in a dispute, line by line; nothing is ever changed.';

CREATE TABLE disputes.issue (
    tenant uuid NOT NULL,
    dispute uuid NOT NULL,
    id uuid NOT NULL,
    place integer NOT NULL,
    issue text NOT NULL,
    words text NOT NULL,
    remedy text DEFAULT ''::text NOT NULL,
    amount_minor bigint,
    items uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    category text DEFAULT ''::text NOT NULL,
    stage integer NOT NULL,
    standing text NOT NULL,
    rule_row text NOT NULL,
    holder text NOT NULL,
    must text NOT NULL,
    shown text NOT NULL,
    silent text NOT NULL,
    refused text NOT NULL,
    due_at timestamp with time zone,
    settled boolean DEFAULT false NOT NULL,
    favour text,
    decided_by text,
    CONSTRAINT issue_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT issue_check CHECK ((settled OR (due_at IS NOT NULL))),
    CONSTRAINT issue_decided_by_check CHECK ((decided_by = ANY (ARRAY['shown'::text, 'silence'::text, 'refusal'::text]))),
    CONSTRAINT issue_favour_check CHECK ((favour = ANY (ARRAY['claimant'::text, 'respondent'::text, 'none'::text])))
);

ALTER TABLE ONLY disputes.issue FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.judge (
    tenant uuid NOT NULL,
    dispute uuid NOT NULL,
    person uuid NOT NULL,
    part text NOT NULL,
    at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    why text,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT judge_part_check CHECK ((part = ANY (ARRAY['officer'::text, 'second_reader'::text, 'juror'::text]))),
    CONSTRAINT judge_why_check CHECK ((why = ANY (ARRAY['recused'::text, 'challenged'::text, 'reassigned'::text])))
);

ALTER TABLE ONLY disputes.judge FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.officer (
    tenant uuid NOT NULL,
    person uuid NOT NULL,
    skills text[] DEFAULT '{}'::text[] NOT NULL,
    active boolean DEFAULT true NOT NULL
);

ALTER TABLE ONLY disputes.officer FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.precedent (
    tenant uuid NOT NULL,
    ruling uuid NOT NULL,
    issue uuid NOT NULL,
    dispute uuid NOT NULL,
    shop uuid NOT NULL,
    kind text NOT NULL,
    category text NOT NULL,
    standing text NOT NULL,
    stage integer NOT NULL,
    rule_row text NOT NULL,
    outcome text NOT NULL,
    favour text NOT NULL,
    asked_minor bigint NOT NULL,
    amount_minor bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    reversed boolean DEFAULT false NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02', autovacuum_analyze_scale_factor='0.02');

ALTER TABLE ONLY disputes.precedent FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.proposal (
    tenant uuid NOT NULL,
    dispute uuid NOT NULL,
    number integer NOT NULL,
    side text NOT NULL,
    person uuid,
    kind text NOT NULL,
    outcome text,
    amount_minor bigint,
    back_payer text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    claimant_said boolean,
    respondent_said boolean,
    expires_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT proposal_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT proposal_kind_check CHECK ((kind = ANY (ARRAY['settlement'::text, 'suspension'::text]))),
    CONSTRAINT proposal_number_check CHECK ((number > 0)),
    CONSTRAINT proposal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'expired'::text])))
);

ALTER TABLE ONLY disputes.proposal FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.ruling (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    dispute uuid NOT NULL,
    round integer NOT NULL,
    by text NOT NULL,
    officer uuid,
    second_reader uuid,
    issues jsonb NOT NULL,
    facts_found text[] NOT NULL,
    used uuid[] NOT NULL,
    refused jsonb NOT NULL,
    money jsonb NOT NULL,
    penalty jsonb,
    given jsonb,
    rows jsonb NOT NULL,
    rules_version text NOT NULL,
    automated boolean NOT NULL,
    text text NOT NULL,
    outcome text NOT NULL,
    favour text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    executed_at timestamp with time zone,
    appeal_until timestamp with time zone,
    dropped_at timestamp with time zone,
    reversed_at timestamp with time zone,
    reversed_by uuid,
    reversed_why text,
    reversal uuid,
    CONSTRAINT ruling_by_check CHECK ((by = ANY (ARRAY['officer'::text, 'jury'::text, 'settlement'::text]))),
    CONSTRAINT ruling_check CHECK (((reversed_at IS NULL) OR ((executed_at IS NOT NULL) AND (reversed_why <> ''::text))))
);

ALTER TABLE ONLY disputes.ruling FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.vote (
    tenant uuid NOT NULL,
    dispute uuid NOT NULL,
    round integer NOT NULL,
    juror uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    favour text,
    at timestamp with time zone,
    CONSTRAINT vote_check CHECK (((favour IS NULL) = (at IS NULL))),
    CONSTRAINT vote_favour_check CHECK ((favour = ANY (ARRAY['claimant'::text, 'respondent'::text])))
);

ALTER TABLE ONLY disputes.vote FORCE ROW LEVEL SECURITY;

CREATE TABLE disputes.willing (
    tenant uuid NOT NULL,
    person uuid NOT NULL,
    since timestamp with time zone NOT NULL
);

ALTER TABLE ONLY disputes.willing FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE disputes.willing IS 'Buyers who would sit in juries.';

CREATE TABLE evidence.day (
    tenant uuid NOT NULL,
    day date NOT NULL,
    messages bigint NOT NULL,
    root bytea NOT NULL,
    statement bytea NOT NULL,
    signature bytea NOT NULL,
    leaves bytea NOT NULL
);
ALTER TABLE ONLY evidence.day ALTER COLUMN leaves SET STORAGE EXTERNAL;

ALTER TABLE ONLY evidence.day FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.day_stamp (
    tenant uuid NOT NULL,
    day date NOT NULL,
    stamp bytea NOT NULL,
    stamped_at timestamp with time zone NOT NULL,
    authority text NOT NULL,
    asked_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY evidence.day_stamp FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.item (
    tenant uuid NOT NULL,
    seal uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    side text NOT NULL,
    person uuid NOT NULL,
    text text NOT NULL,
    files uuid[] NOT NULL,
    shows text[] NOT NULL,
    timing text NOT NULL,
    comparison jsonb NOT NULL,
    weighed jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    corrected jsonb,
    CONSTRAINT item_side_check CHECK ((side = ANY (ARRAY['buyer'::text, 'shop'::text, 'officer'::text])))
);

ALTER TABLE ONLY evidence.item FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.opening (
    tenant uuid NOT NULL,
    seal uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    role text NOT NULL,
    way text NOT NULL,
    purpose text NOT NULL,
    bound_to uuid,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT opening_way_check CHECK ((way = ANY (ARRAY['read'::text, 'pack'::text])))
);

ALTER TABLE ONLY evidence.opening FORCE ROW LEVEL SECURITY;

CREATE TABLE evidence.seal (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    number text NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    buyer uuid NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    purpose text NOT NULL,
    bound_to uuid,
    asked_by uuid NOT NULL,
    asked_role text NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    statement bytea NOT NULL,
    signature bytea NOT NULL,
    inners bytea NOT NULL,
    names jsonb NOT NULL,
    CONSTRAINT seal_check CHECK (((first >= 1) AND (first <= last))),
    CONSTRAINT seal_check1 CHECK ((length(inners) = (32 * ((last - first) + 1)))),
    CONSTRAINT seal_purpose_check CHECK ((purpose = ANY (ARRAY['complaint'::text, 'dispute'::text, 'appeal'::text, 'after_sale'::text])))
);

ALTER TABLE ONLY evidence.seal FORCE ROW LEVEL SECURITY;

CREATE TABLE grading.draw (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    seed text NOT NULL,
    candidates integer NOT NULL,
    random integer NOT NULL,
    risk integer NOT NULL,
    drawn_by uuid,
    rules_version text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT draw_check CHECK ((since < until))
);

ALTER TABLE ONLY grading.draw FORCE ROW LEVEL SECURITY;

CREATE TABLE grading.grade (
    tenant uuid NOT NULL,
    subject uuid NOT NULL,
    seat text NOT NULL,
    id uuid NOT NULL,
    shop uuid NOT NULL,
    score uuid NOT NULL,
    person uuid NOT NULL,
    sheet jsonb NOT NULL,
    score_tenths integer,
    grade text,
    parts jsonb NOT NULL,
    card text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT grade_check CHECK (((score_tenths IS NULL) = (grade IS NULL))),
    CONSTRAINT grade_grade_check CHECK ((grade = ANY (ARRAY['excellent'::text, 'good'::text, 'fair'::text, 'poor'::text, 'failed'::text]))),
    CONSTRAINT grade_score_tenths_check CHECK (((score_tenths >= 0) AND (score_tenths <= 1000))),
    CONSTRAINT grade_seat_check CHECK ((seat = ANY (ARRAY['first'::text, 'second'::text, 'third'::text, 'appeal'::text])))
);

ALTER TABLE ONLY grading.grade FORCE ROW LEVEL SECURITY;

CREATE TABLE grading.sample (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    draw uuid NOT NULL,
    score uuid NOT NULL,
    conversation uuid NOT NULL,
    consultation integer NOT NULL,
    agent uuid,
    drawn_for text NOT NULL,
    weight integer NOT NULL,
    rows text[] NOT NULL,
    twice boolean NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    holder uuid,
    held_until timestamp with time zone,
    drawn_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    clock text,
    due_at timestamp with time zone,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    CONSTRAINT sample_check CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT sample_check1 CHECK (((holder IS NULL) = (held_until IS NULL))),
    CONSTRAINT sample_drawn_for_check CHECK ((drawn_for = ANY (ARRAY['random'::text, 'risk'::text, 'alert'::text]))),
    CONSTRAINT sample_state_check CHECK ((state = ANY (ARRAY['drawn'::text, 'second'::text, 'apart'::text, 'settled'::text, 'lapsed'::text])))
);

ALTER TABLE ONLY grading.sample FORCE ROW LEVEL SECURITY;

CREATE TABLE grading.score_appeal (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    score uuid NOT NULL,
    conversation uuid NOT NULL,
    consultation integer NOT NULL,
    agent uuid NOT NULL,
    text text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    decided_by uuid,
    reason text DEFAULT ''::text NOT NULL,
    lodged_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    clock text,
    due_at timestamp with time zone,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    CONSTRAINT score_appeal_check CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT score_appeal_state_check CHECK ((state = ANY (ARRAY['lodged'::text, 'kept'::text, 'changed'::text, 'set_aside'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY grading.score_appeal FORCE ROW LEVEL SECURITY;

CREATE TABLE grading.step (
    tenant uuid NOT NULL,
    subject uuid NOT NULL,
    version integer NOT NULL,
    event text NOT NULL,
    from_state text NOT NULL,
    state text NOT NULL,
    person uuid,
    text text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY grading.step FORCE ROW LEVEL SECURITY;

CREATE TABLE guard.answer (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    day date NOT NULL,
    person uuid NOT NULL,
    kind text NOT NULL,
    "row" text NOT NULL,
    taken integer DEFAULT 0 NOT NULL,
    edited integer DEFAULT 0 NOT NULL,
    ignored integer DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY guard.answer FORCE ROW LEVEL SECURITY;

CREATE TABLE guard.proof (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    conversation uuid,
    sort text NOT NULL,
    serves text NOT NULL,
    kind text NOT NULL,
    "row" text NOT NULL,
    override_row text NOT NULL,
    words text NOT NULL,
    reference text NOT NULL,
    reason text NOT NULL,
    ends timestamp with time zone NOT NULL,
    person uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by uuid,
    ended_why text,
    file jsonb,
    CONSTRAINT proof_check CHECK ((ends > at)),
    CONSTRAINT proof_check1 CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT proof_serves_check CHECK ((serves = ANY (ARRAY['self'::text, 'grade'::text, 'name'::text, 'award'::text, 'fact'::text, 'on_time'::text]))),
    CONSTRAINT proof_sort_check CHECK ((sort = ANY (ARRAY['figures'::text, 'grade'::text, 'name'::text, 'award'::text, 'source'::text, 'insurance'::text])))
);

ALTER TABLE ONLY guard.proof FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN guard.proof.file IS 'The uploaded document as it was given: guard.model.ProofFile.';

CREATE TABLE identity.marketplace (
    tenant uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    currency text NOT NULL,
    language text NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    secret_number integer DEFAULT 1 NOT NULL,
    secret_turned_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT marketplace_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT marketplace_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::text))
);

ALTER TABLE ONLY identity.marketplace FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.membership (
    tenant uuid NOT NULL,
    person uuid NOT NULL,
    role text NOT NULL,
    shop uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT membership_check CHECK (((role = ANY (ARRAY['agent'::text, 'manager'::text])) = (shop IS NOT NULL))),
    CONSTRAINT membership_role_check CHECK ((role = ANY (ARRAY['agent'::text, 'manager'::text, 'officer'::text, 'administrator'::text])))
);

ALTER TABLE ONLY identity.membership FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.person (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    external_id text,
    display_name text NOT NULL,
    email text,
    phone text,
    password_hash text,
    language text DEFAULT ''::text NOT NULL,
    address jsonb,
    payment_methods jsonb,
    merged_into uuid,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT person_email_check CHECK ((email = lower(email))),
    CONSTRAINT person_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'buyer'::text, 'visitor'::text, 'integration'::text]))),
    CONSTRAINT person_phone_check CHECK ((phone ~ '^\+?[0-9]{5,20}$'::text))
);

ALTER TABLE ONLY identity.person FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.session (
    tenant uuid NOT NULL,
    token_hash bytea NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    rotate boolean DEFAULT false NOT NULL,
    about text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY identity.session FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.shop (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    external_id text,
    name text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    language text NOT NULL,
    time_zone text NOT NULL,
    allowed_origins text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT shop_state_check CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
);

ALTER TABLE ONLY identity.shop FORCE ROW LEVEL SECURITY;

CREATE TABLE identity.token (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    hash bytea NOT NULL,
    person uuid NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    shops uuid[],
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_by uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY identity.token FORCE ROW LEVEL SECURITY;

CREATE TABLE inspection.alert (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    conversation uuid NOT NULL,
    consultation integer NOT NULL,
    reason text NOT NULL,
    agent uuid,
    version bigint NOT NULL,
    risk integer NOT NULL,
    percent integer,
    amount integer NOT NULL,
    why text[] NOT NULL,
    "row" text NOT NULL,
    basis text NOT NULL,
    rules_version text NOT NULL,
    model text NOT NULL,
    at timestamp with time zone NOT NULL,
    acknowledged_by uuid,
    acknowledged_at timestamp with time zone,
    did text,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT alert_check CHECK ((((acknowledged_by IS NULL) = (acknowledged_at IS NULL)) AND ((acknowledged_by IS NULL) = (did IS NULL)))),
    CONSTRAINT alert_did_check CHECK ((did = ANY (ARRAY['watched'::text, 'whispered'::text, 'stepped_in'::text, 'reassigned'::text, 'nothing'::text]))),
    CONSTRAINT alert_percent_check CHECK (((percent >= 0) AND (percent <= 100))),
    CONSTRAINT alert_reason_check CHECK ((reason = ANY (ARRAY['upset'::text, 'lasting'::text, 'unanswered'::text, 'insult'::text, 'insult_held'::text]))),
    CONSTRAINT alert_risk_check CHECK (((risk >= 0) AND (risk <= 100)))
);

ALTER TABLE ONLY inspection.alert FORCE ROW LEVEL SECURITY;

CREATE TABLE inspection.fact (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    about text[] NOT NULL,
    says text[] NOT NULL,
    never text[] NOT NULL,
    author uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    replaces uuid,
    archived_by uuid,
    archived_at timestamp with time zone,
    CONSTRAINT fact_check CHECK (((cardinality(about) > 0) AND ((cardinality(says) + cardinality(never)) > 0)))
);

ALTER TABLE ONLY inspection.fact FORCE ROW LEVEL SECURITY;

CREATE TABLE inspection.model (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    body bytea NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY inspection.model FORCE ROW LEVEL SECURITY;

CREATE TABLE inspection.reading (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    purpose text NOT NULL,
    person uuid,
    role text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT reading_purpose_check CHECK ((purpose = 'quality'::text))
);

ALTER TABLE ONLY inspection.reading FORCE ROW LEVEL SECURITY;

CREATE TABLE inspection.score (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid NOT NULL,
    conversation uuid NOT NULL,
    consultation integer NOT NULL,
    agent uuid,
    cause text NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    score_tenths integer,
    grade text,
    flags text[] NOT NULL,
    turns integer NOT NULL,
    dissatisfied integer NOT NULL,
    rules text NOT NULL,
    card text NOT NULL,
    model text NOT NULL,
    result jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT score_cause_check CHECK ((cause = ANY (ARRAY['closed'::text, 'nightly'::text, 'asked'::text]))),
    CONSTRAINT score_check CHECK ((first <= last)),
    CONSTRAINT score_check1 CHECK ((dissatisfied <= turns)),
    CONSTRAINT score_check2 CHECK (((score_tenths IS NULL) = (grade IS NULL))),
    CONSTRAINT score_grade_check CHECK ((grade = ANY (ARRAY['excellent'::text, 'good'::text, 'fair'::text, 'poor'::text, 'failed'::text]))),
    CONSTRAINT score_score_tenths_check CHECK (((score_tenths >= 0) AND (score_tenths <= 1000)))
);

ALTER TABLE ONLY inspection.score FORCE ROW LEVEL SECURITY;

CREATE TABLE inspection.settlement (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    score uuid NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    subject uuid NOT NULL,
    score_tenths integer,
    grade text,
    steps jsonb,
    "row" text NOT NULL,
    rules text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT settlement_check CHECK (((score_tenths IS NULL) = (grade IS NULL))),
    CONSTRAINT settlement_grade_check CHECK ((grade = ANY (ARRAY['excellent'::text, 'good'::text, 'fair'::text, 'poor'::text, 'failed'::text]))),
    CONSTRAINT settlement_score_tenths_check CHECK (((score_tenths >= 0) AND (score_tenths <= 1000))),
    CONSTRAINT settlement_source_check CHECK ((source = ANY (ARRAY['graded'::text, 'appealed'::text, 'set_aside'::text])))
);

ALTER TABLE ONLY inspection.settlement FORCE ROW LEVEL SECURITY;

CREATE TABLE inspection.veil (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    score uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone
);

ALTER TABLE ONLY inspection.veil FORCE ROW LEVEL SECURITY;

CREATE TABLE instructions.instruction (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    shop uuid,
    purchase uuid,
    buyer uuid NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    state text NOT NULL,
    row_id text NOT NULL,
    rules text NOT NULL,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    actor uuid,
    answer text,
    attempts integer DEFAULT 0 NOT NULL,
    send_at timestamp with time zone,
    asked_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    difference jsonb,
    CONSTRAINT instruction_kind_check CHECK ((kind = ANY (ARRAY['cancel'::text, 'address'::text, 'items'::text, 'payment'::text, 'buyer_address'::text, 'return_requested'::text, 'exchange_requested'::text, 'mark_refunded'::text]))),
    CONSTRAINT instruction_state_check CHECK ((state = ANY (ARRAY['to_pay'::text, 'charging'::text, 'asked'::text, 'retried'::text, 'stuck'::text, 'confirmed'::text, 'refused'::text, 'withdrawn'::text, 'expired'::text])))
);

ALTER TABLE ONLY instructions.instruction FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN instructions.instruction.difference IS 'What is paid or goes back: instructions.model.Difference.';

CREATE TABLE learning.dialogue (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    conversation uuid NOT NULL,
    consultation integer NOT NULL,
    agent uuid NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    "row" text NOT NULL,
    signals jsonb NOT NULL,
    cause text,
    plan text DEFAULT ''::text NOT NULL,
    contest text DEFAULT ''::text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    planned_at timestamp with time zone,
    clock text,
    due_at timestamp with time zone,
    rules_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    CONSTRAINT dialogue_cause_check CHECK ((cause = ANY (ARRAY['operation'::text, 'information'::text, 'attitude'::text, 'outside'::text]))),
    CONSTRAINT dialogue_check CHECK (((clock IS NULL) = (due_at IS NULL))),
    CONSTRAINT dialogue_state_check CHECK ((state = ANY (ARRAY['found'::text, 'returned'::text, 'overdue'::text, 'planned'::text, 'contested'::text, 'improved'::text, 'came_back'::text, 'set_aside'::text, 'lapsed'::text])))
);

ALTER TABLE ONLY learning.dialogue FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.exam (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    pass_percent bigint NOT NULL,
    questions jsonb NOT NULL,
    author uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT exam_pass_percent_check CHECK (((pass_percent >= 1) AND (pass_percent <= 100)))
);

ALTER TABLE ONLY learning.exam FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.hint (
    tenant uuid NOT NULL,
    dialogue uuid NOT NULL,
    id uuid NOT NULL,
    author uuid NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY learning.hint FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.lesson (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    talk jsonb NOT NULL,
    good_answer text NOT NULL,
    cause text,
    author uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    CONSTRAINT lesson_cause_check CHECK ((cause = ANY (ARRAY['operation'::text, 'information'::text, 'attitude'::text, 'outside'::text]))),
    CONSTRAINT lesson_kind_check CHECK ((kind = ANY (ARRAY['lesson'::text, 'model'::text, 'script'::text]))),
    CONSTRAINT lesson_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'published'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY learning.lesson FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.lesson_read (
    tenant uuid NOT NULL,
    person uuid NOT NULL,
    lesson uuid NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY learning.lesson_read FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.rating (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    conversation uuid NOT NULL,
    consultation integer NOT NULL,
    buyer uuid NOT NULL,
    agent uuid,
    stars bigint NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT rating_stars_check CHECK (((stars >= 1) AND (stars <= 5)))
);

ALTER TABLE ONLY learning.rating FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.request (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    conversation uuid NOT NULL,
    consultation integer NOT NULL,
    buyer uuid NOT NULL,
    agent uuid,
    state text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT request_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'reminded'::text, 'rated'::text, 'lapsed'::text])))
);

ALTER TABLE ONLY learning.request FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.sitting (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    exam uuid NOT NULL,
    person uuid NOT NULL,
    "right" integer NOT NULL,
    total integer NOT NULL,
    percent integer NOT NULL,
    passed boolean NOT NULL,
    answers jsonb NOT NULL,
    wrong uuid[] NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY learning.sitting FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.step (
    tenant uuid NOT NULL,
    dialogue uuid NOT NULL,
    version integer NOT NULL,
    event text NOT NULL,
    from_state text NOT NULL,
    state text NOT NULL,
    person uuid,
    text text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY learning.step FORCE ROW LEVEL SECURITY;

CREATE TABLE learning.task (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    kind text NOT NULL,
    item uuid NOT NULL,
    title text NOT NULL,
    set_by uuid NOT NULL,
    set_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    CONSTRAINT task_kind_check CHECK ((kind = ANY (ARRAY['lesson'::text, 'exam'::text])))
);

ALTER TABLE ONLY learning.task FORCE ROW LEVEL SECURITY;

CREATE TABLE ledger.account (
    tenant uuid NOT NULL,
    kind text NOT NULL,
    owner uuid NOT NULL,
    currency text NOT NULL,
    balance_minor bigint DEFAULT 0 NOT NULL,
    entries bigint DEFAULT 0 NOT NULL,
    CONSTRAINT account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT account_debt_is_no_credit CHECK (((kind <> 'shop_debt'::text) OR (balance_minor <= 0))),
    CONSTRAINT account_kind_check CHECK ((kind = ANY (ARRAY['buyer'::text, 'shop_balance'::text, 'shop_deposit'::text, 'shop_debt'::text, 'marketplace'::text, 'insurer'::text, 'provider'::text, 'held'::text, 'points'::text]))),
    CONSTRAINT account_not_overdrawn CHECK (((kind <> ALL (ARRAY['buyer'::text, 'shop_balance'::text, 'shop_deposit'::text, 'held'::text, 'points'::text])) OR (balance_minor >= 0)))
)
WITH (fillfactor='70');

ALTER TABLE ONLY ledger.account FORCE ROW LEVEL SECURITY;

CREATE TABLE ledger.collection (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    shop uuid NOT NULL,
    buyer uuid NOT NULL,
    purchase uuid,
    payment_ref text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    state text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    claimed integer DEFAULT 0 NOT NULL,
    confirm_url text DEFAULT ''::text NOT NULL,
    provider_ref text,
    trouble text DEFAULT ''::text NOT NULL,
    ordered_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    taken_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT collection_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT collection_state_check CHECK ((state = ANY (ARRAY['ordered'::text, 'asking'::text, 'taken'::text, 'declined'::text])))
)
WITH (fillfactor='70');

ALTER TABLE ONLY ledger.collection FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE ledger.collection IS 'What buyers are to pay beyond their orders, and what became of it.';

CREATE TABLE ledger.line (
    tenant uuid NOT NULL,
    posting uuid NOT NULL,
    kind text NOT NULL,
    owner uuid NOT NULL,
    currency text NOT NULL,
    amount_minor bigint NOT NULL,
    number bigint NOT NULL,
    balance_minor bigint NOT NULL,
    CONSTRAINT line_amount_minor_check CHECK ((amount_minor <> 0))
);

ALTER TABLE ONLY ledger.line FORCE ROW LEVEL SECURITY;

CREATE TABLE ledger.payout (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    shop uuid NOT NULL,
    buyer uuid NOT NULL,
    purchase uuid,
    payment_ref text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    source text NOT NULL,
    is_refund boolean NOT NULL,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    state text NOT NULL,
    round integer DEFAULT 1 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    claimed integer DEFAULT 0 NOT NULL,
    provider_ref text,
    trouble text DEFAULT ''::text NOT NULL,
    ordered_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    paid_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT payout_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT payout_source_check CHECK ((source = ANY (ARRAY['shop'::text, 'marketplace'::text, 'insurer'::text, 'held'::text]))),
    CONSTRAINT payout_state_check CHECK ((state = ANY (ARRAY['ordered'::text, 'paying'::text, 'paid'::text, 'refused'::text, 'cancelled'::text])))
)
WITH (fillfactor='70');

ALTER TABLE ONLY ledger.payout FORCE ROW LEVEL SECURITY;

CREATE TABLE ledger.posting (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    reason text NOT NULL,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    currency text NOT NULL,
    at timestamp with time zone NOT NULL,
    author uuid,
    note text DEFAULT ''::text NOT NULL,
    reverses uuid
);

ALTER TABLE ONLY ledger.posting FORCE ROW LEVEL SECURITY;

CREATE TABLE measures.happening (
    tenant uuid NOT NULL,
    measure uuid NOT NULL,
    version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    event text NOT NULL,
    from_state text NOT NULL,
    state text NOT NULL,
    person uuid,
    text text DEFAULT ''::text NOT NULL
);

ALTER TABLE ONLY measures.happening FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE measures.happening IS 'What happened to a measure, line by line; nothing is ever changed.';

CREATE TABLE measures.measure (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    kind text NOT NULL,
    shop uuid,
    source_kind text NOT NULL,
    source uuid NOT NULL,
    reason text NOT NULL,
    statement jsonb NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    review_at timestamp with time zone,
    exam boolean NOT NULL,
    passed_at timestamp with time zone,
    suspended_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_why text,
    publish_by timestamp with time zone,
    published_at timestamp with time zone,
    late boolean DEFAULT false NOT NULL,
    told_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT measure_check CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL))),
    CONSTRAINT measure_check1 CHECK (((ended_at IS NULL) = (ended_why IS NULL))),
    CONSTRAINT measure_check2 CHECK (((state = 'suspended'::text) <= (suspended_at IS NOT NULL))),
    CONSTRAINT measure_check3 CHECK (((ends_at IS NULL) OR (ends_at >= begins_at))),
    CONSTRAINT measure_check4 CHECK ((told_at <= begins_at)),
    CONSTRAINT measure_ended_why_check CHECK ((ended_why = ANY (ARRAY['over'::text, 'lifted'::text, 'reversed'::text, 'replaced'::text]))),
    CONSTRAINT measure_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT measure_source_kind_check CHECK ((source_kind = ANY (ARRAY['penalty'::text, 'block'::text, 'officer'::text]))),
    CONSTRAINT measure_state_check CHECK ((state = ANY (ARRAY['in_force'::text, 'suspended'::text, 'awaiting_exam'::text, 'ended'::text]))),
    CONSTRAINT measure_statement_check CHECK (((statement ->> 'facts'::text) <> ''::text)),
    CONSTRAINT measure_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['shop'::text, 'person'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY measures.measure FORCE ROW LEVEL SECURITY;

CREATE TABLE objections.objection (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    conversation uuid,
    person uuid NOT NULL,
    lodged_as text NOT NULL,
    level text NOT NULL,
    kind text NOT NULL,
    "row" text NOT NULL,
    text text NOT NULL,
    findings jsonb NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    decided_by uuid,
    decided_row text,
    decision text DEFAULT ''::text NOT NULL,
    lodged_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    overdue_at timestamp with time zone,
    file jsonb,
    CONSTRAINT objection_level_check CHECK ((level = ANY (ARRAY['shop'::text, 'marketplace'::text]))),
    CONSTRAINT objection_lodged_as_check CHECK ((lodged_as = ANY (ARRAY['agent'::text, 'manager'::text]))),
    CONSTRAINT objection_state_check CHECK ((state = ANY (ARRAY['lodged'::text, 'overdue'::text, 'upheld'::text, 'dismissed'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY objections.objection FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN objections.objection.file IS 'The uploaded document as it was given: guard.model.ProofFile.';

CREATE TABLE objections.proposal (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    level text NOT NULL,
    phrase text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    trial jsonb,
    tried_at timestamp with time zone,
    decided_by uuid,
    decision text DEFAULT ''::text NOT NULL,
    entry integer,
    moved_at timestamp with time zone NOT NULL,
    CONSTRAINT proposal_check CHECK (((trial IS NULL) = (tried_at IS NULL))),
    CONSTRAINT proposal_level_check CHECK ((level = ANY (ARRAY['shop'::text, 'marketplace'::text]))),
    CONSTRAINT proposal_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'declined'::text])))
);

ALTER TABLE ONLY objections.proposal FORCE ROW LEVEL SECURITY;

CREATE TABLE objections.step (
    tenant uuid NOT NULL,
    subject uuid NOT NULL,
    about text NOT NULL,
    version integer NOT NULL,
    event text NOT NULL,
    from_state text NOT NULL,
    state text NOT NULL,
    person uuid,
    text text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT step_about_check CHECK ((about = ANY (ARRAY['objection'::text, 'proposal'::text])))
);

ALTER TABLE ONLY objections.step FORCE ROW LEVEL SECURITY;

CREATE TABLE orders.item (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    purchase uuid NOT NULL,
    id uuid NOT NULL,
    line integer NOT NULL,
    external_id text COLLATE pg_catalog."C",
    product uuid,
    variant uuid,
    title text NOT NULL,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    quantity integer NOT NULL,
    unit_price_minor bigint NOT NULL,
    paid_minor bigint NOT NULL,
    flags text[] DEFAULT '{}'::text[] NOT NULL,
    confirmed_no_return boolean NOT NULL,
    CONSTRAINT item_line_check CHECK ((line > 0)),
    CONSTRAINT item_paid_minor_check CHECK ((paid_minor >= 0)),
    CONSTRAINT item_quantity_check CHECK ((quantity > 0)),
    CONSTRAINT item_unit_price_minor_check CHECK ((unit_price_minor >= 0))
);
ALTER TABLE ONLY orders.item ALTER COLUMN title SET STATISTICS 0;
ALTER TABLE ONLY orders.item ALTER COLUMN options SET STATISTICS 0;
ALTER TABLE ONLY orders.item ALTER COLUMN flags SET STATISTICS 0;

ALTER TABLE ONLY orders.item FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN orders.item.paid_minor IS 'What the buyer really paid for the whole line (L-019).';

COMMENT ON COLUMN orders.item.confirmed_no_return IS 'The buyer confirmed for this purchase that it cannot be returned (L-007).';

CREATE TABLE orders.parcel (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    purchase uuid NOT NULL,
    id uuid NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    place integer NOT NULL,
    carrier text,
    tracking_number text COLLATE pg_catalog."C",
    items uuid[] NOT NULL,
    dispatched_at timestamp with time zone,
    signed_at timestamp with time zone,
    events jsonb DEFAULT '[]'::jsonb NOT NULL
);

ALTER TABLE ONLY orders.parcel FORCE ROW LEVEL SECURITY;

CREATE TABLE orders.payment (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    purchase uuid NOT NULL,
    id uuid NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    place integer NOT NULL,
    kind text NOT NULL,
    method text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    at timestamp with time zone,
    CONSTRAINT payment_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT payment_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text])))
);

ALTER TABLE ONLY orders.payment FORCE ROW LEVEL SECURITY;

CREATE TABLE orders.product (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    image_url text,
    flags text[] DEFAULT '{}'::text[] NOT NULL,
    price_minor bigint,
    currency text NOT NULL,
    available boolean NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    digest bytea,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT product_price_minor_check CHECK ((price_minor >= 0))
);

ALTER TABLE ONLY orders.product FORCE ROW LEVEL SECURITY;

COMMENT ON COLUMN orders.product.price_minor IS 'Minor units of the currency; the lowest of the variants when the shop names none.';

COMMENT ON COLUMN orders.product.digest IS 'What an unchanged row is known by; whoever changes a row otherwise sets it to null.';

CREATE TABLE orders.purchase (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    buyer uuid NOT NULL,
    state text NOT NULL,
    source_state text NOT NULL,
    currency text NOT NULL,
    total_minor bigint NOT NULL,
    paid_minor bigint NOT NULL,
    freight_minor bigint NOT NULL,
    discount_minor bigint NOT NULL,
    on_time_insurance boolean NOT NULL,
    freight_insurance boolean NOT NULL,
    free_shipping boolean NOT NULL,
    address jsonb DEFAULT '{}'::jsonb NOT NULL,
    placed_at timestamp with time zone,
    dispatched_at timestamp with time zone,
    signed_at timestamp with time zone,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    lists text[] DEFAULT '{}'::text[] NOT NULL,
    digest bytea,
    listed_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    marks jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT purchase_discount_minor_check CHECK ((discount_minor >= 0)),
    CONSTRAINT purchase_freight_minor_check CHECK ((freight_minor >= 0)),
    CONSTRAINT purchase_paid_minor_check CHECK ((paid_minor >= 0)),
    CONSTRAINT purchase_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'paid'::text, 'dispatched'::text, 'delivered'::text, 'completed'::text, 'cancelled'::text]))),
    CONSTRAINT purchase_total_minor_check CHECK ((total_minor >= 0))
);
ALTER TABLE ONLY orders.purchase ALTER COLUMN address SET STATISTICS 0;
ALTER TABLE ONLY orders.purchase ALTER COLUMN details SET STATISTICS 0;
ALTER TABLE ONLY orders.purchase ALTER COLUMN lists SET STATISTICS 0;
ALTER TABLE ONLY orders.purchase ALTER COLUMN digest SET STATISTICS 0;
ALTER TABLE ONLY orders.purchase ALTER COLUMN marks SET STATISTICS 0;

ALTER TABLE ONLY orders.purchase FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE orders.purchase IS 'An order of one buyer in one shop.';

COMMENT ON COLUMN orders.purchase.paid_minor IS 'Sum of the payments where they are known, refunds not taken off.';

COMMENT ON COLUMN orders.purchase.lists IS 'Which of items, payments, parcels came inside the order; a row of its own that changes such a list voids the digest.';

COMMENT ON COLUMN orders.purchase.listed_at IS 'placed_at, or the first import where the sender does not know it: what lists are ordered by.';

COMMENT ON COLUMN orders.purchase.marks IS 'Cancel reason, items changed, return and exchange asked for: orders.model.Marks.';

CREATE TABLE orders.variant (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    product uuid NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    place integer NOT NULL,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    price_minor bigint NOT NULL,
    currency text NOT NULL,
    available boolean NOT NULL,
    CONSTRAINT variant_price_minor_check CHECK ((price_minor >= 0))
);

ALTER TABLE ONLY orders.variant FORCE ROW LEVEL SECURITY;

CREATE TABLE penalties.closed_year (
    tenant uuid NOT NULL,
    year integer NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY penalties.closed_year FORCE ROW LEVEL SECURITY;

CREATE TABLE penalties.effect (
    tenant uuid NOT NULL,
    measure uuid NOT NULL,
    penalty uuid NOT NULL,
    kind text NOT NULL,
    node text NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone
);

ALTER TABLE ONLY penalties.effect FORCE ROW LEVEL SECURITY;

CREATE TABLE penalties.entry (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    track text NOT NULL,
    points integer NOT NULL,
    reason text NOT NULL,
    penalty uuid,
    reverses uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT entry_check CHECK (((reason = ANY (ARRAY['imposed'::text, 'reversed'::text])) = (penalty IS NOT NULL))),
    CONSTRAINT entry_check1 CHECK (((reason = 'reversed'::text) = (reverses IS NOT NULL))),
    CONSTRAINT entry_points_check CHECK ((points <> 0)),
    CONSTRAINT entry_reason_check CHECK ((reason = ANY (ARRAY['imposed'::text, 'reversed'::text, 'year_end'::text, 'corrected'::text]))),
    CONSTRAINT entry_track_check CHECK ((track = ANY (ARRAY['A'::text, 'B'::text, 'C'::text])))
);

ALTER TABLE ONLY penalties.entry FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE penalties.entry IS 'The points ledger: a balance is the sum of its entries, nothing is ever changed.';

CREATE TABLE penalties.exam_try (
    tenant uuid NOT NULL,
    subject uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    asked integer NOT NULL,
    good integer NOT NULL,
    passed boolean NOT NULL,
    answers jsonb NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY penalties.exam_try FORCE ROW LEVEL SECURITY;

CREATE TABLE penalties.penalty (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    offence text NOT NULL,
    grade text NOT NULL,
    circumstances text[] NOT NULL,
    facts text NOT NULL,
    evidence text[] NOT NULL,
    source_kind text NOT NULL,
    source uuid NOT NULL,
    decided_by uuid,
    automated boolean NOT NULL,
    rules_version text NOT NULL,
    table_name text NOT NULL,
    row_id text NOT NULL,
    basis text NOT NULL,
    track text,
    points integer NOT NULL,
    strike boolean NOT NULL,
    measures text[] NOT NULL,
    days integer NOT NULL,
    for_ever boolean NOT NULL,
    pays_minor bigint NOT NULL,
    next text,
    state text NOT NULL,
    at timestamp with time zone NOT NULL,
    appeal_until timestamp with time zone NOT NULL,
    reversed_at timestamp with time zone,
    reversed_by uuid,
    reversed_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT penalty_check CHECK (((points > 0) = (track IS NOT NULL))),
    CONSTRAINT penalty_check1 CHECK (((state = 'reversed'::text) = (reversed_at IS NOT NULL))),
    CONSTRAINT penalty_check2 CHECK (((decided_by IS NOT NULL) OR automated)),
    CONSTRAINT penalty_days_check CHECK ((days >= 0)),
    CONSTRAINT penalty_facts_check CHECK ((facts <> ''::text)),
    CONSTRAINT penalty_pays_minor_check CHECK ((pays_minor >= 0)),
    CONSTRAINT penalty_points_check CHECK ((points >= 0)),
    CONSTRAINT penalty_state_check CHECK ((state = ANY (ARRAY['appealable'::text, 'final'::text, 'reversed'::text]))),
    CONSTRAINT penalty_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['shop'::text, 'person'::text]))),
    CONSTRAINT penalty_track_check CHECK ((track = ANY (ARRAY['A'::text, 'B'::text, 'C'::text])))
);

ALTER TABLE ONLY penalties.penalty FORCE ROW LEVEL SECURITY;

CREATE TABLE plumbing.dead_letter (
    id bigint NOT NULL,
    tenant uuid NOT NULL,
    reaction text NOT NULL,
    name text NOT NULL,
    topic text NOT NULL,
    version bigint,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    died_at timestamp with time zone NOT NULL,
    fault text NOT NULL
);

ALTER TABLE ONLY plumbing.dead_letter FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE plumbing.dead_letter IS 'Reactions that were given up; somebody has to look.';

ALTER TABLE plumbing.dead_letter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME plumbing.dead_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE plumbing.migration (
    number integer NOT NULL,
    phase text NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT migration_phase_check CHECK ((phase = ANY (ARRAY['pre'::text, 'post'::text])))
);

COMMENT ON TABLE plumbing.migration IS 'The files of db/migrations that have been applied here.';

CREATE TABLE plumbing.outbox (
    id bigint NOT NULL,
    tenant uuid NOT NULL,
    name text NOT NULL,
    topic text NOT NULL,
    version bigint,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    origin text NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_insert_threshold='-1', autovacuum_analyze_scale_factor='0', autovacuum_analyze_threshold='100000', autovacuum_vacuum_threshold='20000');
ALTER TABLE ONLY plumbing.outbox ALTER COLUMN body SET STATISTICS 0;

ALTER TABLE ONLY plumbing.outbox FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE plumbing.outbox IS 'Events that reactions have not heard yet; also the queue of reactions.';

COMMENT ON COLUMN plumbing.outbox.version IS 'The place on its topic when the topic counts.';

COMMENT ON COLUMN plumbing.outbox.body IS 'The event as compact JSON, all fields.';

COMMENT ON COLUMN plumbing.outbox.origin IS 'The process that said it.';

ALTER TABLE plumbing.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME plumbing.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE plumbing.retry (
    id bigint NOT NULL,
    tenant uuid NOT NULL,
    reaction text NOT NULL,
    name text NOT NULL,
    topic text NOT NULL,
    version bigint,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    fault text NOT NULL,
    CONSTRAINT retry_attempts_check CHECK ((attempts > 0))
);

ALTER TABLE ONLY plumbing.retry FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE plumbing.retry IS 'Reactions that failed and will be tried again.';

ALTER TABLE plumbing.retry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME plumbing.retry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE routing.agent (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    person uuid NOT NULL,
    state text DEFAULT 'offline'::text NOT NULL,
    wished_state text DEFAULT 'online'::text NOT NULL,
    capacity integer NOT NULL,
    load integer DEFAULT 0 NOT NULL,
    skills text[] DEFAULT '{}'::text[] NOT NULL,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    last_assigned_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT agent_capacity_check CHECK (((capacity >= 0) AND (capacity <= 200))),
    CONSTRAINT agent_load_check CHECK ((load >= 0)),
    CONSTRAINT agent_state_check CHECK ((state = ANY (ARRAY['online'::text, 'busy'::text, 'away'::text, 'offline'::text]))),
    CONSTRAINT agent_wished_state_check CHECK ((wished_state = ANY (ARRAY['online'::text, 'busy'::text, 'away'::text, 'offline'::text])))
);

ALTER TABLE ONLY routing.agent FORCE ROW LEVEL SECURITY;

CREATE TABLE routing.presence (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    person uuid NOT NULL,
    process uuid NOT NULL,
    seen_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY routing.presence FORCE ROW LEVEL SECURITY;

CREATE TABLE routing.queue (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    "position" integer NOT NULL,
    skills text[] DEFAULT '{}'::text[] NOT NULL,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    overflow_queue uuid,
    overflow_seconds integer,
    ignore_seconds integer,
    archived_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY routing.queue FORCE ROW LEVEL SECURITY;

CREATE TABLE routing.queue_member (
    tenant uuid NOT NULL,
    shop uuid NOT NULL,
    queue uuid NOT NULL,
    person uuid NOT NULL
);

ALTER TABLE ONLY routing.queue_member FORCE ROW LEVEL SECURITY;

CREATE TABLE rulebook.decision (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid,
    table_name text NOT NULL,
    rules_version text NOT NULL,
    wording text NOT NULL,
    row_id text NOT NULL,
    inputs jsonb NOT NULL,
    outcome jsonb NOT NULL,
    basis text NOT NULL,
    authority text,
    subject_kind text NOT NULL,
    subject uuid NOT NULL,
    actor uuid,
    at timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_insert_threshold='100000', autovacuum_analyze_threshold='500', autovacuum_analyze_scale_factor='1', autovacuum_vacuum_cost_limit='200', autovacuum_vacuum_cost_delay='20');
ALTER TABLE ONLY rulebook.decision ALTER COLUMN inputs SET STATISTICS 0;
ALTER TABLE ONLY rulebook.decision ALTER COLUMN outcome SET STATISTICS 0;
ALTER TABLE ONLY rulebook.decision ALTER COLUMN basis SET STATISTICS 0;

ALTER TABLE ONLY rulebook.decision FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE rulebook.decision IS 'What a decision table said, when, about what: explained by "why?", decided again by replay.';

CREATE TABLE rulebook.entry (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    shop uuid,
    name text NOT NULL,
    version integer NOT NULL,
    value jsonb,
    effective_from timestamp with time zone NOT NULL,
    author uuid NOT NULL,
    reason text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY rulebook.entry FORCE ROW LEVEL SECURITY;

CREATE TABLE rulebook.release (
    digest text NOT NULL,
    files jsonb NOT NULL
);

COMMENT ON TABLE rulebook.release IS 'The shipped tables, parameters and profiles of each release that ever served.';

CREATE TABLE rulebook.shipment (
    since timestamp with time zone NOT NULL,
    digest text NOT NULL
);

COMMENT ON TABLE rulebook.shipment IS 'From when on which release was the one that served.';

CREATE TABLE rulebook.wording (
    tenant uuid NOT NULL,
    table_name text NOT NULL,
    digest text NOT NULL,
    text text NOT NULL,
    since timestamp with time zone NOT NULL
);

ALTER TABLE ONLY rulebook.wording FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE rulebook.wording IS 'Each wording of a decision table that ever decided something, kept for "why?".';

ALTER TABLE ONLY after_sale."case"
    ADD CONSTRAINT case_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY after_sale.fast_lost
    ADD CONSTRAINT fast_lost_pkey PRIMARY KEY (tenant, buyer, case_id);

ALTER TABLE ONLY after_sale.happening
    ADD CONSTRAINT happening_pkey PRIMARY KEY (tenant, shop, case_id, version);

ALTER TABLE ONLY after_sale.line
    ADD CONSTRAINT line_pkey PRIMARY KEY (tenant, shop, case_id, place);

ALTER TABLE ONLY after_sale.line
    ADD CONSTRAINT line_tenant_shop_case_id_item_key UNIQUE (tenant, shop, case_id, item);

ALTER TABLE ONLY after_sale.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (tenant, shop, case_id, number);

ALTER TABLE ONLY after_sale.parcel_harm
    ADD CONSTRAINT parcel_harm_pkey PRIMARY KEY (tenant, shop, purchase, number, harm);

ALTER TABLE ONLY after_sale.purchase_sum
    ADD CONSTRAINT purchase_sum_pkey PRIMARY KEY (tenant, shop, purchase);

ALTER TABLE ONLY appeals.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY appeals.appeal
    ADD CONSTRAINT appeal_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY appeals.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (tenant, appeal, id);

ALTER TABLE ONLY appeals.happening
    ADD CONSTRAINT happening_pkey PRIMARY KEY (tenant, appeal, version);

ALTER TABLE ONLY blocks.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY blocks.block
    ADD CONSTRAINT block_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY blocks.happening
    ADD CONSTRAINT happening_pkey PRIMARY KEY (tenant, block, version);

ALTER TABLE ONLY blocks.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (tenant, block, id);

ALTER TABLE ONLY clocks.calendar
    ADD CONSTRAINT calendar_pkey PRIMARY KEY (tenant, shop, version);

ALTER TABLE ONLY clocks.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (tenant, owner, name);

ALTER TABLE ONLY compensation."grant"
    ADD CONSTRAINT grant_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY compensation."grant"
    ADD CONSTRAINT grant_tenant_key_key UNIQUE (tenant, key);

ALTER TABLE ONLY compensation.happening
    ADD CONSTRAINT happening_pkey PRIMARY KEY (tenant, grant_id, version);

ALTER TABLE ONLY complaints.call
    ADD CONSTRAINT call_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY complaints.complaint
    ADD CONSTRAINT complaint_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY complaints.happening
    ADD CONSTRAINT happening_pkey PRIMARY KEY (tenant, complaint, version);

ALTER TABLE ONLY complaints.link
    ADD CONSTRAINT link_pkey PRIMARY KEY (tenant, complaint, other);

ALTER TABLE ONLY conversations.canned
    ADD CONSTRAINT canned_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY conversations.consultation
    ADD CONSTRAINT consultation_pkey PRIMARY KEY (tenant, shop, conversation, number);

ALTER TABLE ONLY conversations.conversation
    ADD CONSTRAINT conversation_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY conversations.desk_entry
    ADD CONSTRAINT desk_entry_pkey PRIMARY KEY (tenant, shop, conversation, version);

ALTER TABLE ONLY conversations.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (tenant, conversation, person);

ALTER TABLE ONLY conversations.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (tenant, shop, conversation, version);

ALTER TABLE ONLY conversations.file
    ADD CONSTRAINT file_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY conversations.mention
    ADD CONSTRAINT mention_pkey PRIMARY KEY (tenant, person, id);

ALTER TABLE ONLY conversations.name_walk
    ADD CONSTRAINT name_walk_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY conversations.scheduled
    ADD CONSTRAINT scheduled_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY conversations.search
    ADD CONSTRAINT search_pkey PRIMARY KEY (tenant, shop, conversation, version);

ALTER TABLE ONLY conversations.share
    ADD CONSTRAINT share_pkey PRIMARY KEY (tenant, conversation, person);

ALTER TABLE ONLY conversations.tag
    ADD CONSTRAINT tag_pkey PRIMARY KEY (tenant, conversation, name);

ALTER TABLE ONLY disputes.conflict
    ADD CONSTRAINT conflict_pkey PRIMARY KEY (tenant, person, party_kind, party);

ALTER TABLE ONLY disputes.dispute
    ADD CONSTRAINT dispute_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY disputes.effect
    ADD CONSTRAINT effect_pkey PRIMARY KEY (tenant, ruling, place);

ALTER TABLE ONLY disputes.exhibit
    ADD CONSTRAINT exhibit_pkey PRIMARY KEY (tenant, dispute, id);

ALTER TABLE ONLY disputes.exhibit
    ADD CONSTRAINT exhibit_tenant_dispute_number_key UNIQUE (tenant, dispute, number);

ALTER TABLE ONLY disputes.happening
    ADD CONSTRAINT happening_pkey PRIMARY KEY (tenant, dispute, version);

ALTER TABLE ONLY disputes.issue
    ADD CONSTRAINT issue_pkey PRIMARY KEY (tenant, dispute, id);

ALTER TABLE ONLY disputes.issue
    ADD CONSTRAINT issue_tenant_dispute_place_key UNIQUE (tenant, dispute, place);

ALTER TABLE ONLY disputes.judge
    ADD CONSTRAINT judge_pkey PRIMARY KEY (tenant, dispute, person, part);

ALTER TABLE ONLY disputes.officer
    ADD CONSTRAINT officer_pkey PRIMARY KEY (tenant, person);

ALTER TABLE ONLY disputes.precedent
    ADD CONSTRAINT precedent_pkey PRIMARY KEY (tenant, ruling, issue);

ALTER TABLE ONLY disputes.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (tenant, dispute, number);

ALTER TABLE ONLY disputes.ruling
    ADD CONSTRAINT ruling_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY disputes.vote
    ADD CONSTRAINT vote_pkey PRIMARY KEY (tenant, dispute, round, juror);

ALTER TABLE ONLY disputes.willing
    ADD CONSTRAINT willing_pkey PRIMARY KEY (tenant, person);

ALTER TABLE ONLY evidence.day
    ADD CONSTRAINT day_pkey PRIMARY KEY (tenant, day);

ALTER TABLE ONLY evidence.day_stamp
    ADD CONSTRAINT day_stamp_pkey PRIMARY KEY (tenant, day);

ALTER TABLE ONLY evidence.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (tenant, seal, id);

ALTER TABLE ONLY evidence.opening
    ADD CONSTRAINT opening_pkey PRIMARY KEY (tenant, seal, id);

ALTER TABLE ONLY evidence.seal
    ADD CONSTRAINT seal_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY grading.draw
    ADD CONSTRAINT draw_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY grading.grade
    ADD CONSTRAINT grade_pkey PRIMARY KEY (tenant, subject, seat);

ALTER TABLE ONLY grading.sample
    ADD CONSTRAINT sample_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY grading.score_appeal
    ADD CONSTRAINT score_appeal_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY grading.step
    ADD CONSTRAINT step_pkey PRIMARY KEY (tenant, subject, version);

ALTER TABLE ONLY guard.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (tenant, shop, day, person, kind, "row");

ALTER TABLE ONLY guard.proof
    ADD CONSTRAINT proof_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY identity.marketplace
    ADD CONSTRAINT marketplace_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY identity.marketplace
    ADD CONSTRAINT marketplace_slug_key UNIQUE (slug);

ALTER TABLE ONLY identity.membership
    ADD CONSTRAINT membership_tenant_person_shop_key UNIQUE NULLS NOT DISTINCT (tenant, person, shop);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_tenant_email_key UNIQUE (tenant, email);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_tenant_external_id_key UNIQUE (tenant, external_id);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_tenant_phone_key UNIQUE (tenant, phone);

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (tenant, token_hash);

ALTER TABLE ONLY identity.shop
    ADD CONSTRAINT shop_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY identity.shop
    ADD CONSTRAINT shop_tenant_external_id_key UNIQUE (tenant, external_id);

ALTER TABLE ONLY identity.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY identity.token
    ADD CONSTRAINT token_tenant_hash_key UNIQUE (tenant, hash);

ALTER TABLE ONLY inspection.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY inspection.fact
    ADD CONSTRAINT fact_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY inspection.model
    ADD CONSTRAINT model_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY inspection.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (tenant, shop, conversation, id);

ALTER TABLE ONLY inspection.score
    ADD CONSTRAINT score_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY inspection.settlement
    ADD CONSTRAINT settlement_pkey PRIMARY KEY (tenant, shop, score, id);

ALTER TABLE ONLY inspection.veil
    ADD CONSTRAINT veil_pkey PRIMARY KEY (tenant, shop, score);

ALTER TABLE ONLY instructions.instruction
    ADD CONSTRAINT instruction_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY instructions.instruction
    ADD CONSTRAINT instruction_tenant_key_key UNIQUE (tenant, key);

ALTER TABLE ONLY learning.dialogue
    ADD CONSTRAINT dialogue_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY learning.exam
    ADD CONSTRAINT exam_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY learning.hint
    ADD CONSTRAINT hint_pkey PRIMARY KEY (tenant, dialogue, id);

ALTER TABLE ONLY learning.lesson
    ADD CONSTRAINT lesson_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY learning.lesson_read
    ADD CONSTRAINT lesson_read_pkey PRIMARY KEY (tenant, person, lesson);

ALTER TABLE ONLY learning.rating
    ADD CONSTRAINT rating_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY learning.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY learning.sitting
    ADD CONSTRAINT sitting_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY learning.step
    ADD CONSTRAINT step_pkey PRIMARY KEY (tenant, dialogue, version);

ALTER TABLE ONLY learning.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY ledger.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (tenant, kind, owner, currency);

ALTER TABLE ONLY ledger.collection
    ADD CONSTRAINT collection_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY ledger.collection
    ADD CONSTRAINT collection_tenant_key_key UNIQUE (tenant, key);

ALTER TABLE ONLY ledger.line
    ADD CONSTRAINT line_pkey PRIMARY KEY (tenant, kind, owner, currency, number);

ALTER TABLE ONLY ledger.payout
    ADD CONSTRAINT payout_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY ledger.payout
    ADD CONSTRAINT payout_tenant_key_key UNIQUE (tenant, key);

ALTER TABLE ONLY ledger.posting
    ADD CONSTRAINT posting_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY ledger.posting
    ADD CONSTRAINT posting_tenant_reverses_key UNIQUE (tenant, reverses);

ALTER TABLE ONLY measures.happening
    ADD CONSTRAINT happening_pkey PRIMARY KEY (tenant, measure, version);

ALTER TABLE ONLY measures.measure
    ADD CONSTRAINT measure_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY objections.objection
    ADD CONSTRAINT objection_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY objections.proposal
    ADD CONSTRAINT proposal_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY objections.step
    ADD CONSTRAINT step_pkey PRIMARY KEY (tenant, subject, about, version);

ALTER TABLE ONLY orders.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (tenant, shop, purchase, id);

ALTER TABLE ONLY orders.item
    ADD CONSTRAINT item_tenant_shop_purchase_line_key UNIQUE (tenant, shop, purchase, line);

ALTER TABLE ONLY orders.parcel
    ADD CONSTRAINT parcel_pkey PRIMARY KEY (tenant, shop, purchase, id);

ALTER TABLE ONLY orders.parcel
    ADD CONSTRAINT parcel_tenant_shop_purchase_external_id_key UNIQUE (tenant, shop, purchase, external_id);

ALTER TABLE ONLY orders.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (tenant, shop, purchase, id);

ALTER TABLE ONLY orders.payment
    ADD CONSTRAINT payment_tenant_shop_purchase_external_id_key UNIQUE (tenant, shop, purchase, external_id);

ALTER TABLE ONLY orders.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY orders.product
    ADD CONSTRAINT product_tenant_shop_external_id_key UNIQUE (tenant, shop, external_id);

ALTER TABLE ONLY orders.purchase
    ADD CONSTRAINT purchase_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY orders.purchase
    ADD CONSTRAINT purchase_tenant_shop_external_id_key UNIQUE (tenant, shop, external_id);

ALTER TABLE ONLY orders.variant
    ADD CONSTRAINT variant_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY orders.variant
    ADD CONSTRAINT variant_tenant_shop_external_id_key UNIQUE (tenant, shop, external_id);

ALTER TABLE ONLY penalties.closed_year
    ADD CONSTRAINT closed_year_pkey PRIMARY KEY (tenant, year);

ALTER TABLE ONLY penalties.effect
    ADD CONSTRAINT effect_pkey PRIMARY KEY (tenant, measure);

ALTER TABLE ONLY penalties.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY penalties.exam_try
    ADD CONSTRAINT exam_try_pkey PRIMARY KEY (tenant, subject, id);

ALTER TABLE ONLY penalties.penalty
    ADD CONSTRAINT penalty_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY plumbing.bucket
    ADD CONSTRAINT bucket_pkey PRIMARY KEY (key);

ALTER TABLE ONLY plumbing.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY plumbing.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number, phase);

ALTER TABLE ONLY plumbing.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY plumbing.retry
    ADD CONSTRAINT retry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY routing.agent
    ADD CONSTRAINT agent_pkey PRIMARY KEY (tenant, shop, person);

ALTER TABLE ONLY routing.presence
    ADD CONSTRAINT presence_pkey PRIMARY KEY (tenant, shop, person, process);

ALTER TABLE ONLY routing.queue_member
    ADD CONSTRAINT queue_member_pkey PRIMARY KEY (tenant, shop, queue, person);

ALTER TABLE ONLY routing.queue
    ADD CONSTRAINT queue_pkey PRIMARY KEY (tenant, shop, id);

ALTER TABLE ONLY rulebook.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY rulebook.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (tenant, id);

ALTER TABLE ONLY rulebook.release
    ADD CONSTRAINT release_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY rulebook.shipment
    ADD CONSTRAINT shipment_pkey PRIMARY KEY (since);

ALTER TABLE ONLY rulebook.wording
    ADD CONSTRAINT wording_pkey PRIMARY KEY (tenant, table_name, digest);

CREATE INDEX case_back ON after_sale."case" USING btree (tenant, back_number) WHERE ((closed_at IS NULL) AND (back_number IS NOT NULL));

CREATE UNIQUE INDEX case_by_id ON after_sale."case" USING btree (tenant, id);

CREATE INDEX case_of_buyer ON after_sale."case" USING btree (tenant, buyer, opened_at DESC, id DESC);

CREATE UNIQUE INDEX case_of_client ON after_sale."case" USING btree (tenant, opened_by, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX case_of_purchase ON after_sale."case" USING btree (tenant, purchase);

CREATE INDEX case_of_shop ON after_sale."case" USING btree (tenant, shop, opened_at DESC, id DESC);

CREATE INDEX case_open ON after_sale."case" USING btree (tenant, shop, due_at, id) INCLUDE (state, stage) WHERE (closed_at IS NULL);

CREATE INDEX case_out ON after_sale."case" USING btree (tenant, out_number) WHERE ((closed_at IS NULL) AND (out_number IS NOT NULL));

CREATE INDEX case_with_people ON after_sale."case" USING btree (tenant, due_at, id) WHERE (state = ANY (ARRAY['with_people'::text, 'payment_failed'::text]));

CREATE INDEX line_of_purchase ON after_sale.line USING btree (tenant, shop, purchase, item);

CREATE UNIQUE INDEX offer_open ON after_sale.offer USING btree (tenant, shop, case_id) WHERE (state = 'open'::text);

CREATE INDEX alert_of_subject ON appeals.alert USING btree (tenant, looked_at, subject, at DESC);

CREATE INDEX appeal_closed ON appeals.appeal USING btree (tenant, closed_at, id) WHERE (closed_at IS NOT NULL);

CREATE INDEX appeal_due ON appeals.appeal USING btree (tenant, due_at, id) WHERE (closed_at IS NULL);

CREATE INDEX appeal_of_appellant ON appeals.appeal USING btree (tenant, appellant, id DESC);

CREATE UNIQUE INDEX appeal_of_client ON appeals.appeal USING btree (tenant, lodged_by, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX appeal_of_judge ON appeals.appeal USING btree (tenant, judge, due_at, id) WHERE (closed_at IS NULL);

CREATE INDEX appeal_of_other ON appeals.appeal USING btree (tenant, other, id DESC) WHERE (other IS NOT NULL);

CREATE INDEX appeal_of_target ON appeals.appeal USING btree (tenant, target_kind, target);

CREATE UNIQUE INDEX appeal_once ON appeals.appeal USING btree (tenant, target_kind, target, appellant) WHERE (state <> ALL (ARRAY['withdrawn'::text, 'refused'::text]));

CREATE INDEX alert_of_subject ON blocks.alert USING btree (tenant, looked_at, subject, at);

CREATE INDEX block_by_state ON blocks.block USING btree (tenant, state, id);

CREATE INDEX block_decided ON blocks.block USING btree (tenant, begins_at) WHERE (begins_at IS NOT NULL);

CREATE UNIQUE INDEX block_of_client ON blocks.block USING btree (tenant, proposed_by, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX block_of_shop ON blocks.block USING btree (tenant, shop, id);

CREATE INDEX block_of_subject ON blocks.block USING btree (tenant, subject_kind, subject, id);

CREATE INDEX clock_wake ON clocks.clock USING btree (wake_at);

CREATE INDEX grant_contested_oldest ON compensation."grant" USING btree (tenant, made_at, id) WHERE (state = 'contested'::text);

CREATE INDEX grant_of_receiver_newest ON compensation."grant" USING btree (tenant, to_kind, receiver, made_at DESC, id DESC);

CREATE INDEX grant_of_shop_newest ON compensation."grant" USING btree (tenant, shop, made_at DESC, id DESC);

CREATE INDEX grant_of_subject ON compensation."grant" USING btree (tenant, subject_kind, subject);

CREATE INDEX grant_packets ON compensation."grant" USING btree (tenant, shop, made_at) WHERE (kind = 'red_packet'::text);

CREATE INDEX call_newest ON complaints.call USING btree (tenant, at DESC, id DESC);

CREATE INDEX complaint_against ON complaints.complaint USING btree (tenant, accused, lodged_at DESC, id DESC);

CREATE INDEX complaint_by ON complaints.complaint USING btree (tenant, complainant, lodged_at DESC, id DESC);

CREATE UNIQUE INDEX complaint_by_number ON complaints.complaint USING btree (tenant, number);

CREATE INDEX complaint_due ON complaints.complaint USING btree (tenant, due_at, id) WHERE (closed_at IS NULL);

CREATE INDEX complaint_newest ON complaints.complaint USING btree (tenant, lodged_at DESC, id DESC);

CREATE UNIQUE INDEX complaint_of_client ON complaints.complaint USING btree (tenant, lodged_by, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX complaint_of_dispute ON complaints.complaint USING btree (tenant, dispute) WHERE (dispute IS NOT NULL);

CREATE INDEX complaint_of_purchase ON complaints.complaint USING btree (tenant, purchase) WHERE (purchase IS NOT NULL);

CREATE UNIQUE INDEX canned_shortcut ON conversations.canned USING btree (tenant, shop, shortcut) WHERE ((shortcut <> ''::text) AND (archived_at IS NULL));

CREATE INDEX consultation_opened ON conversations.consultation USING btree (tenant, shop, opened_at);

CREATE INDEX conversation_by_id ON conversations.conversation USING btree (tenant, id);

CREATE INDEX conversation_closed ON conversations.conversation USING btree (tenant, shop, closed_at, id) WHERE (state = 'closed'::text);

CREATE INDEX conversation_merged_of_buyer ON conversations.conversation USING btree (tenant, buyer, shop) WHERE (state = 'merged'::text);

CREATE UNIQUE INDEX conversation_of_buyer ON conversations.conversation USING btree (tenant, buyer, shop) WHERE (state <> 'merged'::text);

CREATE INDEX conversation_opened ON conversations.conversation USING btree (tenant, shop, opened_at, id) WHERE (state <> 'merged'::text);

CREATE INDEX conversation_queued ON conversations.conversation USING btree (tenant, shop, queue, queued_at, id) WHERE (state = 'queued'::text);

CREATE INDEX conversation_served ON conversations.conversation USING btree (tenant, shop, assignee, id) WHERE (assignee IS NOT NULL);

CREATE INDEX entry_by_time ON conversations.entry USING brin (at);

CREATE UNIQUE INDEX entry_of_client ON conversations.entry USING btree (tenant, conversation, client_id) WHERE (client_id IS NOT NULL);

CREATE UNIQUE INDEX entry_recall ON conversations.entry USING btree (tenant, conversation, recalls) WHERE (recalls IS NOT NULL);

CREATE INDEX file_in_conversation ON conversations.file USING btree (tenant, conversation);

CREATE INDEX mention_in_conversation ON conversations.mention USING btree (tenant, conversation);

CREATE INDEX scheduled_in_conversation ON conversations.scheduled USING btree (tenant, conversation, send_at);

CREATE UNIQUE INDEX scheduled_of_client ON conversations.scheduled USING btree (tenant, conversation, client_id);

CREATE INDEX search_latest ON conversations.search USING btree (tenant, shop, at DESC);

CREATE INDEX search_names ON conversations.search USING gin (shop, grams) WHERE (version = 0);

CREATE INDEX search_slices ON conversations.search USING gin (shop, conversations.sliced(conversations.slice(at), grams)) WITH (gin_pending_list_limit='512') WHERE (version > 0);

CREATE INDEX share_of_person ON conversations.share USING btree (tenant, person);

CREATE INDEX tag_in_shop ON conversations.tag USING btree (tenant, shop, name, conversation);

CREATE INDEX dispute_case ON disputes.dispute USING btree (tenant, case_id, opened_at DESC) WHERE (case_id IS NOT NULL);

CREATE INDEX dispute_due ON disputes.dispute USING btree (tenant, due_at, id) WHERE (closed_at IS NULL);

CREATE INDEX dispute_due_of_shop ON disputes.dispute USING btree (tenant, shop, due_at, id) WHERE (closed_at IS NULL);

CREATE INDEX dispute_of_buyer ON disputes.dispute USING btree (tenant, buyer, opened_at DESC, id DESC) WHERE (buyer IS NOT NULL);

CREATE UNIQUE INDEX dispute_of_case ON disputes.dispute USING btree (tenant, case_id) WHERE ((case_id IS NOT NULL) AND (closed_at IS NULL));

CREATE UNIQUE INDEX dispute_of_client ON disputes.dispute USING btree (tenant, opened_by, client_id) WHERE (client_id IS NOT NULL);

CREATE INDEX dispute_of_complaint ON disputes.dispute USING btree (tenant, complaint) WHERE (complaint IS NOT NULL);

CREATE INDEX dispute_of_officer ON disputes.dispute USING btree (tenant, officer, due_at, id) WHERE (closed_at IS NULL);

CREATE INDEX dispute_of_shop ON disputes.dispute USING btree (tenant, shop, opened_at DESC, id DESC);

CREATE INDEX effect_of_target ON disputes.effect USING btree (tenant, kind, target);

CREATE INDEX precedent_of_kind ON disputes.precedent USING btree (tenant, kind, made_at DESC);

CREATE INDEX precedent_of_row ON disputes.precedent USING btree (tenant, kind, rule_row, made_at DESC);

CREATE INDEX precedent_of_shop_told ON disputes.precedent USING btree (tenant, shop, kind, made_at DESC) INCLUDE (outcome, reversed);

CREATE UNIQUE INDEX proposal_open ON disputes.proposal USING btree (tenant, dispute) WHERE (state = 'open'::text);

CREATE INDEX ruling_of_dispute ON disputes.ruling USING btree (tenant, dispute, made_at);

CREATE INDEX vote_of_juror ON disputes.vote USING btree (tenant, juror, due_at DESC);

CREATE INDEX seal_asked_by ON evidence.seal USING btree (tenant, asked_by, id);

CREATE UNIQUE INDEX seal_by_number ON evidence.seal USING btree (tenant, number);

CREATE INDEX seal_of_shop ON evidence.seal USING btree (tenant, shop, id);

CREATE UNIQUE INDEX appeal_by_id ON grading.score_appeal USING btree (tenant, id);

CREATE INDEX appeal_listed ON grading.score_appeal USING btree (tenant, state, id);

CREATE UNIQUE INDEX appeal_of_score ON grading.score_appeal USING btree (tenant, score);

CREATE INDEX grade_in_time ON grading.grade USING btree (tenant, shop, at);

CREATE INDEX sample_alerted ON grading.sample USING btree (tenant, shop, drawn_at) WHERE (drawn_for = 'alert'::text);

CREATE UNIQUE INDEX sample_by_id ON grading.sample USING btree (tenant, id);

CREATE INDEX sample_listed ON grading.sample USING btree (tenant, state, id);

CREATE UNIQUE INDEX sample_of_score ON grading.sample USING btree (tenant, score);

CREATE INDEX answer_of_day ON guard.answer USING btree (tenant, day);

CREATE INDEX proof_holding ON guard.proof USING btree (tenant, ends) WHERE (ended_at IS NULL);

CREATE INDEX proof_newest ON guard.proof USING btree (tenant, shop, at DESC, id DESC);

CREATE INDEX membership_in_shop ON identity.membership USING btree (tenant, shop, person);

CREATE INDEX person_by_kind ON identity.person USING btree (tenant, kind, id);

CREATE INDEX person_by_name ON identity.person USING btree (tenant, display_name, id);

CREATE INDEX session_ended ON identity.session USING btree (expires_at);

CREATE INDEX session_of_person ON identity.session USING btree (tenant, person, id);

CREATE UNIQUE INDEX shop_by_id ON identity.shop USING btree (id);

CREATE INDEX shop_origins ON identity.shop USING gin (allowed_origins);

CREATE UNIQUE INDEX alert_once ON inspection.alert USING btree (tenant, shop, conversation, consultation, reason);

CREATE INDEX alert_open ON inspection.alert USING btree (tenant, shop, id) WHERE (acknowledged_at IS NULL);

CREATE INDEX fact_in_force ON inspection.fact USING btree (tenant, shop, id) WHERE (archived_at IS NULL);

CREATE INDEX score_of_agent ON inspection.score USING btree (tenant, shop, agent, id);

CREATE INDEX score_of_shop ON inspection.score USING btree (tenant, shop, id);

CREATE UNIQUE INDEX score_once ON inspection.score USING btree (tenant, shop, conversation, consultation, last, card);

CREATE INDEX instruction_of_purchase ON instructions.instruction USING btree (tenant, purchase, id);

CREATE INDEX instruction_of_subject ON instructions.instruction USING btree (tenant, subject, id);

CREATE INDEX instruction_stuck ON instructions.instruction USING btree (tenant, shop, id) WHERE (state = 'stuck'::text);

CREATE INDEX instruction_to_send ON instructions.instruction USING btree (send_at) WHERE (send_at IS NOT NULL);

CREATE UNIQUE INDEX dialogue_by_id ON learning.dialogue USING btree (tenant, id);

CREATE INDEX dialogue_found ON learning.dialogue USING btree (tenant, shop, found_at);

CREATE INDEX dialogue_of_agent ON learning.dialogue USING btree (tenant, agent, id DESC);

CREATE UNIQUE INDEX dialogue_of_consultation ON learning.dialogue USING btree (tenant, conversation, consultation);

CREATE INDEX dialogue_of_shop ON learning.dialogue USING btree (tenant, shop, id DESC);

CREATE INDEX lesson_listed ON learning.lesson USING btree (tenant, shop, state, id DESC);

CREATE INDEX rating_in_time ON learning.rating USING btree (tenant, shop, at);

CREATE INDEX rating_of_consultation ON learning.rating USING btree (tenant, conversation, consultation, id);

CREATE UNIQUE INDEX request_by_id ON learning.request USING btree (tenant, id);

CREATE UNIQUE INDEX request_of_consultation ON learning.request USING btree (tenant, conversation, consultation);

CREATE INDEX sitting_of_person ON learning.sitting USING btree (tenant, person, exam, id DESC);

CREATE INDEX task_of_person ON learning.task USING btree (tenant, person, id DESC);

CREATE INDEX task_open ON learning.task USING btree (tenant, person, kind, item) WHERE (done_at IS NULL);

CREATE INDEX collection_subject ON ledger.collection USING btree (tenant, subject_kind, subject);

CREATE INDEX collection_taken ON ledger.collection USING btree (tenant, taken_at) WHERE (taken_at IS NOT NULL);

CREATE INDEX collection_to_ask ON ledger.collection USING btree (asked_at) WHERE ((state = 'asking'::text) AND (claimed < attempts));

CREATE INDEX line_posting ON ledger.line USING btree (tenant, posting);

CREATE INDEX payout_open ON ledger.payout USING btree (tenant, id) WHERE (state <> ALL (ARRAY['paid'::text, 'cancelled'::text]));

CREATE INDEX payout_paid ON ledger.payout USING btree (tenant, paid_at) WHERE (paid_at IS NOT NULL);

CREATE INDEX payout_purchase ON ledger.payout USING btree (tenant, purchase) WHERE (purchase IS NOT NULL);

CREATE INDEX payout_shop ON ledger.payout USING btree (tenant, shop, id);

CREATE INDEX payout_subject ON ledger.payout USING btree (tenant, subject_kind, subject);

CREATE INDEX payout_to_ask ON ledger.payout USING btree (asked_at) WHERE ((state = 'paying'::text) AND (claimed < attempts));

CREATE INDEX posting_subject ON ledger.posting USING btree (tenant, subject_kind, subject);

CREATE INDEX measure_biting ON measures.measure USING btree (tenant, subject) WHERE (state = ANY (ARRAY['in_force'::text, 'awaiting_exam'::text]));

CREATE INDEX measure_by_state ON measures.measure USING btree (tenant, state, id DESC);

CREATE INDEX measure_of_source ON measures.measure USING btree (tenant, source);

CREATE INDEX measure_of_subject ON measures.measure USING btree (tenant, subject, id DESC);

CREATE INDEX measure_public ON measures.measure USING btree (tenant, id DESC) WHERE (published_at IS NOT NULL);

CREATE INDEX measure_unpublished ON measures.measure USING btree (tenant, publish_by) WHERE ((publish_by IS NOT NULL) AND (published_at IS NULL));

CREATE UNIQUE INDEX objection_by_id ON objections.objection USING btree (tenant, id);

CREATE INDEX objection_newest ON objections.objection USING btree (tenant, lodged_at DESC, id DESC);

CREATE INDEX objection_of_shop_newest ON objections.objection USING btree (tenant, shop, lodged_at DESC, id DESC);

CREATE UNIQUE INDEX proposal_by_id ON objections.proposal USING btree (tenant, id);

CREATE INDEX proposal_newest ON objections.proposal USING btree (tenant, proposed_at DESC, id DESC);

CREATE INDEX parcel_tracked ON orders.parcel USING btree (tenant, shop, tracking_number);

CREATE UNIQUE INDEX product_by_id ON orders.product USING btree (tenant, id);

CREATE UNIQUE INDEX purchase_by_id ON orders.purchase USING btree (tenant, id);

CREATE INDEX purchase_insured ON orders.purchase USING btree (tenant, shop, buyer) WHERE (on_time_insurance AND (signed_at IS NULL) AND (state = ANY (ARRAY['paid'::text, 'dispatched'::text])));

CREATE INDEX purchase_of_buyer ON orders.purchase USING btree (tenant, buyer, listed_at DESC, id DESC);

CREATE INDEX purchase_of_shop ON orders.purchase USING btree (tenant, shop, listed_at DESC, id DESC);

CREATE INDEX variant_of_product ON orders.variant USING btree (tenant, shop, product, place);

CREATE INDEX effect_of_penalty ON penalties.effect USING btree (tenant, penalty);

CREATE UNIQUE INDEX entry_imposed ON penalties.entry USING btree (tenant, penalty) WHERE (reason = 'imposed'::text);

CREATE INDEX entry_of_subject_newest ON penalties.entry USING btree (tenant, subject, at DESC, id DESC);

CREATE UNIQUE INDEX entry_reversed ON penalties.entry USING btree (tenant, reverses) WHERE (reverses IS NOT NULL);

CREATE INDEX penalty_newest ON penalties.penalty USING btree (tenant, at DESC, id DESC);

CREATE INDEX penalty_of_source ON penalties.penalty USING btree (tenant, source);

CREATE INDEX penalty_of_subject_newest ON penalties.penalty USING btree (tenant, subject, at DESC, id DESC);

CREATE INDEX bucket_filled ON plumbing.bucket USING brin (filled_at);

CREATE INDEX dead_letter_tenant ON plumbing.dead_letter USING btree (tenant, died_at);

CREATE INDEX retry_next ON plumbing.retry USING btree (next_at);

CREATE INDEX presence_process ON routing.presence USING btree (process);

CREATE INDEX presence_seen ON routing.presence USING btree (seen_at);

CREATE INDEX queue_member_person ON routing.queue_member USING btree (tenant, shop, person);

CREATE UNIQUE INDEX queue_name ON routing.queue USING btree (tenant, shop, name) WHERE (archived_at IS NULL);

CREATE INDEX decision_subject ON rulebook.decision USING btree (tenant, subject_kind, subject, at, id);

CREATE INDEX decision_table ON rulebook.decision USING btree (tenant, table_name, at, id);

CREATE INDEX entry_in_force ON rulebook.entry USING btree (tenant, shop, name, effective_from DESC);

CREATE UNIQUE INDEX entry_version ON rulebook.entry USING btree (tenant, name, shop, version) NULLS NOT DISTINCT;

CREATE CONSTRAINT TRIGGER line_sums_to_zero AFTER INSERT ON ledger.line DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.prove_posting();

CREATE CONSTRAINT TRIGGER posting_sums_to_zero AFTER INSERT ON ledger.posting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.prove_posting();

ALTER TABLE ONLY after_sale.offer
    ADD CONSTRAINT offer_tenant_shop_case_id_fkey FOREIGN KEY (tenant, shop, case_id) REFERENCES after_sale."case"(tenant, shop, id);

ALTER TABLE ONLY blocks.happening
    ADD CONSTRAINT happening_tenant_block_fkey FOREIGN KEY (tenant, block) REFERENCES blocks.block(tenant, id);

ALTER TABLE ONLY blocks.receipt
    ADD CONSTRAINT receipt_tenant_block_fkey FOREIGN KEY (tenant, block) REFERENCES blocks.block(tenant, id);

ALTER TABLE ONLY compensation.happening
    ADD CONSTRAINT happening_tenant_grant_id_fkey FOREIGN KEY (tenant, grant_id) REFERENCES compensation."grant"(tenant, id);

ALTER TABLE ONLY complaints.happening
    ADD CONSTRAINT happening_tenant_complaint_fkey FOREIGN KEY (tenant, complaint) REFERENCES complaints.complaint(tenant, id);

ALTER TABLE ONLY complaints.link
    ADD CONSTRAINT link_tenant_complaint_fkey FOREIGN KEY (tenant, complaint) REFERENCES complaints.complaint(tenant, id);

ALTER TABLE ONLY complaints.link
    ADD CONSTRAINT link_tenant_other_fkey FOREIGN KEY (tenant, other) REFERENCES complaints.complaint(tenant, id);

ALTER TABLE ONLY disputes.effect
    ADD CONSTRAINT effect_tenant_ruling_fkey FOREIGN KEY (tenant, ruling) REFERENCES disputes.ruling(tenant, id);

ALTER TABLE ONLY disputes.exhibit
    ADD CONSTRAINT exhibit_tenant_dispute_fkey FOREIGN KEY (tenant, dispute) REFERENCES disputes.dispute(tenant, id);

ALTER TABLE ONLY disputes.happening
    ADD CONSTRAINT happening_tenant_dispute_fkey FOREIGN KEY (tenant, dispute) REFERENCES disputes.dispute(tenant, id);

ALTER TABLE ONLY disputes.issue
    ADD CONSTRAINT issue_tenant_dispute_fkey FOREIGN KEY (tenant, dispute) REFERENCES disputes.dispute(tenant, id);

ALTER TABLE ONLY disputes.judge
    ADD CONSTRAINT judge_tenant_dispute_fkey FOREIGN KEY (tenant, dispute) REFERENCES disputes.dispute(tenant, id);

ALTER TABLE ONLY disputes.proposal
    ADD CONSTRAINT proposal_tenant_dispute_fkey FOREIGN KEY (tenant, dispute) REFERENCES disputes.dispute(tenant, id);

ALTER TABLE ONLY disputes.ruling
    ADD CONSTRAINT ruling_tenant_dispute_fkey FOREIGN KEY (tenant, dispute) REFERENCES disputes.dispute(tenant, id);

ALTER TABLE ONLY disputes.vote
    ADD CONSTRAINT vote_tenant_dispute_fkey FOREIGN KEY (tenant, dispute) REFERENCES disputes.dispute(tenant, id);

ALTER TABLE ONLY evidence.day_stamp
    ADD CONSTRAINT day_stamp_tenant_day_fkey FOREIGN KEY (tenant, day) REFERENCES evidence.day(tenant, day);

ALTER TABLE ONLY identity.membership
    ADD CONSTRAINT membership_tenant_person_fkey FOREIGN KEY (tenant, person) REFERENCES identity.person(tenant, id);

ALTER TABLE ONLY identity.membership
    ADD CONSTRAINT membership_tenant_shop_fkey FOREIGN KEY (tenant, shop) REFERENCES identity.shop(tenant, id);

ALTER TABLE ONLY identity.person
    ADD CONSTRAINT person_tenant_fkey FOREIGN KEY (tenant) REFERENCES identity.marketplace(tenant);

ALTER TABLE ONLY identity.session
    ADD CONSTRAINT session_tenant_person_fkey FOREIGN KEY (tenant, person) REFERENCES identity.person(tenant, id);

ALTER TABLE ONLY identity.shop
    ADD CONSTRAINT shop_tenant_fkey FOREIGN KEY (tenant) REFERENCES identity.marketplace(tenant);

ALTER TABLE ONLY identity.token
    ADD CONSTRAINT token_tenant_person_fkey FOREIGN KEY (tenant, person) REFERENCES identity.person(tenant, id);

ALTER TABLE ONLY instructions.instruction
    ADD CONSTRAINT instruction_tenant_shop_purchase_fkey FOREIGN KEY (tenant, shop, purchase) REFERENCES orders.purchase(tenant, shop, id);

ALTER TABLE ONLY ledger.line
    ADD CONSTRAINT line_tenant_kind_owner_currency_fkey FOREIGN KEY (tenant, kind, owner, currency) REFERENCES ledger.account(tenant, kind, owner, currency);

ALTER TABLE ONLY ledger.line
    ADD CONSTRAINT line_tenant_posting_fkey FOREIGN KEY (tenant, posting) REFERENCES ledger.posting(tenant, id);

ALTER TABLE ONLY ledger.posting
    ADD CONSTRAINT posting_tenant_reverses_fkey FOREIGN KEY (tenant, reverses) REFERENCES ledger.posting(tenant, id);

ALTER TABLE ONLY measures.happening
    ADD CONSTRAINT happening_tenant_measure_fkey FOREIGN KEY (tenant, measure) REFERENCES measures.measure(tenant, id);

ALTER TABLE ONLY orders.item
    ADD CONSTRAINT item_tenant_shop_purchase_fkey FOREIGN KEY (tenant, shop, purchase) REFERENCES orders.purchase(tenant, shop, id);

ALTER TABLE ONLY orders.parcel
    ADD CONSTRAINT parcel_tenant_shop_purchase_fkey FOREIGN KEY (tenant, shop, purchase) REFERENCES orders.purchase(tenant, shop, id);

ALTER TABLE ONLY orders.payment
    ADD CONSTRAINT payment_tenant_shop_purchase_fkey FOREIGN KEY (tenant, shop, purchase) REFERENCES orders.purchase(tenant, shop, id);

ALTER TABLE ONLY orders.variant
    ADD CONSTRAINT variant_tenant_shop_product_fkey FOREIGN KEY (tenant, shop, product) REFERENCES orders.product(tenant, shop, id);

ALTER TABLE ONLY penalties.effect
    ADD CONSTRAINT effect_tenant_penalty_fkey FOREIGN KEY (tenant, penalty) REFERENCES penalties.penalty(tenant, id);

ALTER TABLE ONLY routing.queue_member
    ADD CONSTRAINT queue_member_tenant_shop_queue_fkey FOREIGN KEY (tenant, shop, queue) REFERENCES routing.queue(tenant, shop, id);

ALTER TABLE ONLY rulebook.shipment
    ADD CONSTRAINT shipment_digest_fkey FOREIGN KEY (digest) REFERENCES rulebook.release(digest);

ALTER TABLE after_sale."case" ENABLE ROW LEVEL SECURITY;

ALTER TABLE after_sale.fast_lost ENABLE ROW LEVEL SECURITY;

ALTER TABLE after_sale.happening ENABLE ROW LEVEL SECURITY;

ALTER TABLE after_sale.line ENABLE ROW LEVEL SECURITY;

ALTER TABLE after_sale.offer ENABLE ROW LEVEL SECURITY;

ALTER TABLE after_sale.parcel_harm ENABLE ROW LEVEL SECURITY;

ALTER TABLE after_sale.purchase_sum ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON after_sale."case" USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON after_sale.fast_lost USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON after_sale.happening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON after_sale.line USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON after_sale.offer USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON after_sale.parcel_harm USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON after_sale.purchase_sum USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE appeals.alert ENABLE ROW LEVEL SECURITY;

ALTER TABLE appeals.appeal ENABLE ROW LEVEL SECURITY;

ALTER TABLE appeals.evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE appeals.happening ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON appeals.alert USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON appeals.appeal USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON appeals.evidence USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON appeals.happening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE blocks.alert ENABLE ROW LEVEL SECURITY;

ALTER TABLE blocks.block ENABLE ROW LEVEL SECURITY;

ALTER TABLE blocks.happening ENABLE ROW LEVEL SECURITY;

ALTER TABLE blocks.receipt ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON blocks.alert USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON blocks.block USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON blocks.happening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON blocks.receipt USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE clocks.calendar ENABLE ROW LEVEL SECURITY;

ALTER TABLE clocks.clock ENABLE ROW LEVEL SECURITY;

CREATE POLICY system ON clocks.clock TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY tenant ON clocks.calendar USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON clocks.clock USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE compensation."grant" ENABLE ROW LEVEL SECURITY;

ALTER TABLE compensation.happening ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON compensation."grant" USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON compensation.happening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE complaints.call ENABLE ROW LEVEL SECURITY;

ALTER TABLE complaints.complaint ENABLE ROW LEVEL SECURITY;

ALTER TABLE complaints.happening ENABLE ROW LEVEL SECURITY;

ALTER TABLE complaints.link ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON complaints.call USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON complaints.complaint USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON complaints.happening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON complaints.link USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE conversations.canned ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.consultation ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.conversation ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.desk_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.draft ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.file ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.mention ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.name_walk ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.scheduled ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.search ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.share ENABLE ROW LEVEL SECURITY;

ALTER TABLE conversations.tag ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON conversations.canned USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.consultation USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.conversation USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.desk_entry USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.draft USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.entry USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.file USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.mention USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.name_walk USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.scheduled USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.search USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.share USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON conversations.tag USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE disputes.conflict ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.dispute ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.effect ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.exhibit ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.happening ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.issue ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.judge ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.officer ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.precedent ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.proposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.ruling ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON disputes.conflict USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.dispute USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.effect USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.exhibit USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.happening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.issue USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.judge USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.officer USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.precedent USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.proposal USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.ruling USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.vote USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON disputes.willing USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE disputes.vote ENABLE ROW LEVEL SECURITY;

ALTER TABLE disputes.willing ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.day ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.day_stamp ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.item ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.opening ENABLE ROW LEVEL SECURITY;

ALTER TABLE evidence.seal ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON evidence.day USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON evidence.day_stamp USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON evidence.item USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON evidence.opening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON evidence.seal USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE grading.draw ENABLE ROW LEVEL SECURITY;

ALTER TABLE grading.grade ENABLE ROW LEVEL SECURITY;

ALTER TABLE grading.sample ENABLE ROW LEVEL SECURITY;

ALTER TABLE grading.score_appeal ENABLE ROW LEVEL SECURITY;

ALTER TABLE grading.step ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON grading.draw USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON grading.grade USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON grading.sample USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON grading.score_appeal USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON grading.step USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE guard.answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE guard.proof ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON guard.answer USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON guard.proof USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE identity.marketplace ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.membership ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.person ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.session ENABLE ROW LEVEL SECURITY;

ALTER TABLE identity.shop ENABLE ROW LEVEL SECURITY;

CREATE POLICY system ON identity.marketplace TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY system ON identity.session TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY system ON identity.shop TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY tenant ON identity.marketplace USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON identity.membership USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON identity.person USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON identity.session USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON identity.shop USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON identity.token USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE identity.token ENABLE ROW LEVEL SECURITY;

ALTER TABLE inspection.alert ENABLE ROW LEVEL SECURITY;

ALTER TABLE inspection.fact ENABLE ROW LEVEL SECURITY;

ALTER TABLE inspection.model ENABLE ROW LEVEL SECURITY;

ALTER TABLE inspection.reading ENABLE ROW LEVEL SECURITY;

ALTER TABLE inspection.score ENABLE ROW LEVEL SECURITY;

ALTER TABLE inspection.settlement ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON inspection.alert USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON inspection.fact USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON inspection.model USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON inspection.reading USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON inspection.score USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON inspection.settlement USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON inspection.veil USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE inspection.veil ENABLE ROW LEVEL SECURITY;

ALTER TABLE instructions.instruction ENABLE ROW LEVEL SECURITY;

CREATE POLICY system ON instructions.instruction TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY tenant ON instructions.instruction USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE learning.dialogue ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.exam ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.hint ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.lesson ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.lesson_read ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.rating ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.request ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.sitting ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.step ENABLE ROW LEVEL SECURITY;

ALTER TABLE learning.task ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON learning.dialogue USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.exam USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.hint USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.lesson USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.lesson_read USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.rating USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.request USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.sitting USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.step USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON learning.task USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE ledger.account ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.collection ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.line ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.payout ENABLE ROW LEVEL SECURITY;

ALTER TABLE ledger.posting ENABLE ROW LEVEL SECURITY;

CREATE POLICY system ON ledger.collection TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY system ON ledger.payout TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY tenant ON ledger.account USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON ledger.collection USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON ledger.line USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON ledger.payout USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON ledger.posting USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE measures.happening ENABLE ROW LEVEL SECURITY;

ALTER TABLE measures.measure ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON measures.happening USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON measures.measure USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE objections.objection ENABLE ROW LEVEL SECURITY;

ALTER TABLE objections.proposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE objections.step ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON objections.objection USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON objections.proposal USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON objections.step USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE orders.item ENABLE ROW LEVEL SECURITY;

ALTER TABLE orders.parcel ENABLE ROW LEVEL SECURITY;

ALTER TABLE orders.payment ENABLE ROW LEVEL SECURITY;

ALTER TABLE orders.product ENABLE ROW LEVEL SECURITY;

ALTER TABLE orders.purchase ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON orders.item USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON orders.parcel USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON orders.payment USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON orders.product USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON orders.purchase USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON orders.variant USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE orders.variant ENABLE ROW LEVEL SECURITY;

ALTER TABLE penalties.closed_year ENABLE ROW LEVEL SECURITY;

ALTER TABLE penalties.effect ENABLE ROW LEVEL SECURITY;

ALTER TABLE penalties.entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE penalties.exam_try ENABLE ROW LEVEL SECURITY;

ALTER TABLE penalties.penalty ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON penalties.closed_year USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON penalties.effect USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON penalties.entry USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON penalties.exam_try USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON penalties.penalty USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE plumbing.dead_letter ENABLE ROW LEVEL SECURITY;

ALTER TABLE plumbing.outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE plumbing.retry ENABLE ROW LEVEL SECURITY;

CREATE POLICY system ON plumbing.dead_letter TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY system ON plumbing.outbox TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY system ON plumbing.retry TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY tenant ON plumbing.dead_letter USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON plumbing.outbox USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON plumbing.retry USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE routing.agent ENABLE ROW LEVEL SECURITY;

ALTER TABLE routing.presence ENABLE ROW LEVEL SECURITY;

ALTER TABLE routing.queue ENABLE ROW LEVEL SECURITY;

ALTER TABLE routing.queue_member ENABLE ROW LEVEL SECURITY;

CREATE POLICY system ON routing.presence TO xiaoer_system USING (true) WITH CHECK (true);

CREATE POLICY tenant ON routing.agent USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON routing.presence USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON routing.queue USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON routing.queue_member USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE rulebook.decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE rulebook.entry ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant ON rulebook.decision USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON rulebook.entry USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

CREATE POLICY tenant ON rulebook.wording USING ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('xiaoer.tenant'::text, true), ''::text))::uuid));

ALTER TABLE rulebook.wording ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT,UPDATE ON TABLE after_sale."case" TO xiaoer_app;
GRANT SELECT,INSERT,UPDATE ON TABLE after_sale."case" TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE after_sale.happening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE after_sale.happening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE after_sale.parcel_harm TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE after_sale.parcel_harm TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE appeals.alert TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE appeals.alert TO xiaoer_system;

GRANT UPDATE(seen_by) ON TABLE appeals.alert TO xiaoer_app;

GRANT UPDATE(seen_at) ON TABLE appeals.alert TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE appeals.evidence TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE appeals.evidence TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE appeals.happening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE appeals.happening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE blocks.alert TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE blocks.alert TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE blocks.happening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE blocks.happening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE blocks.receipt TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE blocks.receipt TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE clocks.calendar TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE clocks.calendar TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE compensation.happening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE compensation.happening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE complaints.call TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE complaints.call TO xiaoer_system;

GRANT UPDATE(complaint) ON TABLE complaints.call TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE complaints.happening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE complaints.happening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE complaints.link TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE complaints.link TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE conversations.desk_entry TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE conversations.desk_entry TO xiaoer_system;

GRANT UPDATE(text) ON TABLE conversations.desk_entry TO xiaoer_app;

GRANT UPDATE(body) ON TABLE conversations.desk_entry TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE conversations.entry TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE conversations.entry TO xiaoer_system;

GRANT UPDATE(text) ON TABLE conversations.entry TO xiaoer_app;

GRANT UPDATE(body) ON TABLE conversations.entry TO xiaoer_app;

GRANT UPDATE(guard) ON TABLE conversations.entry TO xiaoer_app;

GRANT UPDATE(salt) ON TABLE conversations.entry TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE disputes.effect TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE disputes.effect TO xiaoer_system;

GRANT UPDATE(undone_at) ON TABLE disputes.effect TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE disputes.exhibit TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE disputes.exhibit TO xiaoer_system;

GRANT UPDATE(accept) ON TABLE disputes.exhibit TO xiaoer_app;

GRANT UPDATE(weight) ON TABLE disputes.exhibit TO xiaoer_app;

GRANT UPDATE(judged_by) ON TABLE disputes.exhibit TO xiaoer_app;

GRANT UPDATE(judged_why) ON TABLE disputes.exhibit TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE disputes.happening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE disputes.happening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE disputes.precedent TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE disputes.precedent TO xiaoer_system;

GRANT UPDATE(reversed) ON TABLE disputes.precedent TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE disputes.ruling TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE disputes.ruling TO xiaoer_system;

GRANT UPDATE(second_reader) ON TABLE disputes.ruling TO xiaoer_app;

GRANT UPDATE(executed_at) ON TABLE disputes.ruling TO xiaoer_app;

GRANT UPDATE(appeal_until) ON TABLE disputes.ruling TO xiaoer_app;

GRANT UPDATE(dropped_at) ON TABLE disputes.ruling TO xiaoer_app;

GRANT UPDATE(reversed_at) ON TABLE disputes.ruling TO xiaoer_app;

GRANT UPDATE(reversed_by) ON TABLE disputes.ruling TO xiaoer_app;

GRANT UPDATE(reversed_why) ON TABLE disputes.ruling TO xiaoer_app;

GRANT UPDATE(reversal) ON TABLE disputes.ruling TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE disputes.vote TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE disputes.vote TO xiaoer_system;

GRANT UPDATE(favour) ON TABLE disputes.vote TO xiaoer_app;

GRANT UPDATE(at) ON TABLE disputes.vote TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE evidence.day TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE evidence.day TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE evidence.day_stamp TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE evidence.day_stamp TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE evidence.opening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE evidence.opening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE evidence.seal TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE evidence.seal TO xiaoer_system;

GRANT UPDATE(bound_to) ON TABLE evidence.seal TO xiaoer_app;

GRANT UPDATE(names) ON TABLE evidence.seal TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE grading.draw TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE grading.draw TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE grading.grade TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE grading.grade TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE grading.step TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE grading.step TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE guard.proof TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE guard.proof TO xiaoer_system;

GRANT UPDATE(ended_at) ON TABLE guard.proof TO xiaoer_app;

GRANT UPDATE(ended_by) ON TABLE guard.proof TO xiaoer_app;

GRANT UPDATE(ended_why) ON TABLE guard.proof TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE inspection.alert TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE inspection.alert TO xiaoer_system;

GRANT UPDATE(acknowledged_by) ON TABLE inspection.alert TO xiaoer_app;

GRANT UPDATE(acknowledged_at) ON TABLE inspection.alert TO xiaoer_app;

GRANT UPDATE(did) ON TABLE inspection.alert TO xiaoer_app;

GRANT UPDATE(note) ON TABLE inspection.alert TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE inspection.model TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE inspection.model TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE inspection.reading TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE inspection.reading TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE inspection.score TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE inspection.score TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE inspection.settlement TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE inspection.settlement TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE inspection.veil TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE inspection.veil TO xiaoer_system;

GRANT UPDATE(lifted_at) ON TABLE inspection.veil TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE learning.exam TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE learning.exam TO xiaoer_system;

GRANT UPDATE(retired_at) ON TABLE learning.exam TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE learning.hint TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE learning.hint TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE learning.rating TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE learning.rating TO xiaoer_system;

GRANT UPDATE(words) ON TABLE learning.rating TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE learning.sitting TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE learning.sitting TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE learning.step TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE learning.step TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE ledger.account TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE ledger.account TO xiaoer_system;

GRANT UPDATE(balance_minor) ON TABLE ledger.account TO xiaoer_app;

GRANT UPDATE(entries) ON TABLE ledger.account TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE ledger.collection TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE ledger.collection TO xiaoer_system;

GRANT UPDATE(state) ON TABLE ledger.collection TO xiaoer_app;

GRANT UPDATE(attempts) ON TABLE ledger.collection TO xiaoer_app;

GRANT UPDATE(claimed) ON TABLE ledger.collection TO xiaoer_app;
GRANT UPDATE(claimed) ON TABLE ledger.collection TO xiaoer_system;

GRANT UPDATE(confirm_url) ON TABLE ledger.collection TO xiaoer_app;

GRANT UPDATE(provider_ref) ON TABLE ledger.collection TO xiaoer_app;

GRANT UPDATE(trouble) ON TABLE ledger.collection TO xiaoer_app;

GRANT UPDATE(asked_at) ON TABLE ledger.collection TO xiaoer_app;

GRANT UPDATE(taken_at) ON TABLE ledger.collection TO xiaoer_app;

GRANT UPDATE(ended_at) ON TABLE ledger.collection TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE ledger.line TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE ledger.line TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE ledger.payout TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE ledger.payout TO xiaoer_system;

GRANT UPDATE(state) ON TABLE ledger.payout TO xiaoer_app;

GRANT UPDATE(round) ON TABLE ledger.payout TO xiaoer_app;

GRANT UPDATE(attempts) ON TABLE ledger.payout TO xiaoer_app;

GRANT UPDATE(claimed) ON TABLE ledger.payout TO xiaoer_app;
GRANT UPDATE(claimed) ON TABLE ledger.payout TO xiaoer_system;

GRANT UPDATE(provider_ref) ON TABLE ledger.payout TO xiaoer_app;

GRANT UPDATE(trouble) ON TABLE ledger.payout TO xiaoer_app;

GRANT UPDATE(asked_at) ON TABLE ledger.payout TO xiaoer_app;

GRANT UPDATE(paid_at) ON TABLE ledger.payout TO xiaoer_app;

GRANT UPDATE(ended_at) ON TABLE ledger.payout TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE ledger.posting TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE ledger.posting TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE measures.happening TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE measures.happening TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE objections.step TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE objections.step TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE penalties.effect TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE penalties.effect TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE penalties.entry TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE penalties.entry TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE penalties.exam_try TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE penalties.exam_try TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE penalties.penalty TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE penalties.penalty TO xiaoer_system;

GRANT UPDATE(state) ON TABLE penalties.penalty TO xiaoer_app;

GRANT UPDATE(reversed_at) ON TABLE penalties.penalty TO xiaoer_app;

GRANT UPDATE(reversed_by) ON TABLE penalties.penalty TO xiaoer_app;

GRANT UPDATE(reversed_why) ON TABLE penalties.penalty TO xiaoer_app;

GRANT SELECT ON TABLE plumbing.migration TO xiaoer_app;
GRANT SELECT ON TABLE plumbing.migration TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE plumbing.outbox TO xiaoer_app;

GRANT SELECT,INSERT ON TABLE rulebook.decision TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE rulebook.decision TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE rulebook.entry TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE rulebook.entry TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE rulebook.release TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE rulebook.release TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE rulebook.shipment TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE rulebook.shipment TO xiaoer_system;

GRANT SELECT,INSERT ON TABLE rulebook.wording TO xiaoer_app;
GRANT SELECT,INSERT ON TABLE rulebook.wording TO xiaoer_system;
