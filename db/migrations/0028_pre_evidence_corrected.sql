-- An evidence as people of the marketplace corrected it: who, when, why, and what was said of it before.
alter table evidence.item add column corrected jsonb;
