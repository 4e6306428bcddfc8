-- What nobody asks by is not sampled. Each time a table has grown, the database sorts a sample of every column of it;
-- words, hashes and records are the dearest to sort, and no condition names them.

alter table after_sale."case"
    alter column text set statistics 0,
    alter column payment_method set statistics 0,
    alter column money set statistics 0,
    alter column freight set statistics 0,
    alter column return_address set statistics 0,
    alter column back set statistics 0,
    alter column out set statistics 0,
    alter column difference set statistics 0;

alter table after_sale.line
    alter column title set statistics 0,
    alter column image_url set statistics 0;

alter table after_sale.happening
    alter column id set statistics 0,
    alter column text set statistics 0,
    alter column files set statistics 0,
    alter column body set statistics 0;

alter table rulebook.decision
    alter column inputs set statistics 0,
    alter column outcome set statistics 0,
    alter column basis set statistics 0;

alter table conversations.entry
    alter column id set statistics 0,
    alter column text set statistics 0,
    alter column body set statistics 0,
    alter column salt set statistics 0,
    alter column inner_hash set statistics 0,
    alter column hash set statistics 0;

alter table conversations.desk_entry
    alter column id set statistics 0,
    alter column text set statistics 0,
    alter column mentions set statistics 0,
    alter column body set statistics 0;

alter table conversations.conversation
    alter column last_text set statistics 0,
    alter column last_hash set statistics 0;

alter table clocks.clock alter column body set statistics 0;

alter table plumbing.outbox alter column body set statistics 0;

alter table orders.purchase
    alter column address set statistics 0,
    alter column details set statistics 0,
    alter column lists set statistics 0,
    alter column digest set statistics 0,
    alter column marks set statistics 0;

alter table orders.item
    alter column title set statistics 0,
    alter column options set statistics 0,
    alter column flags set statistics 0;
