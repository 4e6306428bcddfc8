-- name: insert_dispute
insert into disputes.dispute (
    tenant, id, number, kind, shop, claimant_kind, claimant, respondent_kind, respondent, buyer, purchase, order_number,
    case_id, complaint, conversation, state, version, opened_by, client_id, currency, asked_minor, paid_minor,
    issue_kinds, officer, evidence_until, clock, due_at, rules_at, rules_version, opened_at, moved_at)
values (
    :tenant, :id, :number, :kind, :shop, :claimant_kind, :claimant, :respondent_kind, :respondent, :buyer::uuid,
    :purchase::uuid, :order_number, :case_id::uuid, :complaint::uuid, :conversation::uuid, :state, :version,
    :opened_by::uuid, :client_id::text, :currency, :asked_minor, :paid_minor, :issue_kinds, :officer::uuid,
    :evidence_until::timestamptz, :clock, :due_at, :rules_at, :rules_version, :now, :now)
on conflict do nothing;

-- name: save_dispute
-- Only from the version that was read, under the dispute's lock.
update disputes.dispute
set state = :state, version = version + 1, round = :round, officer = :officer::uuid,
    second_reader = :second_reader::uuid, ruling = :ruling::uuid, outcome = :outcome::text, favour = :favour::text, ready_claimant = :ready_claimant,
    ready_respondent = :ready_respondent, evidence_until = :evidence_until::timestamptz,
    evidence_ended_at = :evidence_ended_at::timestamptz, rest_seconds = :rest_seconds,
    suspended_ground = :suspended_ground::text, clock = :clock::text, due_at = :due_at::timestamptz, stage = :stage,
    moved_at = :moved_at, closed_at = :closed_at::timestamptz
where tenant = :tenant and id = :id and version = :version;

-- name: lock_dispute
select d.id from disputes.dispute as d where d.tenant = :tenant and d.id = :id for no key update;

-- name: find_disputes
-- Some disputes, in the order they were asked for.
select
    d.id, d.number, d.kind, d.shop,
    jsonb_build_object('kind', d.claimant_kind, 'id', d.claimant) as claimant,
    jsonb_build_object('kind', d.respondent_kind, 'id', d.respondent) as respondent,
    d.buyer, d.purchase, d.order_number, d.case_id as case, d.complaint, d.conversation, d.state, d.version, d.round,
    d.opened_by, d.client_id, d.currency, d.asked_minor, d.paid_minor, d.officer, d.second_reader, d.ruling, d.outcome,
    d.favour, d.ready_claimant, d.ready_respondent, d.evidence_until, d.evidence_ended_at, d.rest_seconds,
    d.suspended_ground, d.clock, d.due_at, d.stage, d.rules_at, d.rules_version, d.opened_at, d.moved_at, d.closed_at
from unnest(:ids::uuid[]) with ordinality as w (id, place)
join disputes.dispute as d on d.tenant = :tenant and d.id = w.id
order by w.place;

-- name: find_of_client
select d.id from disputes.dispute as d
where d.tenant = :tenant and d.opened_by = :person and d.client_id = :client_id;

-- name: find_of_case
-- The dispute about a case that is open, or else the last one.
select d.id from disputes.dispute as d
where d.tenant = :tenant and d.case_id = :case_id
order by (d.closed_at is null) desc, d.opened_at desc
limit 1;

-- name: find_of_complaint
select d.id from disputes.dispute as d
where d.tenant = :tenant and d.complaint = :complaint
order by d.opened_at desc
limit 1;

-- name: insert_issues
insert into disputes.issue (
    tenant, dispute, id, place, issue, words, remedy, amount_minor, items, category, stage, standing, rule_row, holder,
    must, shown, silent, refused, due_at, settled, favour, decided_by)
select
    :tenant, :dispute, (i ->> 'id')::uuid, (i ->> 'place')::integer, i ->> 'issue', i ->> 'words', i ->> 'remedy',
    (i ->> 'amount_minor')::bigint,
    array(select e.item::uuid from jsonb_array_elements_text(i -> 'items') as e (item)),
    i ->> 'category', (i ->> 'stage')::integer, i ->> 'standing', i ->> 'row', i ->> 'holder', i ->> 'must',
    i ->> 'shown', i ->> 'silent', i ->> 'refused', (i ->> 'due_at')::timestamptz, (i ->> 'settled')::boolean,
    i ->> 'favour', i ->> 'decided_by'
from jsonb_array_elements(:issues::jsonb) as l (i);

-- name: save_issues
update disputes.issue as n
set stage = (i ->> 'stage')::integer, rule_row = i ->> 'row', holder = i ->> 'holder', must = i ->> 'must',
    shown = i ->> 'shown', silent = i ->> 'silent', refused = i ->> 'refused',
    due_at = (i ->> 'due_at')::timestamptz, settled = (i ->> 'settled')::boolean, favour = i ->> 'favour',
    decided_by = i ->> 'decided_by'
from jsonb_array_elements(:issues::jsonb) as l (i)
where n.tenant = :tenant and n.dispute = :dispute and n.id = (i ->> 'id')::uuid;

-- name: issues
select
    i.id, i.place, i.issue, i.words, i.remedy, i.amount_minor, i.items, i.category, i.stage, i.standing,
    i.rule_row as row, i.holder, i.must, i.shown, i.silent, i.refused, i.due_at, i.settled, i.favour, i.decided_by
from disputes.issue as i
where i.tenant = :tenant and i.dispute = :dispute
order by i.place;

-- name: issues_in_short
-- What some disputes are about, and whose burden it is.
select i.dispute, i.id, i.issue, i.holder, i.settled, i.must
from disputes.issue as i
where i.tenant = :tenant and i.dispute = any(:disputes::uuid[])
order by i.dispute, i.place;

-- name: insert_exhibit
insert into disputes.exhibit (
    tenant, dispute, id, number, side, person, kind, text, files, shows, issues, seal_number, timing, accept, weight,
    rule_row, flag, missing, at)
select
    :tenant, :dispute, :id, coalesce(max(e.number), 0) + 1, :side, :person::uuid, :kind, :text, :files, :shows, :issues,
    :seal_number::text, :timing, :accept, :weight, :rule_row, :flag::text, :missing, :now
from disputes.exhibit as e
where e.tenant = :tenant and e.dispute = :dispute;

-- name: judge_exhibit
update disputes.exhibit set accept = :accept, weight = :weight, judged_by = :person, judged_why = :why
where tenant = :tenant and dispute = :dispute and id = :id;

-- name: exhibits
select
    e.id, e.number, e.side, e.person, e.kind, e.text, e.files, e.shows, e.issues, e.seal_number, e.timing, e.accept,
    e.weight, e.rule_row as row, e.flag, e.missing, e.judged_by, e.judged_why, e.at
from disputes.exhibit as e
where e.tenant = :tenant and e.dispute = :dispute
order by e.number;

-- name: insert_proposal
insert into disputes.proposal (
    tenant, dispute, number, side, person, kind, outcome, amount_minor, back_payer, text, state, claimant_said,
    respondent_said, expires_at, at)
select
    :tenant, :dispute, coalesce(max(p.number), 0) + 1, :side, :person::uuid, :kind, :outcome::text,
    :amount_minor::bigint, :back_payer, :text, 'open', :claimant_said::boolean, :respondent_said::boolean, :expires_at,
    :now
from disputes.proposal as p
where p.tenant = :tenant and p.dispute = :dispute;

-- name: answer_proposal
update disputes.proposal
set state = :state, claimant_said = :claimant_said::boolean, respondent_said = :respondent_said::boolean
where tenant = :tenant and dispute = :dispute and number = :number;

-- name: end_proposal
-- The open proposal, if there is one, is good for nothing any more.
update disputes.proposal set state = :state where tenant = :tenant and dispute = :dispute and state = 'open';

-- name: proposals
select
    p.number, p.side, p.person, p.kind, p.outcome, p.amount_minor, p.back_payer, p.text, p.state, p.claimant_said,
    p.respondent_said, p.expires_at, p.at
from disputes.proposal as p
where p.tenant = :tenant and p.dispute = :dispute
order by p.number;

-- name: insert_happening
insert into disputes.happening (
    tenant, dispute, version, id, at, event, side, person, from_state, state, text, files, body)
values (
    :tenant, :dispute, :version, :id, :at, :event, :side, :person::uuid, :from_state, :state, :text, :files, :body);

-- name: happenings
select h.version, h.at, h.event, h.side, h.person, h.from_state, h.state, h.text, h.files, h.body
from disputes.happening as h
where h.tenant = :tenant and h.dispute = :dispute
order by h.version;

-- name: known_files
-- Which of these files somebody uploaded, in this shop's conversation or in none.
select f.id from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]) and f.person = :person and (f.shop is null or f.shop = :shop);

-- name: find_files
-- What is shown of files.
select f.id, f.name, f.media_type, f.size_bytes, f.width, f.height, f.thumbnail_key is not null as thumbnail
from conversations.file as f
where f.tenant = :tenant and f.id = any(:ids::uuid[]);

-- name: pattern
-- How often buyers were found right about this shop and this kind of issue lately (T-012, L-092).
select count(*)::bigint from disputes.precedent as p
where p.tenant = :tenant and p.shop = :shop and p.kind = :issue and p.made_at > :since and not p.reversed
    and p.outcome in ('refund', 'return_and_refund', 'resend', 'exchange', 'partial', 'compensate');
