-- name: mark
-- How far sides have received and read; see migration 0007. Returns the conversations that moved.
select
    id, shop, buyer_moved, shop_moved, buyer_read, buyer_delivered, shop_read, shop_delivered,
    unread_buyer, unread_shop
from conversations.mark(:tenant, :readings::conversations.reading[]);
