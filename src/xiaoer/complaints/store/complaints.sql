-- name: insert_complaint
insert into complaints.complaint (
    tenant, id, number, type, complainant_kind, complainant, accused_kind, accused, shop, buyer, purchase, order_number,
    conversation, items, about, text, asks, asked_minor, currency, danger, evidence, state, version, rung, urgent,
    lodged_by, intake, client_id, clock, due_at, rules_at, rules_version, lodged_at, moved_at)
values (
    :tenant, :id, :number, :type, :complainant_kind, :complainant, :accused_kind, :accused, :shop, :buyer, :purchase,
    :order_number, :conversation, :items, :about, :text, :asks, :asked_minor, :currency, :danger, :evidence, :state,
    :version, :rung, :urgent, :lodged_by, :intake, :client_id, :clock, :due_at, :rules_at, :rules_version, :lodged_at,
    :moved_at);

-- name: save_complaint
update complaints.complaint
set state = :state, version = version + 1, rung = :rung, urgent = :urgent, evidence = :evidence, apology = :apology,
    refusal = :refusal, dispute = :dispute, merged_into = :merged_into, coaching = :coaching, pressed = :pressed,
    clock = :clock, due_at = :due_at, moved_at = :moved_at, closed_at = :closed_at
where tenant = :tenant and id = :id and version = :version;

-- name: lock_complaint
select c.id from complaints.complaint as c where c.tenant = :tenant and c.id = :id for no key update;

-- name: find_complaints
-- Some complaints in the order they were asked for.
select
    c.id, c.number, c.type, c.complainant_kind, c.complainant, c.accused_kind, c.accused, c.shop, c.buyer, c.purchase,
    c.order_number, c.conversation, c.items, c.about, c.text, c.asks, c.asked_minor, c.currency, c.danger, c.evidence,
    c.state, c.version, c.rung, c.urgent, c.lodged_by, c.intake, c.client_id, c.apology, c.refusal, c.dispute,
    c.merged_into, c.coaching, c.pressed, c.clock, c.due_at, c.rules_at, c.rules_version, c.lodged_at, c.moved_at,
    c.closed_at
from unnest(:ids::uuid[]) with ordinality as w (id, place)
join complaints.complaint as c on c.tenant = :tenant and c.id = w.id
order by w.place;

-- name: find_of_client
select c.id from complaints.complaint as c
where c.tenant = :tenant and c.lodged_by = :person and c.client_id = :client_id;

-- name: find_of_dispute
select c.id from complaints.complaint as c where c.tenant = :tenant and c.dispute = :dispute;

-- name: lock_matter
-- One lodging at a time of the same matter: who complains, of whom.
select pg_advisory_xact_lock(hashtextextended(concat(:tenant::uuid, :complainant::uuid, :accused::uuid), 0));

-- name: same_matter
-- Complaints of the same kind by the same of the same about the same, the newest first.
select c.id, c.state, c.evidence, c.lodged_at
from complaints.complaint as c
where c.tenant = :tenant and c.complainant = :complainant and c.accused is not distinct from :accused::uuid
    and c.type = :type and c.purchase is not distinct from :purchase::uuid
    and c.conversation is not distinct from :conversation::uuid and c.about is not distinct from :about::uuid
order by c.lodged_at desc, c.id desc
limit 20;

-- name: counters
-- Open complaints the other way round between the same two.
select c.id from complaints.complaint as c
where c.tenant = :tenant and c.complainant = :accused and c.accused = :complainant
    and (c.closed_at is null or c.lodged_at > :since);

-- name: count_against
-- How many different people have complained of a shop since a moment.
select count(distinct c.complainant)::bigint from complaints.complaint as c
where c.tenant = :tenant and c.accused = :accused and c.lodged_at > :since and c.type <> 'pressure';

-- name: insert_happening
insert into complaints.happening (
    tenant, complaint, version, id, at, event, side, person, from_state, state, text, evidence, files, body)
values (
    :tenant, :complaint, :version, :id, :at, :event, :side, :person, :from_state, :state, :text, :evidence, :files,
    :body);

-- name: happenings
select h.version, h.at, h.event, h.side, h.person, h.from_state, h.state, h.text, h.evidence, h.files, h.body
from complaints.happening as h
where h.tenant = :tenant and h.complaint = :id
order by h.version;

-- name: insert_link
insert into complaints.link (tenant, complaint, other, kind, at)
values (:tenant, :complaint, :other, :kind, :at), (:tenant, :other, :complaint, :kind, :at)
on conflict do nothing;

-- name: links
select l.other as id, c.number, l.kind, c.state
from complaints.link as l
join complaints.complaint as c on c.tenant = l.tenant and c.id = l.other
where l.tenant = :tenant and l.complaint = :id
order by l.at, l.other;

-- name: known_files
-- Which of these files somebody uploaded himself.
select f.id from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]) and f.person = :person;

-- name: pressing
-- What the guard found in the words of one side of a conversation since a moment: message by message.
select e.version, e.at, e.guard
from conversations.entry as e
where e.tenant = :tenant and e.shop = :shop and e.conversation = :conversation and e.at >= :since
    and e.guard is not null and (e.role in ('buyer', 'visitor')) = :by_buyer
order by e.version desc
limit 20;

-- name: insert_call
insert into complaints.call (
    tenant, id, operator, for_kind, for_id, type, purchase, text, caller, expires_at, at)
values (
    :tenant, :id, :operator, :for_kind, :for_id, :type, :purchase, :text, :caller, :expires_at, :at);

-- name: find_call
select
    k.id, k.operator, k.for_kind, k.for_id, k.type, k.purchase, k.text, k.caller, k.expires_at, k.complaint, k.at
from complaints.call as k
where k.tenant = :tenant and k.id = :id;

-- name: use_call
update complaints.call set complaint = :complaint where tenant = :tenant and id = :id and complaint is null;

-- name: talk
-- Whose conversation it is.
select c.shop, c.buyer from conversations.conversation as c where c.tenant = :tenant and c.id = :conversation;

-- name: knows
-- Whether a shop has to do with a buyer: an order, or a conversation.
select exists (
    select from conversations.conversation as c where c.tenant = :tenant and c.shop = :shop and c.buyer = :buyer
) or exists (
    select from orders.purchase as p where p.tenant = :tenant and p.shop = :shop and p.buyer = :buyer
);
