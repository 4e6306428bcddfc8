-- transaction: off
-- How many talks with an alert were laid before graders lately is asked at each of them.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently sample_alerted on grading.sample (tenant, shop, drawn_at) where drawn_for = 'alert';
