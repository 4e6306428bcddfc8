-- A statement that travels with others and did not do what it was to do says so itself. The commit that follows in the
-- same bytes is then skipped, where the program would hear of it only afterwards.

create function plumbing.missed(place integer) returns integer
language plpgsql
set search_path = pg_catalog
as $$
begin
  raise exception using errcode = 'XM000', message = place::text;
end
$$;
comment on function plumbing.missed(integer) is
  'Fails, with the place of a statement among those it travels with: it did not do what it was to do.';
