"""What is found in a conversation: labelled dialogues of our own, step by step and rule by rule."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs, to_builtins

from tests.inspection.samples import NOON, card, context, inspected, lines
from xiaoer.clocks.rules.profiles import PROFILES
from xiaoer.guard.model import CarriedProof
from xiaoer.inspection.model import STEPS, Known, OrderFact, Talk, TalkLine
from xiaoer.inspection.queries.scores import masked_line
from xiaoer.inspection.rules.inspect import inspect
from xiaoer.inspection.rules.speech import answers, is_call, said, wants
from xiaoer.inspection.rules.steps import strip_of
from xiaoer.inspection.store.scores import LineRow

GREET = [
    (2, "您好，我是客服小张，很高兴为您服务"),
    (2, "尊敬的商户先生，您好！我是淘宝客服小张，非常乐意为您提供帮助"),
    (2, "亲，您好，工号1024，请问有什么可以帮您？"),
    (2, "Hello, my name is Anna, how can I help you?"),
    (1, "您好，请问有什么可以帮您？"),
    (1, "亲亲~"),
    (1, "在的，请问有什么可以帮您"),
    (0, "说"),
    (0, "这个没货"),
    (0, "什么事"),
]
CONFIRM = [
    (2, "请问您是想退货对吗？"),
    (2, "您的意思是耳机想申请退货吗？"),
    (2, "跟您确认一下，是昨天买的这个订单吗？"),
    (2, "您是说耳机没有声音想退货，是吗？"),
    (1, "麻烦您提供一下订单号可以吗"),
    (1, "请问是哪个订单呢？"),
    (1, "具体是什么情况呢，可以拍个照发一下吗？"),
    (0, "好的"),
    (0, "不能退"),
    (0, "还有其他问题吗？"),
]
SOLVE = [
    (2, "已经为您申请退货，快递明天上门取件"),
    (2, "您可以申请退货，3天内退款到账"),
    (2, "建议您点击我的订单申请售后"),
    (2, "耳机支持七天无理由退货的，您可以退"),
    (1, "这种情况我们会处理的，您可以放心"),
    (1, "因为仓库那边比较忙，所以会慢一些"),
    (0, "稍等，正在为您查询"),
    (0, "好的"),
    (0, "您好"),
    (0, "请问您的订单号是多少？"),
]
EXPLAIN = [
    (2, "首先点击我的订单，然后选择申请售后"),
    (2, "我的订单-申请售后-退货退款，点击提交就可以了"),
    (2, "1、打开订单详情；2、点击申请售后；3、填写原因提交"),
    (2, "点击这个链接 https://example.com 提交申请"),
    (1, "点击申请售后"),
    (1, "在订单页面提交"),
    (0, "可以退的亲"),
    (0, "自己研究一下"),
]
FEELINGS = [
    (2, "非常抱歉给您带来不便，您看这样处理可以吗？"),
    (2, "理解您的心情，请问现在清楚了吗？"),
    (1, "您看可以吗？"),
    (1, "不好意思让您久等了"),
    (1, "请问问题解决了吗"),
    (0, "退货退款了"),
    (0, "就这样"),
]
CLOSE = [
    (2, "感谢您的咨询，还有其他问题随时联系我，祝您生活愉快"),
    (2, "不客气，有需要再联系，再见"),
    (1, "感谢您的支持"),
    (1, "祝您生活愉快，再见"),
    (1, "还有其他可以帮您的吗"),
    (0, "嗯"),
    (0, "退了"),
]


def points(step: str, *said: str) -> int | None:
    return inspected(*said).steps[STEPS.index(step)].points


@pytest.mark.parametrize(("wanted", "text"), GREET)
def test_step_1_a_polite_opening_with_name_and_offer_s_007(wanted: int, text: str):
    assert points("greet", "b:耳机想退货", f"a:{text}") == wanted


@pytest.mark.parametrize(("wanted", "text"), CONFIRM)
def test_step_2_the_problem_is_confirmed_s_008(wanted: int, text: str):
    assert points("confirm", "b:我昨天买的耳机想退货", f"a:{text}") == wanted


@pytest.mark.parametrize(("wanted", "text"), SOLVE)
def test_step_3_a_solution_that_fits_s_009(wanted: int, text: str):
    assert points("solve", "b:耳机能退货吗？", f"a:{text}") == wanted


@pytest.mark.parametrize(("wanted", "text"), EXPLAIN)
def test_step_4_the_steps_are_explained_s_010(wanted: int, text: str):
    assert points("explain", "b:怎么申请退货？", f"a:{text}") == wanted


def test_step_4_a_picture_is_an_aid_and_who_asks_for_nothing_needs_no_steps_s_010():
    assert points("explain", "b:怎么退货？", "a:点击申请售后", "a:img") == 2
    assert points("explain", "b:这款是纯棉的吗？", "a:是的亲，百分之百纯棉") is None


@pytest.mark.parametrize(("wanted", "text"), FEELINGS)
def test_step_5_feelings_are_attended_to_s_011(wanted: int, text: str):
    assert points("feelings", "b:耳机坏了，要退货", f"a:{text}") == wanted


@pytest.mark.parametrize(("wanted", "text"), CLOSE)
def test_step_6_a_polite_close_s_012(wanted: int, text: str):
    assert points("close", "b:能退货吗？", "a:可以退货，3天内退款", "b:谢谢", f"a:{text}") == wanted


def test_a_step_names_the_messages_that_show_it():
    steps = inspected("b:怎么退货？", "a:您好，我是小张，为您服务", "a:请问您是想退货吗？").steps
    assert steps[0].versions == (2,)
    assert steps[1].versions == (3,)
    assert (steps[0].row, steps[0].basis) == ("1-2", "S-007")


def test_robots_answer_nothing_and_score_nothing_m_003():
    found = inspected("b:怎么退货？", "r:您好，我是机器人小蜜，点击申请售后", "z:您好，稍后回复")
    assert found.score is None
    assert found.grade is None
    assert "no_human" in found.flags
    assert [one.answered_by for one in found.questions] == [None]
    assert found.clocks is not None
    assert found.clocks.first_seconds is None


def test_the_strip_of_a_running_talk_calls_for_no_close_a_4():
    strip = strip_of(lines("b:怎么退货？", "a:您好，我是小张，很高兴为您服务"), card())
    assert [one.points for one in strip.steps] == [2, 0, 0, 0, 0, None]
    assert strip.version == 2


def test_the_strip_taken_line_by_line_is_the_strip_of_the_whole():
    talk = lines("b:怎么退货？", "a:您好，我是小张，为您服务", "a:点击我的订单，然后申请售后", "a:清楚了吗？")
    for end in range(len(talk) + 1):
        assert strip_of(talk[:end], card()).steps == strip_of(list(talk[:end]), card()).steps


# ── questions ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "is_wish"),
    [
        ("怎么退货", True),
        ("能便宜点吗", True),
        ("什么时候发货", True),
        ("帮我改下地址", True),
        ("投诉你们", True),
        ("在吗", False),
        ("有人吗？", False),
        ("好的谢谢", False),
        ("嗯嗯", False),
        ("？", False),
    ],
)
def test_what_waits_for_an_answer(text: str, is_wish: bool):
    (one,) = said(lines(f"b:{text}"))
    assert wants(one) is is_wish
    assert not (is_wish and is_call(one))


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("可以的", True),
        ("没有货了", True),
        ("3天内到账", True),
        ("您可以申请退货", True),
        ("稍等", False),
        ("稍等，正在为您查询", False),
        ("您好", False),
        ("好的", False),
        ("#E-s01", False),
        ("还有其他可以帮您的吗", False),
    ],
)
def test_what_answers_in_substance(text: str, is_answer: bool):
    (one,) = said(lines(f"a:{text}"))
    assert answers(one) is is_answer


def test_questions_in_a_row_are_answered_together_and_one_moment_answers_nothing():
    found = inspected(
        "b:能退吗？", "b:怎么退？", "a:稍等，帮您看一下", "a:可以退，点击申请售后", "b:多久到账？"
    )
    assert [(one.version, one.answered_by) for one in found.questions] == [(1, 4), (2, 4), (5, None)]
    assert [one.reason for one in found.deductions if one.part == "answers"] == ["unanswered"]
    assert found.questions[0].waited_seconds == 60


def test_a_question_asked_again_was_not_understood_s_005():
    found = inspected("b:什么时候发货？", "a:本店支持七天无理由退换", "b:我问什么时候发货", "a:明天发货")
    assert [one.repeats for one in found.questions] == [None, 1]
    assert any(one.reason == "asked_again" for one in found.deductions)


# ── promises ─────────────────────────────────────────────────────────────


def test_a_promise_to_look_is_kept_by_an_answer():
    kept = inspected("b:到哪了？", "a:稍等，我帮您查一下", "a:快递已到杭州，预计明天送达").promises
    assert [(one.kind, one.state, one.kept_by) for one in kept] == [("look", "kept", 3)]
    broken = inspected("b:到哪了？", "a:稍等，我帮您查一下", "b:人呢").promises
    assert [(one.kind, one.state) for one in broken] == [("look", "broken")]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("我们会在2小时内给您回电", timedelta(hours=2)),
        ("30分钟内给您回复", timedelta(minutes=30)),
        ("我们三天内给您回复", timedelta(days=3)),
        ("会在1-3天内通知您", timedelta(days=3)),
        ("十五分钟内会联系您", timedelta(minutes=15)),
        ("半小时内会联系您", timedelta(minutes=30)),
    ],
)
def test_until_when_a_promise_runs(text: str, due: timedelta):
    (promise,) = inspected("b:能查一下吗？", f"a:{text}").promises
    assert promise.kind == "call_back"
    assert promise.due_at == NOON + timedelta(seconds=40) + due


def test_a_promise_is_broken_when_its_time_is_over_and_nothing_was_told():
    text = ("b:什么时候退款？", "a:我们会在1小时内给您回电")
    assert inspected(*text, "+7200 b:怎么还没有回电？", "a:抱歉").promises[0].state == "broken"
    assert inspected(*text, "+600 a:已经为您退款成功").promises[0].state == "kept"
    assert inspected(*text).promises[0].state == "open"
    assert inspected(*text, timed=False).promises[0].state == "unknown"


@pytest.mark.parametrize("text", ["您可以自己联系快递", "需要给您退款吗？", "已经给您退款成功", "不支持退款"])
def test_what_is_no_promise(text: str):
    assert inspected("b:怎么办？", f"a:{text}").promises == ()


# ── tone, guard, reviews ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("是您自己没看清楚", "blaming"),
        ("不是告诉您了吗，听不懂？", "impatient"),
        ("催什么催", "impatient"),
        ("非常抱歉", "sorry"),
        ("感谢理解", "thanks"),
        ("亲，这款有货的呢", "warm"),
    ],
)
def test_tone_s_003_s_016(text: str, manner: str):
    assert [one.manner for one in inspected("b:怎么还没到？", f"a:{text}").tone] == [manner]


def test_the_same_long_words_again_and_again_sound_like_a_robot_s_015():
    same = "a:亲，您的问题我们已经记录，请耐心等待处理结果"
    tone = inspected("b:在吗", same, "b:怎么还没处理？", same, "b:到底多久？", same).tone
    assert [one.manner for one in tone] == ["warm", "warm", "robotic"]


def test_abuse_fails_a_dialogue_whatever_else_it_was_s_061():
    found = inspected("b:能退吗？", "a:您好，我是小张，为您服务", "a:可以退，你这个傻逼", "a:谢谢，再见")
    assert found.grade == "failed"
    assert found.flags[0] == "failed"


def test_words_masked_here_count_by_what_the_guard_said_when_they_were_sent():
    line = TalkLine(2, "agent", "亲，加我好友", NOON, "小张", "text", ("personal_data",))
    found = inspect(Talk("c", (*lines("b:怎么联系？"), line)), context(), card())
    assert [(one.kind, one.row) for one in found.findings if one.version == 2][-1] == (
        "personal_data",
        "marked",
    )


PROOF = CarriedProof(
    kind="absolute_term",
    row="D9-13",
    override_row="V11.source",
    sort="source",
    words="全网最低价",
    reference="NO.118",
    reason="排名",
)


def test_words_that_went_out_with_their_proof_are_no_finding_l_120():
    def found(*proofs: CarriedProof) -> list[str]:
        line = TalkLine(2, "agent", "这款是全网最低价。", NOON, "小张", "text", (), proofs)
        talk = Talk("c", (*lines("b:贵吗？"), line))
        return [one.kind for one in inspect(talk, context(), card()).findings]

    assert found() == ["absolute_term"]
    assert found(PROOF) == []
    assert found(structs.replace(PROOF, kind="delivery_promise")) == ["absolute_term"]


def test_a_proof_is_read_without_its_person_and_without_personal_data():
    kept = {**to_builtins(PROOF), "person": str(uuid4()), "reference": "电话13911112222", "ends": str(NOON)}
    row = LineRow(2, "agent", None, "text", "x", NOON, {"findings": [], "overridden": [kept]})
    (proof,) = masked_line(row).proved
    assert proof.row == "D9-13"
    assert "13911112222" not in proof.reference


@pytest.mark.parametrize(
    ("answer", "handled"),
    [
        ("非常抱歉，已经为您补发一件", "solved"),
        ("实在不好意思，给您带来不便", "soothed"),
        ("麻烦您修改评价好吗", "pressed"),
        ("删除差评给您返现10元红包", "paid_for"),
        ("哦", "ignored"),
    ],
)
def test_how_a_bad_review_is_met_s_090_r_007(answer: str, handled: str):
    (one,) = inspected("b:质量太差了，给差评", f"a:{answer}").reviews
    assert one.handled == handled


# ── accuracy ─────────────────────────────────────────────────────────────

SENT = OrderFact(
    number="61001", paid_minor=10_000, dispatched_at=NOON - timedelta(days=1), parcels=("SF1234567890",)
)
WAITING = OrderFact(number="61001", paid_minor=10_000)


@pytest.mark.parametrize(
    ("order", "text", "right"),
    [
        (SENT, "亲，已经发货了", [True]),
        (WAITING, "亲，已经发货了", [False]),
        (SENT, "还没发货呢", [False]),
        (WAITING, "还没发货呢", [True]),
        (WAITING, "如果已经发货就不能改了", []),
        (WAITING, "已发货了吗？", []),
        (SENT, "已经签收了", [False]),
        (WAITING, "给您退款88元", [True]),
        (WAITING, "给您退款880元", [False]),
        (SENT, "快递单号：SF1234567890", [True]),
        (SENT, "快递单号：SF9999999999", [False]),
        (None, "已经发货了", []),
    ],
)
def test_what_is_said_against_the_order_s_004(order: OrderFact | None, text: str, right: list[bool]):
    found = inspected("b:发货了没？", f"a:{text}", order=order)
    assert [one.right for one in found.claims] == right
    assert ("claim_wrong" in found.flags) is (False in right)


def test_what_is_said_against_the_knowledge_base_s_004():
    known = Known("k1", ("洗衣机", "质保"), right=("三年",), wrong=("一年", "两年"))
    for text, right in (("质保三年的", [True]), ("质保一年哦", [False]), ("请看说明书", [])):
        found = inspected("b:这款洗衣机质保多久？", f"a:{text}", knowledge=(known,))
        assert [one.right for one in found.claims] == right


# ── clocks ───────────────────────────────────────────────────────────────


def test_rounds_are_those_of_the_profile_m_001_m_003():
    clocks = inspected("b:在吗", "b:能退吗", "+270 a:可以退的", "b:怎么退", "+301 a:点击申请售后").clocks
    assert clocks is not None
    assert (clocks.rounds, clocks.in_time, clocks.first_seconds, clocks.slowest_seconds) == (2, 1, 290, 301)
    assert clocks.slow_versions == (4,)


def test_rounds_of_the_night_and_instant_answers_are_left_out_m_003():
    night = NOON.replace(hour=18)  # two in the morning in Shanghai
    asked = (
        TalkLine(1, "buyer", "能退吗", night),
        TalkLine(2, "agent", "可以退的", night + timedelta(hours=1)),
    )
    for profile in ("five_minutes", "taobao_three_minutes"):
        clocks = inspect(Talk("c", asked), context()._replace(profile=PROFILES[profile]), card()).clocks
        assert clocks is not None
        assert (clocks.rounds, clocks.left_out, clocks.lasted_seconds) == (0, 1, ())
    instant = inspected("b:能退吗", "+0 a:可以退的").clocks
    assert instant is not None
    assert (instant.rounds, instant.left_out, instant.first_seconds) == (0, 1, None)


def test_a_log_without_times_has_no_clocks_and_no_speed():
    found = inspected("b:能退吗", "a:可以退的", timed=False)
    assert found.clocks is None
    assert next(part for part in found.parts if part.name == "speed").points is None


def test_ratings_and_open_talks():
    assert "bad_rating" in inspected("b:能退吗", "a:可以退的", rating=1).flags
    assert "unanswered" not in inspected("b:能退吗", "a:您好", closed=False).flags


# ── whatever comes ───────────────────────────────────────────────────────

WORDS = st.text(max_size=60) | st.sampled_from(
    ["您好", "怎么退？", "给您退款3天内", "差评", "\ud83d", "\x00"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("bar"), WORDS), max_size=12), st.booleans())
def test_inspection_never_raises_and_scores_stay_in_bounds(talk: list[tuple[str, str]], closed: bool):
    found = inspected(*(f"{who}:{text}" for who, text in talk), closed=closed)
    assert found.score is None or 0 <= found.score <= 100
    versions = set(range(1, len(talk) + 1))
    assert {version for step in found.steps for version in step.versions} <= versions
    assert {version for one in found.deductions for version in one.versions} <= versions
