-- Conversations: the lasting timeline of one buyer and one shop, its consultations, and the desk's tools.
-- Two rules shape what follows. A message must update its conversation without touching an index (HOT), so
-- lists are ordered by what changes only when the state does. And entries refer to nothing by foreign key:
-- the committer has just read what they refer to.

create schema conversations;

create extension if not exists btree_gin with schema public;

create table conversations.conversation (
    tenant uuid not null,
    shop uuid not null,
    id uuid not null,
    buyer uuid not null,
    visitor boolean not null default false,
    language text not null default '',
    version bigint not null default 0,
    desk_version bigint not null default 0,
    last_hash bytea not null default decode(repeat('00', 32), 'hex'),
    state text not null default 'idle'
        check (state in ('idle', 'queued', 'assigned', 'snoozed', 'closed', 'merged')),
    consultation integer not null default 0,
    queue uuid,
    assignee uuid,
    answered boolean not null default false,
    opened_at timestamptz,
    queued_at timestamptz,
    closed_at timestamptz,
    waiting_since timestamptz,
    reply_due_at timestamptz,
    reply_warn_at timestamptz,
    snoozed_until timestamptz,
    last_at timestamptz,
    last_text text not null default '',
    last_kind text,
    last_role text,
    last_version bigint not null default 0,
    unread_shop integer not null default 0,
    unread_buyer integer not null default 0,
    buyer_delivered bigint not null default 0,
    buyer_read bigint not null default 0,
    shop_delivered bigint not null default 0,
    shop_read bigint not null default 0,
    merged_into uuid,
    created_at timestamptz not null,
    primary key (tenant, shop, id),
    check ((assignee is not null) = (state in ('assigned', 'snoozed'))),
    check ((merged_into is not null) = (state = 'merged'))
) with (fillfactor = 70);

-- One conversation for a buyer and a shop; also the buyer's own list.
create unique index conversation_of_buyer on conversations.conversation (tenant, buyer, shop)
    where state <> 'merged';
create index conversation_by_id on conversations.conversation (tenant, id);
create index conversation_queued on conversations.conversation (tenant, shop, queue, queued_at, id)
    where state = 'queued';
create index conversation_served on conversations.conversation (tenant, shop, assignee, id)
    where assignee is not null;
create index conversation_opened on conversations.conversation (tenant, shop, opened_at, id)
    where state <> 'merged';
create index conversation_closed on conversations.conversation (tenant, shop, closed_at, id)
    where state = 'closed';
select plumbing.isolate('conversations.conversation');

create table conversations.consultation (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    number integer not null,
    opened_at timestamptz not null,
    opened_version bigint not null,
    opened_by text not null default 'buyer',
    channel text not null default 'chat',
    off_hours boolean not null default false,
    queue uuid,
    assignee uuid,
    first_reply_at timestamptz,
    first_reply_by uuid,
    breached integer not null default 0,
    closed_at timestamptz,
    closed_version bigint,
    closed_by uuid,
    primary key (tenant, shop, conversation, number)
);
create index consultation_opened on conversations.consultation (tenant, shop, opened_at);
select plumbing.isolate('conversations.consultation');

create table conversations.entry (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    version bigint not null,
    id uuid not null,
    client_id text check (length(client_id) <= 64),
    role text not null
        check (role in ('buyer', 'agent', 'manager', 'officer', 'bot', 'system', 'auto')),
    person uuid,
    kind text not null check (kind in ('text', 'image', 'file', 'card', 'system', 'recall')),
    consultation integer not null,
    at timestamptz not null,
    recalls bigint,
    -- Erasure takes text, body and salt away and leaves the inner hash: the chain still proves.
    text text,
    body jsonb,
    guard jsonb,
    salt bytea,
    inner_hash bytea not null,
    hash bytea not null,
    primary key (tenant, shop, conversation, version),
    check ((kind = 'recall') = (recalls is not null))
);
create unique index entry_of_client on conversations.entry (tenant, conversation, client_id)
    where client_id is not null;
create unique index entry_recall on conversations.entry (tenant, conversation, recalls)
    where recalls is not null;
select plumbing.isolate('conversations.entry');
select plumbing.append_only('conversations.entry', columns => '{text,body,guard,salt}');

create table conversations.desk_entry (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    version bigint not null,
    id uuid not null,
    kind text not null check (kind in (
        'note', 'assigned', 'transferred', 'released', 'taken_back', 'tagged', 'snoozed', 'woken', 'closed',
        'reopened', 'merged', 'breached', 'warned', 'whisper', 'shared', 'stepped_in', 'guard_blocked')),
    person uuid,
    text text not null default '',
    mentions uuid[] not null default '{}',
    after_version bigint not null,
    body jsonb not null default '{}',
    at timestamptz not null,
    primary key (tenant, shop, conversation, version)
);
select plumbing.isolate('conversations.desk_entry');
select plumbing.append_only('conversations.desk_entry', columns => '{text,body}');

create table conversations.share (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    person uuid not null,
    shared_by uuid,
    at timestamptz not null,
    primary key (tenant, conversation, person)
);
create index share_of_person on conversations.share (tenant, person);
select plumbing.isolate('conversations.share');

create table conversations.tag (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    name text not null check (length(name) between 1 and 40),
    person uuid,
    at timestamptz not null,
    primary key (tenant, conversation, name)
);
create index tag_in_shop on conversations.tag (tenant, shop, name, conversation);
select plumbing.isolate('conversations.tag');

create table conversations.mention (
    tenant uuid not null,
    person uuid not null,
    id uuid not null,
    shop uuid not null,
    conversation uuid not null,
    desk_version bigint not null,
    mentioned_by uuid,
    at timestamptz not null,
    read_at timestamptz,
    primary key (tenant, person, id)
);
create index mention_in_conversation on conversations.mention (tenant, conversation);
select plumbing.isolate('conversations.mention');

create table conversations.draft (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    person uuid not null,
    text text not null,
    body jsonb not null default '{}',
    at timestamptz not null,
    primary key (tenant, conversation, person)
);
select plumbing.isolate('conversations.draft');

-- What is held back for a moment (undo) or for later; the clock of the same id sends it.
create table conversations.scheduled (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    id uuid not null,
    person uuid not null,
    role text not null,
    client_id text not null,
    held boolean not null default false,
    wish jsonb not null,
    send_at timestamptz not null,
    created_at timestamptz not null,
    failed jsonb,
    primary key (tenant, id)
);
create unique index scheduled_of_client on conversations.scheduled (tenant, conversation, client_id);
create index scheduled_in_conversation on conversations.scheduled (tenant, conversation, send_at);
select plumbing.isolate('conversations.scheduled');

create table conversations.canned (
    tenant uuid not null,
    shop uuid not null,
    id uuid not null,
    shortcut text not null default '',
    title text not null,
    text text not null,
    language text not null default '',
    topic text not null default '',
    used integer not null default 0,
    created_by uuid,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    archived_at timestamptz,
    primary key (tenant, shop, id)
);
create unique index canned_shortcut on conversations.canned (tenant, shop, shortcut)
    where shortcut <> '' and archived_at is null;
select plumbing.isolate('conversations.canned');

create table conversations.file (
    tenant uuid not null,
    id uuid not null,
    shop uuid,
    conversation uuid,
    person uuid not null,
    name text not null,
    media_type text not null,
    size_bytes bigint not null,
    sha256 bytea not null,
    width integer,
    height integer,
    store_key text not null,
    thumbnail_key text,
    created_at timestamptz not null,
    primary key (tenant, id)
);
create index file_in_conversation on conversations.file (tenant, conversation);
select plumbing.isolate('conversations.file');

-- Two-character pieces of every text, written by a worker after the commit. An array search cannot use an
-- index under row-level security, so a function that asks for the tenant itself goes round it.
create table conversations.search (
    tenant uuid not null,
    shop uuid not null,
    conversation uuid not null,
    version bigint not null,
    at timestamptz not null,
    grams text[] not null,
    primary key (tenant, shop, conversation, version)
);
create index search_grams on conversations.search using gin (shop, grams);
select plumbing.isolate('conversations.search', forced => false);

-- What the committer hands over, one array of rows for each of these. Moments are seconds since 1970: a double
-- holds them to the microsecond, and the driver carries it ten times cheaper than a timestamp.
create type conversations.change as (
    id uuid, shop uuid, was_version bigint, was_desk_version bigint,
    was_buyer_read bigint, was_shop_read bigint,      -- null: how far they have read does not matter
    version bigint, hash bytea, state text, consultation integer, answered boolean,
    opens double precision,                           -- a consultation opens at this moment
    wakes boolean,                                    -- it was snoozed
    waits text,                                       -- the reply clock: start, stop, or null for as it is
    waiting_since double precision, reply_due_at double precision, reply_warn_at double precision,
    spoke double precision,                           -- when the last message was said; null: none was
    last_text text, last_kind text, last_role text, last_version bigint,
    more_unread_shop integer, more_unread_buyer integer,
    added text,                                       -- for reactions: JSON objects, joined by commas
    said text                                         -- for sockets: lines of a notification
);
-- In these, `c` is the place of the conversation in the array of changes, from 1.
create type conversations.new_entry as (
    c integer, shop uuid, conversation uuid, version bigint, id uuid, client_id text, role text, person uuid,
    kind text, consultation integer, at double precision, recalls bigint, text text, body text, guard text,
    salt bytea, inner_hash bytea, hash bytea
);
create type conversations.opening as (
    c integer, shop uuid, conversation uuid, number integer, at double precision, version bigint,
    opened_by text, off_hours boolean
);
create type conversations.answer as (
    c integer, shop uuid, conversation uuid, number integer, at double precision, person uuid
);
create type conversations.news as (c integer, name text, body text);
create type conversations.question as (conversation uuid, person uuid, staff boolean, client_id text);

-- The committer's one write. Python has decided every entry of the batch and counted versions and hashes from
-- what it read; here the conversations are locked in the order of their ids, and what is no longer as it was
-- read is left alone, to be decided again. The rest is written with one statement for each table. Returns, for
-- each change, whether it was written.
create function conversations.append(
    p_tenant uuid, p_origin text, p_at timestamptz, changes conversations.change[],
    entries conversations.new_entry[], openings conversations.opening[], answers conversations.answer[],
    news conversations.news[]
) returns boolean[]
language plpgsql
-- Plans must not hang on statistics: always from the batch into the tables, by index.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
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

create type conversations.reading as (
    conversation uuid, person uuid, side text, delivered bigint, read bigint
);

-- How far sides have received and read. Only forward, and never beyond what there is. Unread lines are counted
-- anew, exactly: messages of the other side after what was read, without those recalled. A colleague who only
-- looks does not read for whoever serves the conversation. The lock comes first and the count in a statement of
-- its own, so that it sees what was written while it waited.
create function conversations.mark(p_tenant uuid, readings conversations.reading[])
returns table (
    id uuid, shop uuid, buyer_moved boolean, shop_moved boolean,
    buyer_read bigint, buyer_delivered bigint, shop_read bigint, shop_delivered bigint,
    unread_buyer integer, unread_shop integer
)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
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
