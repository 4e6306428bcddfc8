-- transaction: off
-- How often a shop lost is counted from the index alone, with every bench that is opened.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently precedent_of_shop_told on disputes.precedent (tenant, shop, kind, made_at desc)
    include (outcome, reversed);
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently disputes.precedent_of_shop;

-- An index alone answers only for pages that everybody is known to see: they are swept before many pile up.
alter table disputes.precedent set (
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.02
);
