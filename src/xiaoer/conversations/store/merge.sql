-- name: conversations_of
-- A visitor's conversations, each with the one its buyer has with the same shop already.
select v.id as mine, b.id as theirs
from conversations.conversation as v
left join conversations.conversation as b
    on b.tenant = v.tenant and b.buyer = :buyer and b.shop = v.shop and b.state <> 'merged'
where v.tenant = :tenant and v.buyer = :visitor and v.state <> 'merged'
order by v.id;

-- name: give_to
update conversations.conversation set buyer = :buyer, visitor = false
where tenant = :tenant and id = :conversation;
