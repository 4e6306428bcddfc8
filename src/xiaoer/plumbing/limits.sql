-- name: take_one
-- One token of one bucket, seen by every process at once; `granted` says whether there was one.
insert into plumbing.bucket as b (key, capacity, rate, tokens, granted, filled_at)
values (:key, :capacity::float8, :rate::float8, :capacity::float8 - 1, true, :now::timestamptz)
on conflict (key) do update set
  capacity = excluded.capacity,
  rate = excluded.rate,
  granted = plumbing.refilled(b, excluded.filled_at) >= 1,
  tokens = plumbing.refilled(b, excluded.filled_at)
    - case when plumbing.refilled(b, excluded.filled_at) >= 1 then 1 else 0 end,
  filled_at = greatest(excluded.filled_at, b.filled_at)
returning granted, tokens;

-- name: settle
-- What this process let through since it last asked; answers how much each bucket still holds.
insert into plumbing.bucket as b (key, capacity, rate, tokens, granted, filled_at)
select spent.key, spent.capacity, spent.rate, spent.capacity - spent.amount, true, :now::timestamptz
from unnest(:keys::text[], :capacities::float8[], :rates::float8[], :amounts::float8[])
  as spent (key, capacity, rate, amount)
order by spent.key
on conflict (key) do update set
  capacity = excluded.capacity,
  rate = excluded.rate,
  tokens = plumbing.refilled(b, excluded.filled_at) - (excluded.capacity - excluded.tokens),
  filled_at = greatest(excluded.filled_at, b.filled_at)
returning key, tokens;

-- name: forget_full
-- Buckets nobody has touched for an hour are full again.
delete from plumbing.bucket where filled_at < :now::timestamptz - interval '1 hour';
