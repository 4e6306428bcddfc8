-- Each time a table has been swept or sampled, every connection plans anew whatever asks it; what opens a case costs
-- four milliseconds to plan, in each of them. Sweeping begins at fifty rows by PostgreSQL's own measure, so a place with
-- little in it was planned anew a dozen times every quarter of a minute, and stood still for a tenth of a second.

-- One key and no other: there is nothing to choose, so nothing to sample.
alter table after_sale.happening set (
    autovacuum_vacuum_insert_threshold = 100000, autovacuum_analyze_threshold = 2000000000
);
alter table after_sale.purchase_sum set (
    autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_threshold = 2000000000
);

-- Only added to, and found by few keys: sampled early, lest the first column of any key seem as good as the whole of
-- it, and then whenever they have doubled. With a rest after every two hundred pages one table is not sampled on the
-- heels of the other.
alter table after_sale.line set (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 1,
    autovacuum_vacuum_cost_limit = 200, autovacuum_vacuum_cost_delay = 20
);
alter table rulebook.decision set (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 1,
    autovacuum_vacuum_cost_limit = 200, autovacuum_vacuum_cost_delay = 20
);
alter table conversations.entry set (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 1
);

-- Changed in place: a page that is full is tidied by whoever writes to it next.
alter table conversations.conversation set (
    autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 0.5,
    autovacuum_vacuum_cost_limit = 200, autovacuum_vacuum_cost_delay = 20
);

-- Rows that come and go.
alter table clocks.clock set (
    autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 1,
    autovacuum_vacuum_cost_limit = 200, autovacuum_vacuum_cost_delay = 20
);
alter table plumbing.outbox set (autovacuum_vacuum_threshold = 20000);

-- Counted from an index alone, which must know soon what everybody sees: still at two in a hundred (0034).
alter table after_sale."case" set (
    autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = 5000,
    autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 0.2,
    autovacuum_vacuum_cost_limit = 200, autovacuum_vacuum_cost_delay = 20
);
