-- transaction: off
-- The board of a shop is counted from the index of its open cases alone.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently case_open on after_sale.case (tenant, shop, due_at, id) include (state, stage)
    where closed_at is null;
-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently after_sale.case_due;

-- An index alone answers only for pages that everybody is known to see: they are swept before many pile up.
alter table after_sale.case set (
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.02
);
