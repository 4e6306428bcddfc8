-- transaction: off
-- Words are found by slices of time; the list of all years was kept for programs of the version before.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
drop index concurrently conversations.search_grams;
