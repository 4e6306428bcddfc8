-- transaction: off
-- The tenant of a connection is read where it is needed. A sub-select was to spare reading it for every row; but a
-- row is always looked for by its tenant as well, so the setting is compared once for a scan in any case, and each
-- table of each statement carried a plan of its own for it: a sixth of what opening a case costs the database.

create or replace function plumbing.isolate(
  target regclass, system boolean default false, forced boolean default true
)
  returns void
  language plpgsql as $$
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

-- One table after the other, each let go at once: nobody waits for more than one of them.
do $$
declare
  one record;
begin
  for one in
    select format('%I.%I', p.schemaname, p.tablename) as target
    from pg_policies as p
    where p.policyname = 'tenant' and p.qual like '%SELECT%'
    order by 1
  loop
    execute format(
      'alter policy tenant on %s '
      'using (tenant = nullif(current_setting(''xiaoer.tenant'', true), '''')::uuid) '
      'with check (tenant = nullif(current_setting(''xiaoer.tenant'', true), '''')::uuid)',
      one.target);
    commit;
  end loop;
end
$$;
