"""A batch of wishes decided in order: clocks, counters, guard, repetitions."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from msgspec import structs

from tests.conversations.test_standing import AGENT, BUYER, MEMBER, SHOP, TENANT, thread
from xiaoer.clocks.queries import shipped_calendar
from xiaoer.clocks.rules.profiles import PROFILES
from xiaoer.conversations.model.entry import Entry, Kind
from xiaoer.conversations.model.thread import Asked, Facts, Message, Relation, Speaker, Thread
from xiaoer.conversations.rules.batch import (
    NOT_FOUND,
    Decision,
    NeedsLock,
    Repeats,
    ShopRules,
    decide_batch,
    is_blocked_abuse,
)
from xiaoer.conversations.rules.chain import canonical_of, close, join
from xiaoer.conversations.rules.recall import may_recall
from xiaoer.conversations.rules.speak import ReplyTime, Spoken, Words, announce, recall, speak
from xiaoer.guard.book import shipped
from xiaoer.kernel.calendar_text import parse
from xiaoer.kernel.refusal import Refused

NOON = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 11, 18, 0, tzinfo=UTC)
TIMING = ReplyTime(PROFILES["five_minutes"], parse(shipped_calendar()))
RULES = ShopRules(text_max=4000, recall_seconds=120, timing=TIMING, guard=shipped())

BUYER_SPEAKS = Speaker(TENANT, BUYER, "buyer", "买家")
AGENT_SPEAKS = Speaker(TENANT, AGENT, "agent", "小张", shops=MEMBER)
ASSIGNED = thread("assigned", AGENT)


def asked(speaker: Speaker, text: str, client_id: str = "c", *, at: datetime = NOON, **body: object) -> Asked:
    message = Message(ASSIGNED.id, client_id, "text", text, body)
    return Asked(speaker, message, UUID(int=abs(hash((text, client_id)))), bytes(16), at)


def decide(*wishes: Asked, was: Thread = ASSIGNED, relation: Relation | None = None) -> list[Decision]:
    facts = [Facts(was, relation or Relation()) for _ in wishes]
    return decide_batch(wishes, facts, {SHOP: RULES})


def spoken(decision: Decision) -> Spoken:
    assert isinstance(decision, Spoken), decision
    return decision


def test_versions_and_hashes_follow_one_another():
    first, second, third = map(
        spoken,
        decide(
            asked(BUYER_SPEAKS, "一", "a"), asked(AGENT_SPEAKS, "二", "b"), asked(BUYER_SPEAKS, "三", "c")
        ),
    )
    assert [one.sealed.entry.version for one in (first, second, third)] == [4, 5, 6]
    previous = ASSIGNED.last_hash
    for one in (first, second, third):
        inner = close(bytes(16), canonical_of(one.sealed.entry))
        assert one.sealed.hash == join(previous, inner)
        previous = one.sealed.hash
    assert third.thread.last_hash == previous


def test_a_question_starts_the_clock_once_and_a_human_answer_stops_it():
    first, again, answer = map(
        spoken,
        decide(
            asked(BUYER_SPEAKS, "在吗", "a"),
            asked(BUYER_SPEAKS, "在吗?", "b", at=NOON + timedelta(minutes=1)),
            asked(AGENT_SPEAKS, "您好", "c", at=NOON + timedelta(minutes=2)),
        ),
    )
    assert first.thread.waiting_since == NOON
    assert first.thread.reply_due_at == NOON + timedelta(minutes=5)
    assert again.thread.waiting_since == NOON
    assert again.thread.reply_due_at == first.thread.reply_due_at
    assert (answer.thread.waiting_since, answer.thread.reply_due_at) == (None, None)
    assert answer.first_answer
    assert answer.thread.answered


def test_off_hours_the_clock_begins_at_the_opening():
    (night,) = map(spoken, decide(asked(BUYER_SPEAKS, "在吗", at=NIGHT), was=thread("closed")))
    assert night.off_hours
    assert night.opening is not None
    assert night.opening.off_hours
    assert night.thread.reply_due_at == datetime(2026, 11, 12, 1, 5, tzinfo=UTC)


def test_robots_answer_nobody():
    program = Speaker(TENANT, None, "auto", "", shops=MEMBER)
    question, automatic = map(
        spoken, decide(asked(BUYER_SPEAKS, "在吗", "a"), asked(program, "现在是休息时间", "b"))
    )
    assert automatic.thread.waiting_since == question.thread.waiting_since is not None
    assert not automatic.first_answer
    assert automatic.thread.unread_buyer == 1


def test_a_closed_conversation_opens_again():
    (opened,) = map(spoken, decide(asked(BUYER_SPEAKS, "还有个问题"), was=thread("closed")))
    assert (opened.thread.state, opened.thread.consultation) == ("queued", 2)
    assert opened.sealed.entry.consultation == 2
    assert opened.opening is not None
    assert opened.opening.number == 2
    assert opened.thread.queued_at == NOON
    assert not opened.thread.answered


def test_a_snoozed_conversation_wakes_with_its_assignee():
    (woken,) = map(spoken, decide(asked(BUYER_SPEAKS, "在吗"), was=thread("snoozed", AGENT)))
    assert woken.woken
    assert (woken.thread.state, woken.thread.assignee) == ("assigned", AGENT)


def test_unread_counts_the_words_of_the_other_side():
    decisions = decide(
        asked(BUYER_SPEAKS, "一", "a"), asked(BUYER_SPEAKS, "二", "b"), asked(AGENT_SPEAKS, "三", "c")
    )
    last = spoken(decisions[-1]).thread
    assert (last.unread_shop, last.unread_buyer) == (2, 1)
    assert (last.last_text, last.last_role, last.last_kind, last.last_version) == ("三", "agent", "text", 6)


def test_taking_needs_the_lock():
    (decision,) = decide(asked(AGENT_SPEAKS, "您好"), was=thread("queued"), relation=Relation(in_queue=True))
    assert decision == NeedsLock("take")


def test_the_same_wish_twice_in_a_batch_is_one_entry():
    first, same, other = decide(
        asked(BUYER_SPEAKS, "一", "a"), asked(BUYER_SPEAKS, " 一 ", "a"), asked(BUYER_SPEAKS, "二", "a")
    )
    assert isinstance(first, Spoken)
    assert same == Repeats(0)
    assert isinstance(other, Refused)
    assert other.code == "conversations.client_id_reused"


def test_a_refused_wish_may_be_tried_again_with_its_client_id():
    refused, accepted = decide(asked(BUYER_SPEAKS, " ", "a"), asked(BUYER_SPEAKS, "一", "a"))
    assert isinstance(refused, Refused)
    assert isinstance(accepted, Spoken)


def earlier(text: str = "一", **more: object) -> Entry:
    entry = spoken(decide(asked(BUYER_SPEAKS, text))[0]).sealed.entry
    return structs.replace(entry, name="", **more)


@pytest.mark.parametrize(
    ("first", "same"),
    [
        (earlier(), True),
        (earlier("二"), False),
        (earlier(person_id=AGENT), False),
        (earlier(kind="image"), False),
        (earlier(body={"reply_to": 1}), False),
        (earlier(body={"file": {"id": "x"}}), False),
    ],
)
def test_what_came_before_under_this_client_id(first: Entry, same: bool):
    (decision,) = decide_batch(
        [asked(BUYER_SPEAKS, "一")], [Facts(ASSIGNED, Relation(), first)], {SHOP: RULES}
    )
    if same:
        assert decision == structs.replace(first, name="买家")
    else:
        assert isinstance(decision, Refused)


def test_nobody_learns_what_somebody_else_sent():
    stranger = Speaker(TENANT, UUID(int=77), "buyer", "")
    (decision,) = decide_batch(
        [asked(stranger, "一")], [Facts(ASSIGNED, Relation(), earlier())], {SHOP: RULES}
    )
    assert decision == NOT_FOUND


def test_no_conversation_no_entry():
    assert decide_batch([asked(BUYER_SPEAKS, "一")], [None], {}) == [NOT_FOUND]


def test_a_reply_names_an_entry_that_exists():
    fine, wrong = decide(
        asked(BUYER_SPEAKS, "一", "a", reply_to=3), asked(BUYER_SPEAKS, "二", "b", reply_to=9)
    )
    assert isinstance(fine, Spoken)
    assert isinstance(wrong, Refused)
    assert wrong.code == "conversations.reply_unknown"


# ── the guard ────────────────────────────────────────────────────────────


def test_words_the_guard_blocks_are_refused_with_everything_to_mend_them():
    (refused,) = decide(asked(AGENT_SPEAKS, "我们是全国第一,加我微信 wx_abc12345 聊"))
    assert isinstance(refused, Refused)
    assert (refused.kind, refused.code) == ("refused", "guard.must_be_changed")
    assert refused.facts["verdict"] in {"rewrite", "block"}
    assert refused.facts["findings"]
    assert isinstance(refused.facts["suggestion"], str)
    assert refused.row


def test_abuse_of_staff_is_blocked_and_tells_the_manager():
    (refused,) = decide(asked(AGENT_SPEAKS, "你是傻逼吗,滚"))
    assert isinstance(refused, Refused)
    assert is_blocked_abuse(refused)


def test_a_buyer_is_never_blocked_and_his_abuse_is_marked():
    (said,) = map(spoken, decide(asked(BUYER_SPEAKS, "你是傻逼吗,滚")))
    assert said.sealed.guard is not None
    assert said.sealed.guard.marks == ("abuse",)
    assert said.sealed.entry.guard is not said.sealed.guard  # the buyer does not read it


@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("微信图片_20231111123456.jpg", True),
        ("发票_24312000000012345678.pdf", True),
        ("Screenshot_2023-11-11-12-34-56-78_com.taobao.taobao.jpg", True),
        ("加我微信abc123.jpg", False),
        ("全国第一.pdf", False),
        ("收款码.png", False),
    ],
)
def test_a_file_is_called_what_may_be_said(name: str, passes: bool):
    message = Message(ASSIGNED.id, "f", "file", "", {"file": {"id": str(UUID(int=1)), "name": name}})
    (mine, theirs) = decide(
        Asked(AGENT_SPEAKS, message, UUID(int=2), bytes(16), NOON),
        Asked(BUYER_SPEAKS, structs.replace(message, client_id="g"), UUID(int=3), bytes(16), NOON),
    )
    assert isinstance(mine, Spoken if passes else Refused)
    assert isinstance(theirs, Spoken)


def test_a_number_that_may_be_the_buyers_is_looked_up_and_not_refused_at_once():
    (number, both) = decide(
        asked(AGENT_SPEAKS, "您的电话是13911112222吗", "n"),
        asked(AGENT_SPEAKS, "你是傻逼吗 13911112222", "b"),
    )
    assert number == NeedsLock("own")
    assert isinstance(both, Refused)


def test_insured_orders_allow_a_promise():
    promise = asked(AGENT_SPEAKS, "保证明天一定送到")
    (refused,) = decide(promise)
    (allowed,) = decide(promise, relation=Relation(on_time=True))
    assert isinstance(refused, Refused)
    assert isinstance(allowed, Spoken)


# ── recalls and announcements ────────────────────────────────────────────


def words(kind: Kind = "recall", at: datetime = NOON, **body: object) -> Words:
    return Words(
        id=UUID(int=5), client_id=None, role="agent", person=AGENT, name="", kind=kind, text="",
        body=body, at=at, salt=bytes(16),
    )  # fmt: skip


def test_a_recall_hides_and_counts():
    said = spoken(decide(asked(AGENT_SPEAKS, "说错了"))[0]).thread
    done = recall(said, words(recalls=4), 4, of_role="agent")
    assert (done.thread.version, done.sealed.recalls) == (5, 4)
    assert (done.thread.last_text, done.thread.last_kind) == ("", "recall")
    assert done.thread.unread_buyer == 0
    read = structs.replace(said, buyer_read=4, unread_buyer=0)
    assert recall(read, words(recalls=4), 4, of_role="agent").thread.unread_buyer == 0


def test_a_recall_of_an_older_line_leaves_the_last_words():
    later = spoken(decide(asked(AGENT_SPEAKS, "一", "a"), asked(AGENT_SPEAKS, "二", "b"))[1]).thread
    assert recall(later, words(recalls=4), 4, of_role="agent").thread.last_text == "二"


class Target:
    def __init__(self, role: str, person: UUID | None, kind: str = "text", *, recalled: bool = False):
        self.role, self.person, self.kind, self.recalled, self.at = role, person, kind, recalled, NOON


MANAGER = Speaker(TENANT, UUID(int=50), "manager", "", shops=MEMBER, leads=MEMBER)


@pytest.mark.parametrize(
    ("speaker", "where", "target", "after_seconds", "code"),
    [
        (AGENT_SPEAKS, "assignee", Target("agent", AGENT), 120, None),
        (AGENT_SPEAKS, "assignee", Target("agent", AGENT), 121, "recall_too_late"),
        (AGENT_SPEAKS, "assignee", Target("agent", UUID(int=50)), 1, "recall_not_yours"),
        (AGENT_SPEAKS, "assignee", Target("buyer", BUYER), 1, "recall_not_yours"),
        (BUYER_SPEAKS, "buyer", Target("buyer", BUYER), 1, None),
        (BUYER_SPEAKS, "buyer", Target("agent", AGENT), 1, "recall_not_yours"),
        (MANAGER, "lead", Target("agent", AGENT), 1, None),
        (MANAGER, "lead", Target("buyer", BUYER), 1, "recall_not_yours"),
        (AGENT_SPEAKS, "assignee", None, 1, "recall_unknown"),
        (AGENT_SPEAKS, "assignee", Target("agent", AGENT, "recall"), 1, "recall_unknown"),
        (AGENT_SPEAKS, "assignee", Target("agent", AGENT, recalled=True), 900, None),
    ],
)
def test_who_may_recall(
    speaker: Speaker, where: str, target: Target | None, after_seconds: int, code: str | None
):
    now = NOON + timedelta(seconds=after_seconds)
    answer = may_recall(speaker, ASSIGNED, target, where, within_seconds=120, now=now)  # pyright: ignore[reportArgumentType]
    assert (answer.code if isinstance(answer, Refused) else None) == (code and f"conversations.{code}")


def test_an_announcement_makes_nobody_wait():
    done = announce(ASSIGNED, words("system", what="joined"))
    assert done.thread.version == 4
    assert (done.thread.unread_buyer, done.thread.waiting_since, done.thread.last_text) == (0, None, "")


def test_speaking_says_the_reply_is_unknown_before_anything_else():
    answer = speak(ASSIGNED, "say", words("text", reply_to=99), TIMING)
    assert isinstance(answer, Refused)
