-- name: add_request
-- Ask about a consultation, once.
insert into learning.request (
    tenant, shop, id, conversation, consultation, buyer, agent, state, asked_at, until)
values (:tenant, :shop, :id, :conversation, :consultation, :buyer, :agent::uuid, 'asked', :asked_at, :until)
on conflict (tenant, conversation, consultation) do nothing;

-- name: lock_request
select r.id, r.shop, r.conversation, r.consultation, r.buyer, r.agent, r.state, r.asked_at, r.until
from learning.request as r
where r.tenant = :tenant and r.id = :id
for update;

-- name: lock_last_request
-- The request about a buyer's last consultation that was asked about.
select r.id, r.shop, r.conversation, r.consultation, r.buyer, r.agent, r.state, r.asked_at, r.until
from learning.request as r
where r.tenant = :tenant and r.conversation = :conversation and r.buyer = :buyer
order by r.consultation desc
limit 1
for update;

-- name: last_request
select r.id, r.shop, r.conversation, r.consultation, r.buyer, r.agent, r.state, r.asked_at, r.until
from learning.request as r
where r.tenant = :tenant and r.conversation = :conversation and r.buyer = :buyer
order by r.consultation desc
limit 1;

-- name: save_request
update learning.request set state = :state where tenant = :tenant and shop = :shop and id = :id;

-- name: add_rating
insert into learning.rating (tenant, shop, id, conversation, consultation, buyer, agent, stars, words, at)
values (:tenant, :shop, :id, :conversation, :consultation, :buyer, :agent::uuid, :stars, :words, :at);

-- name: last_rating
-- What a buyer said last of a consultation.
select r.stars, r.words from learning.rating as r
where r.tenant = :tenant and r.conversation = :conversation and r.consultation = :consultation
order by r.id desc
limit 1;

-- name: closed_consultation
-- Whose consultation it was, when it ended, and whether the buyer has spoken in it.
select c.buyer, s.opened_at, s.closed_at, s.assignee, s.first_reply_by
from conversations.consultation as s
join conversations.conversation as c
    on c.tenant = s.tenant and c.shop = s.shop and c.id = s.conversation
where s.tenant = :tenant and s.shop = :shop and s.conversation = :conversation and s.number = :consultation;

-- name: opened_again
-- Whether the buyer came back within a time after the consultation had ended.
select exists (
    select from conversations.consultation as s
    where s.tenant = :tenant and s.shop = :shop and s.conversation = :conversation
        and s.number = :consultation + 1 and s.opened_by = 'buyer' and s.opened_at <= :until);

-- name: case_asked
-- Whether the buyer asked the shop for something after-sale in a time.
select exists (
    select from after_sale.case as c
    where c.tenant = :tenant and c.buyer = :buyer and c.shop = :shop
        and c.opened_at between :since and :until);

-- name: complained
-- Whether the buyer complained of the shop in a time.
select exists (
    select from complaints.complaint as c
    where c.tenant = :tenant and c.complainant = :buyer and c.shop = :shop
        and c.lodged_at between :since and :until);

-- name: left_unanswered
-- Whether the last word of a consultation was the buyer's, with no answer.
select coalesce((
    select e.role = 'buyer' from conversations.entry as e
    where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation
        and e.consultation = :consultation and e.kind <> 'system'
    order by e.version desc
    limit 1), false);

-- name: ended_with
-- The consultations of buyers with shops that ended since a moment, the latest few of each. A buyer's conversations are
-- found by two indexes, of those that go on and of those that were merged: else all of the shop would be read.
select t.shop, t.conversation, t.consultation
from unnest(:shops::uuid[], :buyers::uuid[], :sinces::timestamptz[]) with ordinality as w (shop, buyer, since, place)
cross join lateral (
    select s.shop, s.conversation, s.number as consultation
    from (
        select c.id from conversations.conversation as c
        where c.tenant = :tenant and c.shop = w.shop and c.buyer = w.buyer and c.state <> 'merged'
        union all
        select c.id from conversations.conversation as c
        where c.tenant = :tenant and c.shop = w.shop and c.buyer = w.buyer and c.state = 'merged'
    ) as c
    join conversations.consultation as s
        on s.tenant = :tenant and s.shop = w.shop and s.conversation = c.id
    where s.closed_at >= w.since
    order by s.number desc
    limit 5
) as t
order by w.place, t.consultation desc;

-- name: figures
-- Ratings and unsatisfied dialogues of each agent in a time; a consultation counts with its last stars.
with last as (
    select distinct on (r.conversation, r.consultation) r.agent, r.stars
    from learning.rating as r
    where r.tenant = :tenant and r.shop = :shop and r.at >= :since and r.at < :until
    order by r.conversation, r.consultation, r.id desc
), rated as (
    select agent, count(*) as ratings, sum(stars) as stars, count(*) filter (where stars >= :high) as satisfied
    from last
    group by agent
), unsatisfied as (
    select d.agent, count(*) as dialogues,
        count(*) filter (where d.cause = 'operation') as operation,
        count(*) filter (where d.cause = 'information') as information,
        count(*) filter (where d.cause = 'attitude') as attitude,
        count(*) filter (where d.state = 'improved') as improved,
        count(*) filter (where d.state = 'came_back') as came_back
    from learning.dialogue as d
    where d.tenant = :tenant and d.shop = :shop and d.found_at >= :since and d.found_at < :until
        and d.state <> 'set_aside'
    group by d.agent
)
select coalesce(r.agent, u.agent) as agent, coalesce(p.display_name, '') as agent_name,
    coalesce(r.ratings, 0)::int as ratings, coalesce(r.stars, 0)::int as stars,
    coalesce(r.satisfied, 0)::int as satisfied, coalesce(u.dialogues, 0)::int as dialogues,
    coalesce(u.operation, 0)::int as operation, coalesce(u.information, 0)::int as information,
    coalesce(u.attitude, 0)::int as attitude, coalesce(u.improved, 0)::int as improved,
    coalesce(u.came_back, 0)::int as came_back
from rated as r
full join unsatisfied as u on u.agent = r.agent
left join identity.person as p on p.tenant = :tenant and p.id = coalesce(r.agent, u.agent)
order by 1;
