"""The composition root: every door, reaction, timer and topic, each in one list that one eye can see."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec

from xiaoer.after_sale import reactions as after_sale
from xiaoer.after_sale.events import CaseMoved, CaseOpened
from xiaoer.after_sale.http import buyer as my_cases
from xiaoer.after_sale.http import people as people_cases
from xiaoer.after_sale.http import shop as cases
from xiaoer.appeals import reactions as appeals_clocks
from xiaoer.appeals.actions.registry import TARGETS
from xiaoer.appeals.http import parties as appeals
from xiaoer.appeals.http import people as people_appeals
from xiaoer.blocks import reactions as block_clocks
from xiaoer.blocks.http import people as people_blocks
from xiaoer.blocks.http import public as public_blocks
from xiaoer.blocks.http import shop as shop_blocks
from xiaoer.blocks.http import subject as my_blocks
from xiaoer.clocks import http as clocks
from xiaoer.clocks.jobs import Crowd, Ringer, Timer
from xiaoer.compensation import reactions as grants
from xiaoer.compensation.http import people as people_grants
from xiaoer.compensation.http import receiver as my_grants
from xiaoer.compensation.http import shop as shop_grants
from xiaoer.complaints import reactions as complaints
from xiaoer.complaints.events import ComplaintMoved
from xiaoer.complaints.http import buyer as my_complaints
from xiaoer.complaints.http import people as people_complaints
from xiaoer.complaints.http import shop as shop_complaints
from xiaoer.conversations import reactions as conversations
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.held_back import HeldBack
from xiaoer.conversations.actions.seen import Marker
from xiaoer.conversations.events import ConsultationOpened, DeskEntryAdded, EntriesAdded, OffHoursAsked
from xiaoer.conversations.http import (
    buyer,
    canned,
    desk,
    entries,
    figures,
    files,
    guarding,
    live,
    reply_clock,
    scheduled,
    search,
    transcript,
)
from xiaoer.conversations.http import socket as talk
from xiaoer.conversations.jobs import NameWalk
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.disputes import reactions as court_reactions
from xiaoer.disputes.events import DisputeMoved, RulingMade, RulingReversed
from xiaoer.disputes.http import buyer as my_disputes
from xiaoer.disputes.http import jury
from xiaoer.disputes.http import people as court
from xiaoer.disputes.http import shop as disputes
from xiaoer.evidence.http import parties as evidence
from xiaoer.evidence.http import people as evidence_people
from xiaoer.evidence.http import public as evidence_public
from xiaoer.evidence.jobs import DayCloser
from xiaoer.grading import reactions as grading
from xiaoer.grading.http import appeals as score_appeals
from xiaoer.grading.http import samples as grading_samples
from xiaoer.guard import http as guard_doors
from xiaoer.guard.queries import GuardBooks, Proofs
from xiaoer.identity.events import AccessChanged, MembershipEnded, PersonMerged
from xiaoer.identity.http import marketplace, me, team
from xiaoer.identity.jobs import Gatekeeper
from xiaoer.identity.rules import access
from xiaoer.inspection import reactions as inspection
from xiaoer.inspection.events import Inspected
from xiaoer.inspection.http import alerts
from xiaoer.inspection.http import facts as shop_facts
from xiaoer.inspection.http import scores as inspection_scores
from xiaoer.inspection.jobs import NightWatch
from xiaoer.instructions import http as instructions
from xiaoer.instructions import reactions as order_side
from xiaoer.instructions.events import InstructionConfirmed
from xiaoer.instructions.jobs import Sender
from xiaoer.kernel.actor import Actor
from xiaoer.learning import reactions as learning
from xiaoer.learning.events import Rated
from xiaoer.learning.http import buyer as my_ratings
from xiaoer.learning.http import dialogues as unsatisfied
from xiaoer.learning.http import lessons
from xiaoer.ledger import http as ledger
from xiaoer.ledger import queries as ledger_queries
from xiaoer.ledger import reactions as ledger_clocks
from xiaoer.ledger.actions.collecting import Collector
from xiaoer.ledger.actions.paying import Payer
from xiaoer.ledger.events import (
    CollectionDeclined,
    CollectionTaken,
    CollectionWaits,
    PayoutCancelled,
    PayoutFailed,
    PayoutPaid,
    PayoutRetried,
)
from xiaoer.ledger.jobs import PayoutRunner
from xiaoer.measures import http as measures
from xiaoer.measures import reactions as measure_clocks
from xiaoer.measures.queries.standing import Standings
from xiaoer.objections import http as objections
from xiaoer.objections import reactions as objection_clocks
from xiaoer.orders import http as orders
from xiaoer.penalties import http as penalties
from xiaoer.penalties import reactions as penalty_clocks
from xiaoer.penalties.jobs import YearCloser
from xiaoer.plumbing import clock, dead_letters, health, log, migrate
from xiaoer.plumbing.app import App
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.events import Envelope, Event
from xiaoer.plumbing.files import FileStore
from xiaoer.plumbing.health import Health
from xiaoer.plumbing.http import Route, Services, SocketRoute
from xiaoer.plumbing.hub import Hub
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.limits import Budgets, Limits
from xiaoer.plumbing.outbox import Batch, Outbox
from xiaoer.plumbing.pages import Pages
from xiaoer.plumbing.passwords import Passwords
from xiaoer.plumbing.payments import PaymentProvider
from xiaoer.plumbing.payments_development import provider_of
from xiaoer.plumbing.payments_http import HttpPayments
from xiaoer.plumbing.program import Loop
from xiaoer.plumbing.relay import Relay
from xiaoer.plumbing.settings import Settings
from xiaoer.plumbing.socket_rules import MayListen
from xiaoer.plumbing.sockets import Socket
from xiaoer.routing import http as routing
from xiaoer.routing import reactions as agents
from xiaoer.routing.events import AgentChanged
from xiaoer.routing.jobs import Presence
from xiaoer.rulebook.http import notices as rule_notices
from xiaoer.rulebook.http import tables as rule_tables
from xiaoer.rulebook.http import trial as rule_trial
from xiaoer.rulebook.http import values as rulebook
from xiaoer.rulebook.jobs import Serving
from xiaoer.rulebook.queries import Books

SHOP: Final = "/api/v1/shops/{shop}"
SCORE: Final = f"{SHOP}/inspections/{{inspection}}"
OBJECTION: Final = f"{SHOP}/guard/objections/{{objection}}"
PROPOSAL: Final = "/platform/v1/guard/proposals/{proposal}"
SCORE_APPEAL: Final = f"{SHOP}/score-appeals/{{score_appeal}}"
RULE_TABLE_BYTES: Final = 1024 * 1024
TALK: Final = SHOP + "/conversations/{conversation}"
ORDER: Final = SHOP + "/orders/{purchase}"
MY_ORDER: Final = "/public/v1/orders/{purchase}"
ASKED: Final = SHOP + "/instructions/{instruction}"
MINE: Final = "/public/v1/conversations/{conversation}"
CASE: Final = SHOP + "/cases/{case}"
APPEAL: Final = SHOP + "/appeals/{appeal}"
MY_APPEAL: Final = "/public/v1/me/appeals/{appeal}"
ANY_APPEAL: Final = "/platform/v1/appeals/{appeal}"
GRANTS: Final = "/platform/v1/compensation"
MY_BLOCKS: Final = "/public/v1/me/blocks"
BLOCKS: Final = "/platform/v1/blocks"
AGAINST: Final = SHOP + "/blocks-against"
MY_GRANTS: Final = "/public/v1/me/compensation"
MY_CASE: Final = "/public/v1/cases/{case}"
DISPUTE: Final = SHOP + "/disputes/{dispute}"
MY_DISPUTE: Final = "/public/v1/me/disputes/{dispute}"
THE_DISPUTE: Final = "/platform/v1/disputes/{dispute}"
COMPLAINT: Final = SHOP + "/complaints/{complaint}"
MY_COMPLAINT: Final = "/public/v1/me/complaints/{complaint}"
THE_COMPLAINT: Final = "/platform/v1/complaints/{complaint}"
IMPORT_MAX_BYTES: Final = 4 * 2**30
IMPORT_SECONDS: Final = 3600.0
PRESENCE_GRACE: Final = timedelta(seconds=45)

# ── the socket: which topics there are, and what is done with a frame ────


class _AtTheDesk:
    """Whose sockets count as being at work: agents and managers, in each of their shops."""

    def __init__(self, services: Services) -> None:
        self._presence = services.service(Presence)

    async def connected(self, actor: Actor) -> None:
        for shop in _desks(actor):
            await self._presence.connected(actor.tenant, shop, actor.person)

    def disconnected(self, actor: Actor) -> None:
        for shop in _desks(actor):
            self._presence.disconnected(actor.tenant, shop, actor.person)


def _desks(actor: Actor) -> tuple[UUID, ...]:
    return actor.shops if actor.role in {"agent", "manager"} else ()


TOPICS: Final[Mapping[str, MayListen]] = talk.TOPICS
SOCKET: Final = Socket(TOPICS, talk.FRAMES, presence=_AtTheDesk, leave=talk.leave)

# ── doors: method, path, handler, deed ───────────────────────────────────

ROUTES: Final[tuple[Route | SocketRoute, ...]] = (
    # oneself
    Route("POST", "/public/v1/sign-in", me.sign_in, None),
    Route("POST", "/public/v1/sign-out", me.sign_out, None),
    Route("POST", "/public/v1/sign-out-everywhere", me.sign_out_everywhere, "me.write"),
    Route("GET", "/public/v1/me", me.get_me, "me.read"),
    Route("PATCH", "/public/v1/me", me.patch_me, "me.write"),
    Route("POST", "/public/v1/me/password", me.post_password, "me.write"),
    Route("GET", "/public/v1/me/sessions", me.list_sessions, "me.write"),
    Route("DELETE", "/public/v1/me/sessions/{session}", me.delete_session, "me.write"),
    Route("POST", "/public/v1/identify", me.identify, None, status=201),
    Route("POST", "/public/v1/visit", me.visit, None, status=201),
    Route("GET", "/public/v1/marketplaces/{slug}", me.get_marketplace, None),
    # the marketplace
    Route("GET", "/platform/v1/marketplace", marketplace.get_marketplace, "marketplace.read"),
    Route("PATCH", "/platform/v1/marketplace", marketplace.patch_marketplace, "marketplace.write"),
    Route("GET", "/platform/v1/marketplace/widget-key", marketplace.get_widget_key, "marketplace.key"),
    Route(
        "POST", "/platform/v1/marketplace/widget-key/rotate", marketplace.post_widget_key, "marketplace.key"
    ),
    Route("GET", "/platform/v1/shops", marketplace.list_shops, "shops.read"),
    Route("POST", "/platform/v1/shops", marketplace.post_shop, "shops.write", status=201),
    Route("GET", "/platform/v1/shops/{shop}", marketplace.get_shop, "shops.read"),
    Route("PATCH", "/platform/v1/shops/{shop}", marketplace.patch_shop, "shops.write"),
    Route("GET", "/platform/v1/people", marketplace.list_people, "people.read"),
    Route("POST", "/platform/v1/people", marketplace.post_person, "people.write", status=201),
    Route("GET", "/platform/v1/people/{person}", marketplace.get_person, "people.read"),
    Route("PATCH", "/platform/v1/people/{person}", marketplace.patch_person, "people.write"),
    Route("POST", "/platform/v1/people/{person}/password", marketplace.post_person_password, "people.write"),
    Route(
        "POST",
        "/platform/v1/people/{person}/sign-out-everywhere",
        marketplace.post_person_sign_out,
        "people.write",
    ),
    Route("GET", "/platform/v1/tokens", marketplace.list_tokens, "tokens.read"),
    Route("GET", "/platform/v1/token-scopes", marketplace.list_scopes, "tokens.read"),
    Route("POST", "/platform/v1/tokens", marketplace.post_token, "tokens.write", status=201),
    Route("DELETE", "/platform/v1/tokens/{token}", marketplace.delete_token, "tokens.write"),
    Route("GET", "/platform/v1/dead-letters", dead_letters.list_letters, "dead_letters.read"),
    Route(
        "POST", "/platform/v1/dead-letters/retry", dead_letters.post_retry, "dead_letters.write", status=200
    ),
    Route("POST", "/platform/v1/dead-letters/drop", dead_letters.post_drop, "dead_letters.write", status=200),
    Route("GET", f"{SHOP}/team", team.list_team, "team.read"),
    Route("POST", f"{SHOP}/team", team.post_member, "team.write", status=201),
    Route("PATCH", f"{SHOP}/team/{{person}}", team.patch_member, "team.write"),
    Route("DELETE", f"{SHOP}/team/{{person}}", team.delete_member, "team.write"),
    # orders
    Route("GET", "/public/v1/orders", orders.list_my_orders, "my_orders.read"),
    Route("GET", "/public/v1/orders/{purchase}", instructions.get_my_order, "my_orders.read"),
    Route("GET", "/public/v1/shops", orders.list_open_shops, "shops.browse"),
    Route("GET", "/public/v1/shops/{shop}/products", orders.list_goods, "products.browse"),
    Route("GET", f"{SHOP}/orders", orders.list_orders, "orders.read"),
    Route("GET", f"{SHOP}/orders/{{purchase}}", instructions.get_order, "orders.read"),
    Route("GET", f"{SHOP}/products", orders.list_products, "products.read"),
    Route("GET", f"{SHOP}/products/{{product}}", orders.get_product, "products.read"),
    Route(
        "POST",
        "/platform/v1/imports",
        orders.post_import,
        "imports.write",
        body_max_bytes=IMPORT_MAX_BYTES,
        timeout_seconds=IMPORT_SECONDS,
    ),
    Route(
        "POST",
        f"{SHOP}/imports",
        orders.post_shop_import,
        "imports.write",
        body_max_bytes=IMPORT_MAX_BYTES,
        timeout_seconds=IMPORT_SECONDS,
    ),
    # changes asked of the order side
    Route("GET", f"{ORDER}/instructions", instructions.list_instructions, "orders.read"),
    Route("GET", f"{ASKED}/why", instructions.get_why, "orders.read"),
    Route("POST", f"{ORDER}/cancel", instructions.post_cancel, "orders.change", may_wait=True),
    Route("POST", f"{ORDER}/address", instructions.post_address, "orders.change", may_wait=True),
    Route("POST", f"{ORDER}/items", instructions.post_items, "orders.change", may_wait=True),
    Route("POST", f"{ORDER}/payment", instructions.post_payment, "orders.change", may_wait=True),
    Route("GET", f"{SHOP}/buyers/{{buyer}}", instructions.get_buyer, "buyers.read"),
    Route(
        "POST",
        f"{SHOP}/buyers/{{buyer}}/address",
        instructions.post_buyer_address,
        "buyers.change",
        may_wait=True,
    ),
    Route(
        "GET", "/platform/v1/marketplace/order-side-key", instructions.get_order_side_key, "marketplace.key"
    ),
    Route("GET", f"{SHOP}/instructions", instructions.list_stuck, "instructions.settle"),
    Route("POST", f"{ASKED}/answer", instructions.post_answer, "instructions.settle"),
    Route("POST", f"{ASKED}/again", instructions.post_again, "instructions.settle", may_wait=True),
    Route("POST", f"{ASKED}/withdraw", instructions.post_withdraw, "instructions.settle"),
    Route("POST", f"{MY_ORDER}/cancel", instructions.post_my_cancel, "my_orders.change", may_wait=True),
    Route("POST", f"{MY_ORDER}/address", instructions.post_my_address, "my_orders.change", may_wait=True),
    Route("POST", f"{MY_ORDER}/items", instructions.post_my_items, "my_orders.change", may_wait=True),
    Route("POST", f"{MY_ORDER}/payment", instructions.post_my_payment, "my_orders.change", may_wait=True),
    Route(
        "POST",
        f"{MY_ORDER}/instructions/{{instruction}}/pay",
        instructions.post_my_top_up,
        "my_orders.change",
        may_wait=True,
    ),
    Route(
        "POST",
        f"{MY_ORDER}/instructions/{{instruction}}/withdraw",
        instructions.post_my_withdrawal,
        "my_orders.change",
    ),
    Route("GET", "/public/v1/profile", instructions.get_my_profile, "my_profile.read"),
    Route(
        "POST",
        "/public/v1/profile/address",
        instructions.post_my_profile_address,
        "my_profile.change",
        may_wait=True,
    ),
    # after-sale, for the buyer
    Route("GET", f"{MY_ORDER}/harms", my_cases.list_harms, "my_cases.read"),
    Route("GET", f"{MY_ORDER}/harms/why", my_cases.get_harms_why, "my_cases.read"),
    Route("GET", f"{ORDER}/harms", cases.list_harms, "cases.read"),
    Route("GET", f"{ORDER}/harms/why", cases.get_harms_why, "cases.read"),
    Route("POST", f"{MY_ORDER}/cases", my_cases.post_case, "my_cases.ask", status=201),
    Route("POST", f"{MY_ORDER}/cases/quote", my_cases.post_quote, "my_cases.read"),
    Route("GET", "/public/v1/cases", my_cases.list_cases, "my_cases.read"),
    Route("GET", MY_CASE, my_cases.get_case, "my_cases.read"),
    Route("GET", f"{MY_CASE}/why", my_cases.get_why, "my_cases.read"),
    Route("POST", f"{MY_CASE}/accept", my_cases.post_accept, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/ask", my_cases.post_ask, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/withdraw", my_cases.post_withdraw, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/call-people", my_cases.post_call_people, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/send-back", my_cases.post_send_back, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/pay", my_cases.post_pay, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/accept-deduction", my_cases.post_accept_deduction, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/receive", my_cases.post_receive, "my_cases.ask"),
    Route("POST", f"{MY_CASE}/follow-up", my_cases.post_follow_up, "my_cases.ask"),
    # after-sale, for the shop
    Route("POST", f"{ORDER}/cases", cases.post_case, "cases.open", status=201),
    Route("POST", f"{ORDER}/cases/quote", cases.post_quote, "cases.read"),
    Route("GET", f"{SHOP}/cases", cases.list_cases, "cases.read"),
    Route("GET", f"{SHOP}/cases/board", cases.get_board, "cases.read"),
    Route("GET", f"{SHOP}/case-figures", cases.get_figures, "figures.read"),
    Route("POST", f"{SHOP}/cases/agree", cases.post_agree_many, "cases.answer"),
    Route("GET", CASE, cases.get_case, "cases.read"),
    Route("GET", f"{CASE}/why", cases.get_why, "cases.read"),
    Route("POST", f"{CASE}/agree", cases.post_agree, "cases.answer"),
    Route("POST", f"{CASE}/offer", cases.post_offer, "cases.answer"),
    Route("POST", f"{CASE}/refuse", cases.post_refuse, "cases.answer"),
    Route("PUT", f"{CASE}/return-address", cases.put_return_address, "cases.answer"),
    Route("POST", f"{CASE}/arrived", cases.post_arrived, "cases.answer"),
    Route("POST", f"{CASE}/inspect", cases.post_inspect, "cases.answer"),
    Route("POST", f"{CASE}/send-out", cases.post_send_out, "cases.answer"),
    Route("POST", f"{CASE}/repaid", cases.post_repaid, "cases.answer"),
    Route("POST", f"{SHOP}/carrier-events", cases.post_carrier_event, "cases.carrier"),
    # after-sale, for people of the marketplace
    Route("GET", "/platform/v1/cases", people_cases.list_cases, "cases.look"),
    Route("GET", "/platform/v1/cases/{case}", people_cases.get_case, "cases.look"),
    Route("GET", "/platform/v1/cases/{case}/why", people_cases.get_why, "cases.look"),
    Route("POST", "/platform/v1/cases/{case}/decide", people_cases.post_decide, "cases.decide"),
    # appeals
    Route("GET", "/public/v1/me/appeals", appeals.list_my_appeals, "my_appeals.read"),
    Route("POST", "/public/v1/me/appeals", appeals.post_my_appeal, "my_appeals.lodge", status=201),
    Route("GET", "/public/v1/me/appeals/right", appeals.get_my_right, "my_appeals.read"),
    Route("GET", MY_APPEAL, appeals.get_my_appeal, "my_appeals.read"),
    Route("GET", f"{MY_APPEAL}/why", appeals.get_my_why, "my_appeals.read"),
    Route("POST", f"{MY_APPEAL}/add", appeals.post_my_add, "my_appeals.lodge"),
    Route("POST", f"{MY_APPEAL}/withdraw", appeals.post_my_withdraw, "my_appeals.lodge"),
    Route("GET", f"{SHOP}/appeals", appeals.list_appeals, "appeals.read"),
    Route("POST", f"{SHOP}/appeals", appeals.post_appeal, "appeals.lodge", status=201),
    Route("GET", f"{SHOP}/appeals/right", appeals.get_right, "appeals.read"),
    Route("GET", APPEAL, appeals.get_appeal, "appeals.read"),
    Route("GET", f"{APPEAL}/why", appeals.get_why, "appeals.read"),
    Route("POST", f"{APPEAL}/add", appeals.post_add, "appeals.lodge"),
    Route("POST", f"{APPEAL}/withdraw", appeals.post_withdraw, "appeals.lodge"),
    Route("GET", "/platform/v1/appeals", people_appeals.list_appeals, "appeals.look"),
    Route("GET", ANY_APPEAL, people_appeals.get_appeal, "appeals.look"),
    Route("GET", f"{ANY_APPEAL}/why", people_appeals.get_why, "appeals.look"),
    Route("POST", f"{ANY_APPEAL}/admit", people_appeals.post_admit, "appeals.decide"),
    Route("POST", f"{ANY_APPEAL}/take", people_appeals.post_take, "appeals.decide"),
    Route("POST", f"{ANY_APPEAL}/assign", people_appeals.post_assign, "appeals.assign"),
    Route("POST", f"{ANY_APPEAL}/step-aside", people_appeals.post_step_aside, "appeals.decide"),
    Route("POST", f"{ANY_APPEAL}/ask-more", people_appeals.post_ask_more, "appeals.decide"),
    Route("POST", f"{ANY_APPEAL}/suspend", people_appeals.post_suspend, "appeals.decide"),
    Route("POST", f"{ANY_APPEAL}/resume", people_appeals.post_resume, "appeals.decide"),
    Route("POST", f"{ANY_APPEAL}/decide", people_appeals.post_decide, "appeals.decide"),
    Route("GET", "/platform/v1/appeal-figures", people_appeals.get_figures, "appeals.figures"),
    Route("GET", "/platform/v1/appeal-alerts", people_appeals.list_alerts, "appeals.figures"),
    Route("POST", "/platform/v1/appeal-alerts/{alert}/seen", people_appeals.post_seen, "appeals.figures"),
    # disputes, for the buyer
    Route("POST", f"{MY_CASE}/dispute", my_disputes.post_dispute, "my_disputes.speak", status=201),
    Route("GET", "/public/v1/me/disputes", my_disputes.list_disputes, "my_disputes.read"),
    Route("GET", MY_DISPUTE, my_disputes.get_dispute, "my_disputes.read"),
    Route("GET", f"{MY_DISPUTE}/why", my_disputes.get_why, "my_disputes.read"),
    Route("GET", "/public/v1/me/rulings/{ruling}/why", my_disputes.get_ruling_why, "my_disputes.read"),
    Route("POST", f"{MY_DISPUTE}/say", my_disputes.post_say, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/show", my_disputes.post_show, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/ready", my_disputes.post_ready, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/propose", my_disputes.post_propose, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/proposals/{{number}}/answer", my_disputes.post_answer, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/withdraw", my_disputes.post_withdraw, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/suspend", my_disputes.post_suspend, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/prove-court", my_disputes.post_prove_court, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/resume", my_disputes.post_resume, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/challenge", my_disputes.post_challenge, "my_disputes.speak"),
    Route("POST", f"{MY_DISPUTE}/execute", my_disputes.post_execute, "my_disputes.speak"),
    Route("GET", "/public/v1/me/jury", jury.get_service, "my_jury.serve"),
    Route("PUT", "/public/v1/me/jury", jury.put_service, "my_jury.serve"),
    Route("GET", "/public/v1/me/jury/{dispute}", jury.get_brief, "my_jury.serve"),
    Route("POST", "/public/v1/me/jury/{dispute}/vote", jury.post_vote, "my_jury.serve"),
    # disputes, for the shop
    Route("POST", f"{CASE}/dispute", disputes.post_dispute, "disputes.speak", status=201),
    Route("GET", f"{SHOP}/disputes", disputes.list_disputes, "disputes.read"),
    Route("GET", DISPUTE, disputes.get_dispute, "disputes.read"),
    Route("GET", f"{DISPUTE}/why", disputes.get_why, "disputes.read"),
    Route("GET", f"{SHOP}/rulings/{{ruling}}/why", disputes.get_ruling_why, "disputes.read"),
    Route("POST", f"{DISPUTE}/say", disputes.post_say, "disputes.speak"),
    Route("POST", f"{DISPUTE}/show", disputes.post_show, "disputes.speak"),
    Route("POST", f"{DISPUTE}/ready", disputes.post_ready, "disputes.speak"),
    Route("POST", f"{DISPUTE}/propose", disputes.post_propose, "disputes.speak"),
    Route("POST", f"{DISPUTE}/proposals/{{number}}/answer", disputes.post_answer, "disputes.speak"),
    Route("POST", f"{DISPUTE}/withdraw", disputes.post_withdraw, "disputes.speak"),
    Route("POST", f"{DISPUTE}/suspend", disputes.post_suspend, "disputes.speak"),
    Route("POST", f"{DISPUTE}/prove-court", disputes.post_prove_court, "disputes.speak"),
    Route("POST", f"{DISPUTE}/resume", disputes.post_resume, "disputes.speak"),
    Route("POST", f"{DISPUTE}/challenge", disputes.post_challenge, "disputes.speak"),
    Route("POST", f"{DISPUTE}/execute", disputes.post_execute, "disputes.speak"),
    # disputes, for people of the marketplace
    Route("GET", "/platform/v1/disputes", court.list_disputes, "disputes.look"),
    Route("GET", THE_DISPUTE, court.get_dispute, "disputes.look"),
    Route("GET", f"{THE_DISPUTE}/why", court.get_why, "disputes.look"),
    Route("GET", "/platform/v1/rulings/{ruling}/why", court.get_ruling_why, "disputes.look"),
    Route("GET", f"{THE_DISPUTE}/draft", court.get_draft, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/ask", court.post_ask, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/propose", court.post_propose, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/weigh", court.post_weigh, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/refused", court.post_refused, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/rule", court.post_rule, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/read", court.post_read, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/execute", court.post_execute, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/recuse", court.post_recuse, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/jury", court.post_jury, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/suspend", court.post_suspend, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/resume", court.post_resume, "disputes.judge"),
    Route("POST", f"{THE_DISPUTE}/assign", court.post_assign, "disputes.assign"),
    Route("GET", "/platform/v1/rulings/{ruling}", court.get_ruling, "disputes.look"),
    Route("GET", "/platform/v1/dispute-officers", court.list_officers, "disputes.look"),
    Route("PUT", "/platform/v1/dispute-officers/{person}", court.put_officer, "disputes.officers"),
    # the rulebook
    Route("GET", f"{SHOP}/rulebook", rulebook.get_shop_rulebook, "rulebook.read"),
    Route("PUT", f"{SHOP}/rulebook/{{name}}", rulebook.put_shop_value, "rulebook.write"),
    Route("GET", f"{SHOP}/rulebook/{{name}}/history", rulebook.get_shop_history, "rulebook.read"),
    Route("GET", "/platform/v1/rulebook", rulebook.get_marketplace_rulebook, "rulebook.read"),
    Route("PUT", "/platform/v1/rulebook/{name}", rulebook.put_marketplace_value, "rulebook.write"),
    Route("GET", "/platform/v1/rulebook/{name}/history", rulebook.get_marketplace_history, "rulebook.read"),
    Route("GET", f"{SHOP}/tables", rule_tables.list_shop_tables, "rulebook.read"),
    Route("GET", f"{SHOP}/tables/{{name}}", rule_tables.get_shop_table, "rulebook.read"),
    Route("GET", "/platform/v1/tables", rule_tables.list_tables, "rulebook.read"),
    Route("GET", "/platform/v1/tables/{name}", rule_tables.get_table, "rulebook.read"),
    Route("GET", "/platform/v1/tables/{name}/history", rule_tables.list_table_history, "rulebook.read"),
    Route(
        "POST",
        "/platform/v1/tables/{name}/check",
        rule_tables.post_check,
        "tables.draft",
        body_max_bytes=RULE_TABLE_BYTES,
    ),
    Route(
        "POST",
        "/platform/v1/tables/{name}/what-if",
        rule_tables.post_what_if,
        "tables.draft",
        body_max_bytes=RULE_TABLE_BYTES,
    ),
    Route(
        "POST",
        "/platform/v1/tables/{name}/try",
        rule_trial.post_trial,
        "tables.draft",
        body_max_bytes=RULE_TABLE_BYTES,
    ),
    Route("POST", f"{SHOP}/tables/{{name}}/try", rule_trial.post_shop_trial, "rulebook.read"),
    Route(
        "PUT",
        "/platform/v1/tables/{name}",
        rule_tables.put_table,
        "tables.write",
        body_max_bytes=RULE_TABLE_BYTES,
    ),
    Route("GET", "/platform/v1/profiles", rule_notices.list_profiles, "rulebook.read"),
    Route("GET", "/platform/v1/profiles/{profile}", rule_notices.get_profile_preview, "rulebook.read"),
    Route("PUT", "/platform/v1/profile", rule_notices.put_profile, "tables.write"),
    Route("GET", "/public/v1/marketplaces/{slug}/rule-changes", rule_notices.list_rule_changes, None),
    # calendars
    Route("GET", f"{SHOP}/calendar", clocks.get_calendar, "calendar.read"),
    Route("PUT", f"{SHOP}/calendar", clocks.put_calendar, "calendar.write"),
    Route("GET", f"{SHOP}/calendar/preview", clocks.get_openings, "calendar.read"),
    Route("GET", f"{SHOP}/response-profiles", clocks.list_profiles, "figures.read"),
    # money
    Route("GET", f"{SHOP}/funds", ledger.get_funds, "funds.read"),
    Route("GET", f"{SHOP}/funds/statement", ledger.list_statement, "funds.read"),
    Route("GET", f"{SHOP}/payouts", ledger.list_payouts, "payouts.read"),
    Route("GET", f"{SHOP}/payouts/{{payout}}", ledger.get_payout, "payouts.read"),
    Route("POST", "/platform/v1/shops/{shop}/funds/top-ups", ledger.post_top_up, "funds.write", status=201),
    Route(
        "POST",
        "/platform/v1/shops/{shop}/funds/top-ups/{top_up}/reverse",
        ledger.post_reversal,
        "funds.write",
    ),
    Route("GET", "/platform/v1/payouts", ledger.list_open_payouts, "payouts.decide"),
    Route("POST", "/platform/v1/payouts/{payout}/retry", ledger.post_retry, "payouts.decide"),
    Route("POST", "/platform/v1/payouts/{payout}/cancel", ledger.post_cancel, "payouts.decide"),
    Route("GET", "/platform/v1/marketplace/payments-key", ledger.get_payments_key, "marketplace.key"),
    Route("POST", "/public/v1/payments/{marketplace}/news", ledger.post_news, None),
    Route("GET", "/platform/v1/ledger", ledger.get_audit, "ledger.audit"),
    Route("GET", "/platform/v1/ledger/reconciliation", ledger.get_reconciliation, "ledger.audit"),
    # queues and agents
    Route("GET", f"{SHOP}/queues", routing.list_queues, "queues.read"),
    Route("POST", f"{SHOP}/queues", routing.post_queue, "queues.write", status=201),
    Route("PUT", f"{SHOP}/queues/{{queue}}", routing.put_queue, "queues.write"),
    Route("DELETE", f"{SHOP}/queues/{{queue}}", routing.delete_queue, "queues.write"),
    Route("PUT", f"{SHOP}/queues/{{queue}}/members", routing.put_members, "queues.write"),
    Route("GET", f"{SHOP}/agents", routing.list_agents, "agents.read"),
    Route("PATCH", f"{SHOP}/agents/{{person}}", routing.patch_agent, "agents.write"),
    Route("GET", f"{SHOP}/agents/me", routing.get_my_agent, "agents.state"),
    Route("PUT", f"{SHOP}/agents/me/state", routing.put_my_state, "agents.state"),
    # conversations, for their buyer
    Route("GET", "/public/v1/conversations", buyer.list_conversations, "conversations.read"),
    Route("POST", "/public/v1/shops/{shop}/conversation", buyer.post_conversation, "conversations.open"),
    Route("GET", MINE, buyer.get_conversation, "conversations.read"),
    Route("GET", f"{MINE}/place", buyer.get_place, "conversations.read"),
    Route("GET", f"{MINE}/entries", buyer.list_entries, "conversations.read"),
    Route("POST", f"{MINE}/entries", buyer.post_entry, "conversations.send", status=201),
    Route("POST", f"{MINE}/entries/{{version}}/recall", buyer.post_recall, "conversations.recall"),
    Route("POST", f"{MINE}/seen", buyer.post_seen, "conversations.seen"),
    # conversations, for the desk
    Route("GET", f"{SHOP}/conversations", entries.list_conversations, "conversations.read"),
    Route("POST", f"{SHOP}/conversations", entries.post_conversation, "conversations.start"),
    Route("GET", TALK, entries.get_conversation, "conversations.read"),
    Route("GET", f"{TALK}/buyer", entries.get_buyer, "conversations.read"),
    Route("GET", f"{TALK}/entries", entries.list_entries, "conversations.read"),
    Route("POST", f"{TALK}/entries", entries.post_entry, "conversations.send", status=201),
    Route("POST", f"{TALK}/red-packets", entries.post_packet, "compensation.packet", status=201),
    Route("POST", f"{TALK}/entries/{{version}}/recall", entries.post_recall, "conversations.recall"),
    Route("POST", f"{TALK}/seen", entries.post_seen, "conversations.seen"),
    Route("GET", f"{TALK}/desk-entries", entries.list_desk_entries, "conversations.read"),
    Route("GET", f"{TALK}/reply-clock/why", reply_clock.get_why, "conversations.read"),
    SocketRoute("/socket", SOCKET),
    # the desk
    Route("POST", f"{TALK}/take", desk.post_take, "conversations.take"),
    Route("POST", f"{TALK}/assign", desk.post_assign, "conversations.assign"),
    Route("POST", f"{TALK}/transfer", desk.post_transfer, "conversations.transfer"),
    Route("POST", f"{TALK}/release", desk.post_release, "conversations.release"),
    Route("POST", f"{TALK}/snooze", desk.post_snooze, "conversations.snooze"),
    Route("POST", f"{TALK}/wake", desk.post_wake, "conversations.snooze"),
    Route("POST", f"{TALK}/close", desk.post_close, "conversations.close"),
    Route("POST", f"{TALK}/reopen", desk.post_reopen, "conversations.reopen"),
    Route("POST", f"{TALK}/share", desk.post_share, "conversations.share"),
    Route("POST", f"{TALK}/merge", desk.post_merge, "conversations.merge"),
    Route("POST", f"{TALK}/step-in", desk.post_step_in, "conversations.step_in"),
    Route("POST", f"{TALK}/whisper", desk.post_whisper, "conversations.whisper"),
    Route("POST", f"{TALK}/notes", desk.post_note, "conversations.note"),
    Route("PUT", f"{TALK}/tags", desk.put_tags, "conversations.tag"),
    Route("GET", f"{TALK}/draft", desk.get_draft, "conversations.draft"),
    Route("PUT", f"{TALK}/draft", desk.put_draft, "conversations.draft"),
    Route("GET", f"{TALK}/scheduled", scheduled.list_scheduled, "conversations.schedule"),
    Route("POST", f"{TALK}/scheduled", scheduled.post_scheduled, "conversations.schedule", status=201),
    Route("DELETE", f"{TALK}/scheduled/{{scheduled}}", scheduled.delete_scheduled, "conversations.schedule"),
    Route(
        "GET",
        f"{TALK}/transcript",
        transcript.get_transcript,
        "conversations.transcript",
        timeout_seconds=600,
    ),
    Route("POST", f"{TALK}/mentions/read", desk.post_mentions_read, "mentions.read"),
    Route("GET", f"{SHOP}/mentions", desk.list_mentions, "mentions.read"),
    Route("GET", f"{SHOP}/tags", desk.list_tags, "conversations.tag"),
    Route("GET", f"{SHOP}/search", search.get_search, "conversations.search"),
    Route("GET", f"{SHOP}/search/buyers", search.get_buyers_found, "conversations.search"),
    Route("GET", f"{SHOP}/live", live.get_live, "live.read"),
    Route("GET", f"{SHOP}/response-figures", figures.get_response_figures, "figures.read"),
    Route("GET", f"{SHOP}/canned", canned.list_canned, "canned.read"),
    Route("POST", f"{SHOP}/canned", canned.post_canned, "canned.write", status=201),
    Route("PUT", f"{SHOP}/canned/{{canned}}", canned.put_canned, "canned.write"),
    Route("DELETE", f"{SHOP}/canned/{{canned}}", canned.delete_canned, "canned.write"),
    Route("POST", f"{SHOP}/canned/{{canned}}/fill", canned.post_fill, "conversations.draft"),
    Route("POST", f"{SHOP}/guard/review", guarding.post_review, "guard.review"),
    Route("POST", f"{SHOP}/guard/shadow", guarding.post_shadow, "rulebook.write"),
    Route("POST", f"{SHOP}/guard/provable", guarding.post_provable, "guard.prove"),
    Route("POST", f"{SHOP}/guard/proofs", guarding.post_proof, "guard.prove", status=201),
    Route("GET", f"{SHOP}/guard/proofs", guard_doors.list_proofs, "guard.proofs"),
    Route("POST", f"{SHOP}/guard/proofs/{{proof}}/end", guard_doors.post_proof_end, "guard.proofs_end"),
    Route("POST", f"{SHOP}/guard/told", guard_doors.post_told, "guard.told"),
    Route("GET", f"{SHOP}/guard/heeding", guard_doors.get_heeding, "guard.heeding"),
    Route("GET", "/platform/v1/guard/heeding", guard_doors.get_all_heeding, "guard.heeding_all"),
    # objections to what the guard held back
    Route("POST", f"{SHOP}/guard/objections", objections.post_objection, "objections.lodge", status=201),
    Route("GET", f"{SHOP}/guard/objections", objections.list_objections, "objections.read"),
    Route("POST", f"{OBJECTION}/withdrawal", objections.post_withdrawal, "objections.lodge"),
    Route("POST", f"{OBJECTION}/decision", objections.post_decision, "objections.decide"),
    Route("GET", "/platform/v1/guard/objections", objections.list_all_objections, "objections.look"),
    Route(
        "POST",
        "/platform/v1/guard/objections/{objection}/decision",
        objections.post_any_decision,
        "objections.judge",
    ),
    Route("GET", "/platform/v1/guard/proposals", objections.list_proposals, "objections.look"),
    Route("POST", f"{PROPOSAL}/trial", objections.post_trial, "objections.try"),
    Route("POST", f"{PROPOSAL}/acceptance", objections.post_acceptance, "objections.accept"),
    Route("POST", f"{PROPOSAL}/refusal", objections.post_refusal, "objections.accept"),
    # blocks
    Route("GET", MY_BLOCKS, my_blocks.list_mine, "my_blocks.read"),
    Route("GET", f"{MY_BLOCKS}/{{block}}", my_blocks.get_mine, "my_blocks.read"),
    Route("GET", f"{MY_BLOCKS}/{{block}}/why", my_blocks.get_why, "my_blocks.read"),
    Route("POST", f"{MY_BLOCKS}/{{block}}/statement", my_blocks.post_statement, "my_blocks.answer"),
    Route("POST", f"{MY_BLOCKS}/{{block}}/ask", my_blocks.post_ask, "my_blocks.answer"),
    Route("POST", f"{MY_BLOCKS}/{{block}}/receipts", my_blocks.post_receipt, "my_blocks.answer"),
    Route("GET", AGAINST, my_blocks.list_against, "blocks.read"),
    Route("GET", f"{AGAINST}/{{block}}", my_blocks.get_against, "blocks.read"),
    Route("POST", f"{AGAINST}/{{block}}/statement", my_blocks.post_shop_statement, "blocks.answer"),
    Route("POST", f"{AGAINST}/{{block}}/ask", my_blocks.post_shop_ask, "blocks.answer"),
    Route("POST", f"{AGAINST}/{{block}}/receipts", my_blocks.post_shop_receipt, "blocks.answer"),
    Route("GET", f"{SHOP}/blocks", shop_blocks.list_blocks, "blocks.read"),
    Route("POST", f"{SHOP}/blocks", shop_blocks.post_block, "blocks.propose", status=201),
    Route("GET", f"{SHOP}/blocks/{{block}}", shop_blocks.get_block, "blocks.read"),
    Route("GET", f"{SHOP}/blocks/{{block}}/why", shop_blocks.get_why, "blocks.read"),
    Route("POST", f"{SHOP}/blocks/{{block}}/approve", shop_blocks.post_approve, "blocks.approve"),
    Route("POST", f"{SHOP}/blocks/{{block}}/refuse", shop_blocks.post_refuse, "blocks.approve"),
    Route("POST", f"{SHOP}/blocks/{{block}}/withdraw", shop_blocks.post_withdraw, "blocks.propose"),
    Route("POST", f"{SHOP}/blocks/{{block}}/lift", shop_blocks.post_lift, "blocks.approve"),
    Route("GET", BLOCKS, people_blocks.list_blocks, "blocks.look"),
    Route("POST", BLOCKS, people_blocks.post_block, "blocks.decide", status=201),
    Route("GET", f"{BLOCKS}/{{block}}", people_blocks.get_block, "blocks.look"),
    Route("GET", f"{BLOCKS}/{{block}}/why", people_blocks.get_why, "blocks.look"),
    Route("POST", f"{BLOCKS}/{{block}}/approve", people_blocks.post_approve, "blocks.decide"),
    Route("POST", f"{BLOCKS}/{{block}}/refuse", people_blocks.post_refuse, "blocks.decide"),
    Route("POST", f"{BLOCKS}/{{block}}/withdraw", people_blocks.post_withdraw, "blocks.decide"),
    Route("POST", f"{BLOCKS}/{{block}}/keep", people_blocks.post_keep, "blocks.decide"),
    Route("POST", f"{BLOCKS}/{{block}}/lift", people_blocks.post_lift, "blocks.decide"),
    Route("POST", f"{BLOCKS}/{{block}}/lift-wrong", people_blocks.post_lift_wrong, "blocks.decide"),
    Route("GET", "/platform/v1/block-figures", people_blocks.get_watch, "blocks.watch"),
    Route("GET", "/platform/v1/block-alerts", people_blocks.list_alerts, "blocks.watch"),
    Route("GET", "/public/v1/marketplaces/{slug}/block-apologies", public_blocks.list_apologies, None),
    # compensation
    Route("GET", MY_GRANTS, my_grants.list_mine, "my_compensation.read"),
    Route("GET", "/public/v1/me/points", my_grants.get_points, "my_compensation.read"),
    Route(
        "POST", "/public/v1/me/points/exchange", my_grants.post_exchange, "my_compensation.answer", status=201
    ),
    Route("GET", f"{MY_GRANTS}/{{grant}}", my_grants.get_mine, "my_compensation.read"),
    Route("GET", f"{MY_GRANTS}/{{grant}}/why", my_grants.get_why, "my_compensation.read"),
    Route("POST", f"{MY_GRANTS}/{{grant}}/claim", my_grants.post_claim, "my_compensation.answer"),
    Route("POST", f"{MY_GRANTS}/{{grant}}/accept", my_grants.post_accept, "my_compensation.answer"),
    Route("POST", f"{MY_GRANTS}/{{grant}}/contest", my_grants.post_contest, "my_compensation.answer"),
    Route("GET", f"{SHOP}/compensation", shop_grants.list_grants, "compensation.read"),
    Route("GET", f"{SHOP}/compensation/received", shop_grants.list_given, "compensation.read"),
    Route("GET", f"{SHOP}/red-packets", shop_grants.get_packets, "compensation.read"),
    Route("GET", f"{SHOP}/compensation/{{grant}}", shop_grants.get_grant, "compensation.read"),
    Route("GET", f"{SHOP}/compensation/{{grant}}/why", shop_grants.get_why, "compensation.read"),
    Route("POST", f"{ORDER}/red-packets", shop_grants.post_packet, "compensation.packet", status=201),
    Route("POST", f"{SHOP}/compensation/{{grant}}/use", shop_grants.post_use, "compensation.use"),
    Route("POST", f"{SHOP}/compensation/{{grant}}/accept", shop_grants.post_accept, "compensation.answer"),
    Route("POST", f"{SHOP}/compensation/{{grant}}/contest", shop_grants.post_contest, "compensation.answer"),
    Route("GET", GRANTS, people_grants.list_contested, "compensation.look"),
    Route("GET", f"{GRANTS}/{{grant}}", people_grants.get_grant, "compensation.look"),
    Route("GET", f"{GRANTS}/{{grant}}/why", people_grants.get_why, "compensation.look"),
    Route(
        "POST", "/platform/v1/compensation/{grant}/answer", people_grants.post_answer, "compensation.decide"
    ),
    Route("POST", "/platform/v1/compensation/{grant}/undo", people_grants.post_undo, "compensation.decide"),
    # evidence
    Route("POST", f"{MINE}/evidence", evidence.post_my_seal, "evidence.seal", status=201),
    Route("POST", f"{TALK}/evidence", evidence.post_seal, "evidence.seal", status=201),
    Route("GET", "/public/v1/evidence", evidence.list_my_seals, "evidence.read"),
    Route("GET", f"{SHOP}/evidence", evidence.list_seals, "evidence.read"),
    Route(
        "GET", "/public/v1/evidence/{number}/pack", evidence.get_my_pack, "evidence.read", timeout_seconds=120
    ),
    Route("GET", f"{SHOP}/evidence/{{number}}/pack", evidence.get_pack, "evidence.read", timeout_seconds=120),
    Route("GET", "/public/v1/evidence/{number}/items", evidence.list_my_items, "evidence.read"),
    Route("GET", f"{SHOP}/evidence/{{number}}/items", evidence.list_items, "evidence.read"),
    Route("POST", "/public/v1/evidence/{number}/items", evidence.post_my_item, "evidence.show", status=201),
    Route("POST", f"{SHOP}/evidence/{{number}}/items", evidence.post_item, "evidence.show", status=201),
    Route(
        "POST",
        "/platform/v1/conversations/{conversation}/evidence",
        evidence_people.post_seal,
        "evidence.seal_any",
        status=201,
    ),
    Route("POST", "/platform/v1/evidence/{number}/open", evidence_people.post_open, "evidence.open"),
    Route("POST", "/platform/v1/evidence/{number}/items", evidence_people.post_items, "evidence.open"),
    Route(
        "POST",
        "/platform/v1/evidence/{number}/items/{item}/correct",
        evidence_people.post_correct,
        "evidence.open",
    ),
    Route(
        "POST",
        "/platform/v1/evidence/{number}/pack",
        evidence_people.post_pack,
        "evidence.open",
        timeout_seconds=120,
    ),
    Route("GET", "/platform/v1/evidence/{number}/openings", evidence_people.list_openings, "evidence.audit"),
    Route("GET", "/public/v1/marketplaces/{slug}/evidence-key", evidence_public.get_key, None),
    Route("GET", "/public/v1/marketplaces/{slug}/evidence-days", evidence_public.list_days, None),
    # complaints
    Route("GET", "/public/v1/me/complaint-types", my_complaints.list_types, "my_complaints.read"),
    Route(
        "POST",
        "/public/v1/me/complaints/quote",
        my_complaints.post_quote,
        "my_complaints.make",
        status=200,
    ),
    Route("POST", "/public/v1/me/complaints", my_complaints.post_complaint, "my_complaints.make", status=201),
    Route("GET", "/public/v1/me/complaints", my_complaints.list_complaints, "my_complaints.read"),
    Route(
        "GET",
        "/public/v1/me/complaints/prepared/{token}",
        my_complaints.get_prepared,
        "my_complaints.make",
    ),
    Route("GET", MY_COMPLAINT, my_complaints.get_complaint, "my_complaints.read"),
    Route("GET", f"{MY_COMPLAINT}/why", my_complaints.get_why, "my_complaints.read"),
    Route("POST", f"{MY_COMPLAINT}/withdraw", my_complaints.post_withdraw, "my_complaints.make"),
    Route("POST", f"{MY_COMPLAINT}/accept-apology", my_complaints.post_accept_apology, "my_complaints.make"),
    Route(
        "POST",
        f"{MY_COMPLAINT}/decline-apology",
        my_complaints.post_decline_apology,
        "my_complaints.make",
    ),
    Route("POST", f"{MY_COMPLAINT}/add", my_complaints.post_add, "my_complaints.make"),
    Route("POST", f"{MY_COMPLAINT}/pressure", my_complaints.post_pressure, "my_complaints.make", status=201),
    Route("POST", f"{MY_COMPLAINT}/apologise", my_complaints.post_apologise, "my_complaints.make"),
    Route("POST", f"{MY_COMPLAINT}/answer", my_complaints.post_answer, "my_complaints.make"),
    Route("GET", f"{SHOP}/complaint-types", shop_complaints.list_types, "complaints.read"),
    Route("POST", f"{SHOP}/complaints/quote", shop_complaints.post_quote, "complaints.make", status=200),
    Route("POST", f"{SHOP}/complaints", shop_complaints.post_complaint, "complaints.make", status=201),
    Route("GET", f"{SHOP}/complaints", shop_complaints.list_complaints, "complaints.read"),
    Route("GET", f"{SHOP}/complaints/prepared/{{token}}", shop_complaints.get_prepared, "complaints.make"),
    Route("GET", COMPLAINT, shop_complaints.get_complaint, "complaints.read"),
    Route("GET", f"{COMPLAINT}/why", shop_complaints.get_why, "complaints.read"),
    Route("POST", f"{COMPLAINT}/withdraw", shop_complaints.post_withdraw, "complaints.make"),
    Route("POST", f"{COMPLAINT}/accept-apology", shop_complaints.post_accept_apology, "complaints.make"),
    Route("POST", f"{COMPLAINT}/decline-apology", shop_complaints.post_decline_apology, "complaints.make"),
    Route("POST", f"{COMPLAINT}/add", shop_complaints.post_add, "complaints.make"),
    Route("POST", f"{COMPLAINT}/pressure", shop_complaints.post_pressure, "complaints.make", status=201),
    Route("POST", f"{COMPLAINT}/apologise", shop_complaints.post_apologise, "complaints.answer"),
    Route("POST", f"{COMPLAINT}/answer", shop_complaints.post_answer, "complaints.answer"),
    Route("POST", f"{COMPLAINT}/coached", shop_complaints.post_coached, "complaints.coach"),
    Route("GET", "/platform/v1/complaints", people_complaints.list_complaints, "complaints.look"),
    Route("GET", THE_COMPLAINT, people_complaints.get_complaint, "complaints.look"),
    Route("GET", f"{THE_COMPLAINT}/why", people_complaints.get_why, "complaints.look"),
    Route("POST", f"{THE_COMPLAINT}/acceptance", people_complaints.post_acceptance, "complaints.decide"),
    Route("POST", f"{THE_COMPLAINT}/merge", people_complaints.post_merge, "complaints.decide"),
    Route("POST", f"{THE_COMPLAINT}/jump", people_complaints.post_jump, "complaints.decide"),
    Route("POST", f"{THE_COMPLAINT}/decide", people_complaints.post_decide, "complaints.decide"),
    Route(
        "POST",
        "/platform/v1/complaint-calls",
        people_complaints.post_call,
        "complaints.intake",
        status=201,
    ),
    Route("GET", "/platform/v1/complaint-calls", people_complaints.list_calls, "complaints.intake"),
    # inspection
    Route("GET", f"{TALK}/steps", inspection_scores.get_steps, "inspection.steps"),
    Route("GET", f"{TALK}/inspections", inspection_scores.list_of_conversation, "inspection.read"),
    Route("GET", f"{TALK}/readings", inspection_scores.list_readings, "inspection.readings"),
    Route("GET", f"{SHOP}/inspections", inspection_scores.list_inspections, "inspection.read"),
    Route("GET", f"{SHOP}/inspections/{{inspection}}", inspection_scores.get_inspection, "inspection.read"),
    Route("GET", f"{SHOP}/facts", shop_facts.list_facts, "facts.read"),
    Route("POST", f"{SHOP}/facts", shop_facts.post_fact, "facts.write", status=201),
    Route("PUT", f"{SHOP}/facts/{{fact}}", shop_facts.put_fact, "facts.write"),
    Route("DELETE", f"{SHOP}/facts/{{fact}}", shop_facts.delete_fact, "facts.write"),
    Route("GET", f"{SHOP}/inspection-figures", inspection_scores.get_figures, "inspection.read"),
    Route("GET", f"{SHOP}/alerts", alerts.list_open, "alerts.read"),
    Route("GET", f"{SHOP}/alerts/all", alerts.list_all, "alerts.read"),
    Route("GET", f"{SHOP}/alerts/{{alert}}/why", alerts.get_why, "alerts.read"),
    Route("POST", f"{SHOP}/alerts/{{alert}}/acknowledge", alerts.post_acknowledge, "alerts.acknowledge"),
    # grading by people
    Route("POST", f"{SHOP}/grading-draws", grading_samples.post_draw, "grading.draw", status=201),
    Route("GET", f"{SHOP}/grading-draws", grading_samples.list_draws, "grading.draw"),
    Route("GET", f"{SHOP}/grading-draws/{{draw}}", grading_samples.get_draw, "grading.draw"),
    Route("GET", f"{SHOP}/grading-samples", grading_samples.list_samples, "grading.grade"),
    Route("GET", f"{SHOP}/grading-samples/{{sample}}", grading_samples.get_sample, "grading.grade"),
    Route("GET", f"{SHOP}/grading-samples/{{sample}}/why", grading_samples.get_sample_why, "grading.grade"),
    Route("POST", f"{SHOP}/grading-samples/{{sample}}/open", grading_samples.post_open, "grading.grade"),
    Route("POST", f"{SHOP}/grading-samples/{{sample}}/grade", grading_samples.post_grade, "grading.grade"),
    Route("GET", "/platform/v1/grading-samples", grading_samples.list_all_samples, "grading.look"),
    Route("GET", f"{SHOP}/grading-agreement", grading_samples.get_agreement, "grading.figures"),
    Route(
        "GET",
        "/platform/v1/shops/{shop}/grading-agreement",
        grading_samples.get_agreement,
        "grading.figures",
    ),
    Route("GET", f"{SCORE}/standing", score_appeals.get_standing, "score_appeals.read"),
    Route("GET", f"{SCORE}/standing/why", score_appeals.get_standing_why, "score_appeals.read"),
    Route("POST", f"{SCORE}/appeal", score_appeals.post_appeal, "score_appeals.lodge", status=201),
    Route("GET", f"{SHOP}/score-appeals", score_appeals.list_appeals, "score_appeals.read"),
    Route("GET", "/platform/v1/score-appeals", score_appeals.list_all_appeals, "score_appeals.look"),
    Route("POST", f"{SCORE_APPEAL}/open", score_appeals.post_open, "score_appeals.decide"),
    Route("POST", f"{SCORE_APPEAL}/decision", score_appeals.post_decision, "score_appeals.decide"),
    Route("POST", f"{SCORE_APPEAL}/withdrawal", score_appeals.post_withdrawal, "score_appeals.lodge"),
    # learning from what buyers say
    Route("GET", f"{MINE}/rating", my_ratings.get_rating, "ratings.give"),
    Route("POST", f"{MINE}/rating", my_ratings.post_rating, "ratings.give"),
    Route("GET", f"{SHOP}/dialogues", unsatisfied.list_dialogues, "learning.read"),
    Route("GET", f"{SHOP}/dialogues/{{dialogue}}", unsatisfied.get_dialogue, "learning.read"),
    Route("GET", f"{SHOP}/dialogues/{{dialogue}}/why", unsatisfied.get_why, "learning.read"),
    Route("POST", f"{SHOP}/dialogues/{{dialogue}}/plan", unsatisfied.post_plan, "learning.answer"),
    Route("POST", f"{SHOP}/dialogues/{{dialogue}}/contest", unsatisfied.post_contest, "learning.answer"),
    Route("POST", f"{SHOP}/dialogues/{{dialogue}}/decision", unsatisfied.post_decision, "learning.decide"),
    Route("POST", f"{SHOP}/dialogues/{{dialogue}}/hints", unsatisfied.post_hint, "learning.decide"),
    Route("GET", f"{SHOP}/rating-figures", unsatisfied.get_figures, "learning.read"),
    Route("GET", f"{SHOP}/lessons", lessons.list_lessons, "lessons.read"),
    Route("POST", f"{SHOP}/lessons", lessons.post_lesson, "lessons.share", status=201),
    Route("POST", f"{SHOP}/lessons/{{lesson}}/publish", lessons.post_publish, "lessons.settle"),
    Route("POST", f"{SHOP}/lessons/{{lesson}}/withdraw", lessons.post_withdraw, "lessons.settle"),
    Route("POST", f"{SHOP}/lessons/{{lesson}}/read", lessons.post_read, "lessons.read"),
    Route("GET", f"{SHOP}/exams", lessons.list_exams, "exams.sit"),
    Route("POST", f"{SHOP}/exams", lessons.post_exam, "exams.set", status=201),
    Route("GET", f"{SHOP}/exams/{{exam}}", lessons.get_exam, "exams.sit"),
    Route("POST", f"{SHOP}/exams/{{exam}}/retire", lessons.post_retire, "exams.set"),
    Route("POST", f"{SHOP}/exams/{{exam}}/sittings", lessons.post_sitting, "exams.sit", status=201),
    Route("GET", f"{SHOP}/training", lessons.list_tasks, "exams.sit"),
    Route("POST", f"{SHOP}/training", lessons.post_task, "exams.set", status=201),
    Route(
        "GET", "/platform/v1/shops/{shop}/inspections", inspection_scores.list_inspections, "inspection.read"
    ),
    Route(
        "GET",
        "/platform/v1/shops/{shop}/inspections/{inspection}",
        inspection_scores.get_inspection,
        "inspection.read",
    ),
    Route(
        "GET",
        "/platform/v1/shops/{shop}/inspection-figures",
        inspection_scores.get_figures,
        "inspection.read",
    ),
    # measures and penalties
    Route("GET", "/public/v1/marketplaces/{slug}/measures", measures.list_notices, None),
    Route("GET", "/public/v1/me/measures", measures.list_mine, "my_measures.read"),
    Route("GET", f"{SHOP}/measures", measures.list_of_shop, "measures.read"),
    Route("GET", f"{SHOP}/measures/{{measure}}", measures.get_of_shop, "measures.read"),
    Route("GET", "/platform/v1/measures", measures.list_all, "measures.look"),
    Route("GET", "/platform/v1/measures/{measure}", measures.get_one, "measures.look"),
    Route("GET", "/platform/v1/measures/{measure}/why", measures.get_why, "measures.look"),
    Route("POST", "/platform/v1/measures/{measure}/publish", measures.post_publish, "measures.decide"),
    Route("POST", "/platform/v1/measures/{measure}/suspend", measures.post_suspend, "measures.decide"),
    Route("POST", "/platform/v1/measures/{measure}/resume", measures.post_resume, "measures.decide"),
    Route("POST", "/platform/v1/measures/{measure}/lift", measures.post_lift, "measures.decide"),
    Route("GET", f"{SHOP}/standing", penalties.get_standing, "penalties.read"),
    Route("GET", f"{SHOP}/penalties", penalties.list_of_shop, "penalties.read"),
    Route("GET", f"{SHOP}/penalties/{{penalty}}", penalties.get_of_shop, "penalties.read"),
    Route("GET", f"{SHOP}/penalties/{{penalty}}/why", penalties.get_why_of_shop, "penalties.read"),
    Route("GET", f"{SHOP}/exam", penalties.get_exam, "penalties.exam"),
    Route("POST", f"{SHOP}/exam", penalties.post_exam, "penalties.exam"),
    Route("GET", "/public/v1/me/penalties", penalties.list_mine, "my_measures.read"),
    Route("GET", "/public/v1/me/penalties/{penalty}", penalties.get_mine, "my_measures.read"),
    Route("GET", "/public/v1/me/penalties/{penalty}/why", penalties.get_my_why, "my_measures.read"),
    Route("GET", "/platform/v1/penalties", penalties.list_all, "penalties.look"),
    Route("POST", "/platform/v1/penalties", penalties.post_penalty, "penalties.decide", status=201),
    Route("GET", "/platform/v1/penalties/{penalty}", penalties.get_one, "penalties.look"),
    Route("GET", "/platform/v1/penalties/{penalty}/why", penalties.get_why, "penalties.look"),
    Route("POST", "/platform/v1/penalties/{penalty}/reverse", penalties.post_reverse, "penalties.decide"),
    # files
    Route(
        "POST",
        "/public/v1/files",
        files.post_file,
        "files.write",
        status=201,
        body_max_bytes=110 * 1024 * 1024,
        timeout_seconds=600,
    ),
    Route("GET", "/public/v1/files/{file}", files.get_file, "conversations.read"),
    Route("GET", "/files/{file}", files.open_file, None, timeout_seconds=600),
    # for load balancers and Prometheus
    Route("GET", "/health/live", health.get_live, None, anonymous=True),
    Route("GET", "/health/ready", health.get_ready, None, anonymous=True),
    Route("GET", "/metrics", health.get_metrics, None, media_type="text/plain", hidden=True, anonymous=True),
)

# ── news: who reacts to what ─────────────────────────────────────────────

REACTIONS: Final[Mapping[type[Event], tuple[Any, ...]]] = {
    ConsultationOpened: (conversations.on_consultation_opened,),
    OffHoursAsked: (conversations.on_off_hours_asked,),
    EntriesAdded: (Batch(conversations.on_entries_added), Batch(inspection.on_entries_added)),
    AgentChanged: (conversations.on_agent_changed,),
    DeskEntryAdded: (inspection.on_desk_entry_added,),
    Inspected: (learning.on_inspected, grading.on_inspected),
    Rated: (learning.on_rated,),
    CaseOpened: (Batch(learning.on_case_opened),),
    ComplaintMoved: (learning.on_complaint_moved,),
    MembershipEnded: (agents.on_membership_ended,),
    PersonMerged: (conversations.on_person_merged,),
    CaseMoved: (court_reactions.on_case_moved,),
    DisputeMoved: (complaints.on_dispute_moved,),
    RulingMade: (complaints.on_ruling_made,),
    RulingReversed: (complaints.on_ruling_reversed,),
    InstructionConfirmed: (after_sale.on_instruction_confirmed,),
    PayoutPaid: (after_sale.on_payout_paid, grants.on_payout_paid, court_reactions.on_payout_paid),
    PayoutFailed: (after_sale.on_payout_failed, court_reactions.on_payout_failed),
    PayoutRetried: (after_sale.on_payout_retried,),
    CollectionTaken: (after_sale.on_collection_taken, order_side.on_collection_taken),
    CollectionDeclined: (after_sale.on_collection_declined, order_side.on_collection_declined),
    CollectionWaits: (after_sale.on_collection_waits, order_side.on_collection_waits),
    PayoutCancelled: (
        after_sale.on_payout_cancelled,
        order_side.on_payout_cancelled,
        grants.on_payout_cancelled,
    ),
}

# ── free words: who reads what staff write at each door ──────────────────

WORDS: Final[Mapping[str, str]] = {
    # guarded: a buyer reads it as the shop's words; the guard holds it as it holds messages
    rf"{TALK}/(entries|scheduled|red-packets)": "guarded",
    rf"{SHOP}/canned(/{{canned}})?": "guarded",
    rf"{ORDER}/red-packets": "guarded",
    rf"{CASE}/(agree|offer|refuse|inspect|send-out|repaid)": "guarded",
    rf"{COMPLAINT}/apologise": "guarded",
    # bench: pleaded, decided or noted for a record; whoever does so must be able to quote what was said
    rf"{SHOP}/(appeals|complaints)(/quote)?": "bench",
    rf"{APPEAL}/(add|withdraw)": "bench",
    rf"{CASE}/dispute": "bench",
    rf"{DISPUTE}/.*": "bench",
    rf"{COMPLAINT}/(withdraw|accept-apology|decline-apology|add|pressure|answer)": "bench",
    rf"{AGAINST}/.*": "bench",
    rf"{SHOP}/blocks(/{{block}}/(approve|refuse|lift))?": "bench",
    rf"{SHOP}/compensation/{{grant}}/contest": "bench",
    rf"{SHOP}/evidence/.*": "bench",
    rf"{TALK}/evidence": "bench",
    r"/platform/v1/(appeals|blocks|cases|disputes|measures|penalties)(/.*)?": "bench",
    r"/platform/v1/(complaints/.*|complaint-calls)": "bench",
    r"/platform/v1/(compensation|evidence|conversations)/.*": "bench",
    # as_said: what a buyer or a carrier said, or where goods go, written down for him
    rf"{ORDER}/(cancel|cases|cases/quote)": "as_said",
    rf"{CASE}/return-address": "as_said",
    rf"{SHOP}/carrier-events": "as_said",
    # staff: buyers never see it
    rf"{TALK}/(assign|transfer|whisper|notes|draft)": "staff",
    rf"{COMPLAINT}/coached": "staff",
    rf"{SHOP}/guard/.*": "staff",
    r"/platform/v1/guard/.*": "staff",
    rf"{SHOP}/(rulebook|facts|alerts|grading-samples|inspections|score-appeals|dialogues)(/.*)?": "staff",
    rf"{SHOP}/(lessons|exams)": "staff",
    r"/platform/v1/(rulebook|tables|profile|payouts)(/.*)?": "staff",
    r"/platform/v1/shops/{shop}/funds/.*": "staff",
}
"""Patterns of paths; tests/architecture/test_words.py walks all doors and finds what is missing here."""

# ── deadlines: what happens when a clock of this name rings ──────────────

TIMERS: Final[Mapping[str, Timer | Crowd]] = {
    "reply": Crowd(conversations.on_replies_rang),
    "ignored": conversations.on_ignored_rang,
    "overflow": conversations.on_overflow_rang,
    "snooze": conversations.on_snooze_rang,
    "scheduled_send": conversations.on_scheduled_rang,
    **dict.fromkeys(sorted(after_sale.CLOCKS), Crowd(after_sale.on_cases_rang, anew=True)),
    **dict.fromkeys(sorted(court_reactions.CLOCKS), court_reactions.on_dispute_rang),
    **dict.fromkeys(sorted(appeals_clocks.CLOCKS), appeals_clocks.on_appeal_rang),
    **dict.fromkeys(sorted(complaints.CLOCKS), complaints.on_complaint_rang),
    "instructions.answer": order_side.on_answer_rang,
    "instructions.top_up": order_side.on_top_up_rang,
    "penalties.appeal_window": penalty_clocks.on_window_rang,
    "measures.end": measure_clocks.on_end_rang,
    "measures.review": measure_clocks.on_review_rang,
    "measures.publish": measure_clocks.on_publish_rang,
    **dict.fromkeys(grants.CLOCKS, grants.on_grant_rang),
    **dict.fromkeys(block_clocks.CLOCKS, block_clocks.on_block_rang),
    **dict.fromkeys(sorted(learning.RATING_CLOCKS), learning.on_rating_rang),
    **dict.fromkeys(sorted(learning.DIALOGUE_CLOCKS), learning.on_dialogue_rang),
    **dict.fromkeys(sorted(grading.SAMPLE_CLOCKS), grading.on_sample_rang),
    **dict.fromkeys(sorted(grading.APPEAL_CLOCKS), grading.on_appeal_rang),
    grading.DRAW_CLOCK: grading.on_draw_rang,
    **dict.fromkeys(sorted(objection_clocks.CLOCKS), objection_clocks.on_objection_rang),
    "ledger.payout_retry": ledger_clocks.on_retry_rang,
    "ledger.payout_reminder": ledger_clocks.on_reminder_rang,
    "ledger.collection_retry": ledger_clocks.on_collection_rang,
}

# ── services: what a process needs one of, made in this order ────────────


def _books(services: Services) -> object:
    return Books(services.database, services.hub)


def _standings(services: Services) -> object:
    return Standings(services.database, services.service(Books), services.hub)


def _files(services: Services) -> object:
    return FileStore.open(services.settings)


def _passwords() -> Passwords:
    cost = access().hash_cost
    return Passwords(
        time_cost=cost.time_cost,
        memory_kib=cost.memory_kib,
        parallelism=cost.parallelism,
        at_once=cost.at_once,
    )


def _guards(services: Services) -> object:
    return GuardBooks(services.service(Books))


def _proofs(services: Services) -> object:
    return Proofs(services.database, services.hub)


def _shops(services: Services) -> object:
    return KeptShops(
        services.database,
        services.service(Books),
        services.service(GuardBooks),
        services.service(Standings),
        services.service(Proofs),
    )


def _held_back(services: Services) -> object:
    return HeldBack(services.database, services.clock)


def _committer(services: Services) -> object:
    return Committer(
        services.database,
        services.service(KeptShops),
        hear=services.database.tell,
        on_refused=services.service(HeldBack),
        answer_seconds=services.settings.database_seconds,
    )


def _marker(services: Services) -> object:
    return Marker(services.database, services.clock)


def _rechecks(services: Services) -> object:
    return talk.Rechecks(services.hub)


def _presence(services: Services) -> object:
    return Presence(services.database, grace=PRESENCE_GRACE, hub=services.hub)


def _payer(services: Services) -> object:
    provider = provider_of(services.settings, services.clock)
    if services.settings.payments == "development":
        log.get("payments").info("payments_are_pretended")
    settings = services.settings

    def connected(tenant: UUID, address: str) -> PaymentProvider:
        key = ledger_queries.payments_key(settings, tenant)
        return HttpPayments(address, key, local=settings.order_side_here)

    return Payer(services.database, provider, services.service(Books), services.clock, connected=connected)


def _collector(services: Services) -> object:
    return Collector(services.database, services.service(Payer), services.service(Books), services.clock)


def _payouts(services: Services) -> object:
    return PayoutRunner(services.database, services.service(Payer), services.service(Collector), services.hub)


SERVICES: Final[tuple[Callable[[Services], object], ...]] = (
    _books,
    _standings,
    _files,
    _guards,
    _proofs,
    _shops,
    _held_back,
    _committer,
    _marker,
    _rechecks,
    _presence,
    _payer,
    _collector,
    _payouts,
)

# ── the program ──────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Program:
    """One process of the product: what it answers with and what it keeps doing."""

    services: Services
    app: App
    loops: Sequence[Loop]
    pages: Pages


def build(
    settings: Settings,
    database: Database,
    *,
    jobs: bool = True,
    pages: Path | None = None,
    passwords: Passwords | None = None,
    now: Callable[[], datetime] = clock.now,
) -> Program:
    """Put the program together; nothing runs yet. Without `jobs` it answers and leaves the work to others."""
    hub = Hub()
    gate = Gatekeeper(database, now)
    budgets = Budgets.shipped(settings.limit_factor)
    limits = Limits(database, now)
    services = Services(
        settings=settings,
        database=database,
        hub=hub,
        gate=gate,
        limits=limits,
        budgets=budgets,
        catalogue=Catalogue.shipped(),
        clock=now,
    )
    outbox = Outbox(database, dict(REACTIONS), now=now)
    relay = Relay(database.url, hub, origin=database.origin, wake=outbox.wake)
    database.after_commit(hub.publish)
    database.after_commit(outbox.hear)
    hub.on(AccessChanged.name, gate.forget)
    hub.on(AccessChanged.name, _Rechecks(hub))
    for service in (outbox, relay):
        services.register(service)
    for make in SERVICES:
        services.register(make(services))
    services.register(passwords or _passwords())
    services.register(TARGETS)
    services.register(Health(_checks(database, relay)))
    shown = Pages(pages or Path(__file__).parent / "pages", gate)
    loops = [Loop("relay", relay.run), Loop("limits", limits.run), Loop("gate", gate.run)]
    loops.append(Loop("presence", services.service(Presence).run))
    loops.append(Loop("shipped rules", Serving(database, now).run))
    if jobs:
        loops += [Loop("outbox", outbox.run), Loop("ringer", Ringer(database, TIMERS, now=now).run)]
        loops.append(Loop("order side", Sender(database, settings).run))
        loops.append(Loop("payouts", services.service(PayoutRunner).run))
        loops.append(Loop("long talks", NightWatch(database, now).run))
        loops.append(Loop("names of old", NameWalk(database, now).run))
        loops.append(Loop("evidence days", DayCloser(database, settings, now).run))
        loops.append(Loop("years of points", YearCloser(database, now).run))
    app = App(services, ROUTES, fallback=shown, standing=services.service(Standings))
    return Program(services, app, loops, shown)


def _checks(database: Database, relay: Relay) -> dict[str, health.Check]:
    async def answers() -> bool:
        await database.ping()
        return True

    async def hears() -> bool:
        return relay.connected.is_set()

    known: set[str] = set()

    async def migrated() -> bool:
        """Asked until it is so: a process that has seen its migrations need not look again.

        What comes after every process is new must not keep the new ones from answering.
        """
        if not known and not await migrate.pending(database.url, phase="pre"):
            known.add("migrated")
        return bool(known)

    return {"database": answers, "relay": hears, "migrations": migrated}


class _Rechecks:
    """Somebody's rights changed: what his sockets listen to is asked again."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._running: set[asyncio.Task[int]] = set()

    def __call__(self, envelope: Envelope | None) -> None:
        if envelope is None:
            return  # after a gap every listener is poked and fetches through its door
        told = msgspec.json.decode(envelope.body, type=AccessChanged) if envelope.body else None
        if told is not None and told.person is None:
            return
        tag = told.person if told else None
        task = asyncio.get_running_loop().create_task(self._hub.recheck(envelope.tenant, tag=tag))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
