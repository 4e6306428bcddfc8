-- name: sent_lately
-- What a shop's side said since a moment, the newest first.
select e.role, e.text, e.at
from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.at >= :since
    and e.role <> 'buyer' and e.kind in ('text', 'image', 'file') and e.text <> ''
order by e.at desc, e.conversation, e.version desc
limit :most;
