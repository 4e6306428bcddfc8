-- transaction: off
-- Penalties, points and grants are listed by their time: officers name ids themselves and rulings derive them,
-- so an id tells no order.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently penalty_newest on penalties.penalty (tenant, at desc, id desc);
-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently penalty_of_subject_newest on penalties.penalty (tenant, subject, at desc, id desc);
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently penalties.penalty_by_time;
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently penalties.penalty_of_subject;
-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently entry_of_subject_newest on penalties.entry (tenant, subject, at desc, id desc);
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently penalties.entry_of_subject;

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently grant_of_receiver_newest
    on compensation.grant (tenant, to_kind, receiver, made_at desc, id desc);
-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently grant_of_shop_newest on compensation.grant (tenant, shop, made_at desc, id desc);
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently compensation.grant_of_receiver;
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently compensation.grant_of_shop;
-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently grant_contested_oldest on compensation.grant (tenant, made_at, id)
    where state = 'contested';
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently compensation.grant_contested;
