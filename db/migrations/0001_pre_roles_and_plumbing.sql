-- What every domain's migration builds on: who sees which row, what is told, what failed.
-- The roles xiaoer_app and xiaoer_system, their rights by default and the schema itself are made by the runner.

comment on schema plumbing is 'Pipes and wires: what is told, what failed, what has been migrated.';

-- ── whose rows ───────────────────────────────────────────────────────────

create function plumbing.tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('xiaoer.tenant', true), '')::uuid;
comment on function plumbing.tenant() is 'The tenant this connection works for, or null.';

-- The setting stands in a sub-select, so that it is read once for a statement and not once for a row.
create function plumbing.isolate(target regclass, system boolean default false, forced boolean default true)
  returns void
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  if forced then
    execute format('alter table %s force row level security', target);
  end if;
  execute format(
    'create policy tenant on %s '
    'using (tenant = (select nullif(current_setting(''xiaoer.tenant'', true), '''')::uuid)) '
    'with check (tenant = (select nullif(current_setting(''xiaoer.tenant'', true), '''')::uuid))',
    target);
  if system then
    execute format('create policy system on %s to xiaoer_system using (true) with check (true)', target);
  end if;
end
$$;
comment on function plumbing.isolate(regclass, boolean, boolean) is
  'Hides every row of a table from all tenants but its own; with system, xiaoer_system sees them all. '
  'Not forced: functions of the owner (security definer) see all rows and must name the tenant themselves.';

create function plumbing.append_only(target regclass, columns name[] default '{}')
  returns void
  language plpgsql as $$
begin
  execute format('revoke update, delete, truncate on %s from xiaoer_app, xiaoer_system', target);
  if columns <> '{}' then
    execute format('grant update (%s) on %s to xiaoer_app',
      (select string_agg(quote_ident(one), ', ') from unnest(columns) as named (one)), target);
  end if;
end
$$;
comment on function plumbing.append_only(regclass, name[]) is
  'Takes the right to change or remove rows away; the named columns may still be updated.';

-- ── what is told ─────────────────────────────────────────────────────────

-- Rows live for milliseconds: written with what happened, deleted with what follows from it.
create table plumbing.outbox (
  id bigint generated always as identity primary key,
  tenant uuid not null,
  name text not null,
  topic text not null,
  version bigint,
  body text not null,
  at timestamptz not null,
  origin text not null
) with (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 100000
);
comment on table plumbing.outbox is 'Events that reactions have not heard yet; also the queue of reactions.';
comment on column plumbing.outbox.version is 'The place on its topic when the topic counts.';
comment on column plumbing.outbox.body is 'The event as compact JSON, all fields.';
comment on column plumbing.outbox.origin is 'The process that said it.';
select plumbing.isolate('plumbing.outbox', system => true);
select plumbing.append_only('plumbing.outbox');
grant delete, update on plumbing.outbox to xiaoer_system;

create table plumbing.retry (
  id bigint generated always as identity primary key,
  tenant uuid not null,
  reaction text not null,
  name text not null,
  topic text not null,
  version bigint,
  body text not null,
  at timestamptz not null,
  attempts integer not null check (attempts > 0),
  next_at timestamptz not null,
  fault text not null
);
create index retry_next on plumbing.retry (next_at);
comment on table plumbing.retry is 'Reactions that failed and will be tried again.';
select plumbing.isolate('plumbing.retry', system => true);

create table plumbing.dead_letter (
  id bigint generated always as identity primary key,
  tenant uuid not null,
  reaction text not null,
  name text not null,
  topic text not null,
  version bigint,
  body text not null,
  at timestamptz not null,
  attempts integer not null,
  died_at timestamptz not null,
  fault text not null
);
create index dead_letter_tenant on plumbing.dead_letter (tenant, died_at);
comment on table plumbing.dead_letter is 'Reactions that were given up; somebody has to look.';
select plumbing.isolate('plumbing.dead_letter', system => true);

-- A payload is the origin and then lines of [tenant, name, topic, version, body]; PostgreSQL takes less than
-- 8,000 bytes. A line that fits into no payload loses its body and becomes a poke.
create function plumbing.tell(origin text, lines text[]) returns void
  language plpgsql as $$
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
comment on function plumbing.tell(text, text[]) is
  'Notifies every process of these lines, packed into as few payloads as possible.';
