-- transaction: off
-- With every case that is opened the talks of its buyer with the shop are looked for, those of conversations that an
-- agent merged too. Without an index of these all conversations of the shop were read.

-- squawk-ignore ban-concurrent-index-creation-in-transaction
create index concurrently conversation_merged_of_buyer on conversations.conversation (tenant, buyer, shop)
    where state = 'merged';
