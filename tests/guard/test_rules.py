"""Laws that hold for every text: places are in the text, buyers speak freely, disguises do not help."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guard.test_sentences import SENTENCES
from xiaoer.guard import book, rules
from xiaoer.guard.model import KINDS, VERDICTS, Addition, Changes, Context, Proof, strictest

AGENT = Context()
BOOK = book.shipped()
BUYER = Context(role="buyer")
HELD = {"rewrite", "block"}
PIECES = [
    *("全网最低价", "最好", "第一", "明天一定到", "加微信", "vx", "13812345678", "a@b.com", "www.x.top"),
    *(
        "傻逼",
        "你",
        "好评",
        "返现",
        "身份证",
        "密码",
        "发我",
        "最终解释权",
        "治疗",
        "保本",
        "别家",
        "比",
        "不",
    ),
    *(
        "吗",
        "。",
        ",",
        "(zuì)",
        "❤",
        "*",
        "\u200b",
        "Ａ",
        "最佳",
        "100%",
        "棉",
        "最近",
        "48小时",
        "必达",
        "预计",
    ),
    *("转账", "给我", "國", " ", "\n"),
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))


# ── every text ───────────────────────────────────────────────────────────


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_findings_lie_in_the_text_and_say_something(text: str):
    review = rules.review(text, AGENT, BOOK)
    assert review.verdict == strictest([finding.verdict for finding in review.findings])
    for finding in review.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert 0 <= finding.cut_start <= finding.cut_end <= len(text)
        assert finding.kind in KINDS
        assert finding.verdict in VERDICTS
        assert finding.basis
        assert finding.row
    starts = [(finding.start, finding.end) for finding in review.findings]
    assert starts == sorted(starts)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_what_is_reworded_may_be_sent(text: str):
    better = rules.rewrite(text, AGENT, BOOK)
    assert rules.review(better, AGENT, BOOK).verdict not in HELD
    if text.strip():
        assert better.strip()


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_buyer_is_never_held_back(text: str):
    review = rules.review(text, BUYER, BOOK)
    assert review.verdict == "pass"
    assert review.text == text
    assert {finding.kind for finding in review.findings} <= {"abuse"}


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gets_the_same_answer(text: str):
    assert rules.review(text, AGENT, BOOK) == rules.review(text, AGENT, BOOK)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\ud800", "\udfff最好的", "最" * 5000, "微信" * 3000, "(a)" * 2000, "a." * 3000]
)
def test_no_text_is_too_strange_or_too_long(text: str):
    assert rules.review(text, AGENT, BOOK).verdict in VERDICTS


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("加我微信 abc12345，今天下午发货", "，今天下午发货", "abc"),
        ("明天一定到，加我微信 abc，今天下午发货", "，今天下午发货", "abc"),
        ("今天下午发货，加我微信 abc12345", "今天下午发货，", "abc"),
        ("您好，转账给我就行，包裹今天发出，请留意物流", "，包裹今天发出，请留意物流", "转账"),
        ("今天下午發貨，加我微信 abc12345", "今天下午發貨，", "abc"),
        (
            "Your parcel leaves today, add me on whatsapp 13812345678",
            "Your parcel leaves today, please",
            "138",
        ),
        ("本日中に発送いたします、LINE追加してください", "本日中に発送いたします、", "LINE"),
        ("加我微信，号码是开心猫，今天下午发货", "，今天下午发货", "开心猫"),
        ("加我微信，今天下午发货，happycat", "", "happycat"),
        ("加我微信，猫猫", "", "猫"),
    ],
)
def test_what_stands_beside_a_way_out_stays_but_not_where_it_leads(text: str, kept: str, gone: str):
    review = rules.review(text, AGENT, BOOK)
    assert review.verdict in HELD
    assert kept in review.text
    assert gone not in review.text
    assert rules.review(review.text, AGENT, BOOK).sendable


# ── disguises ────────────────────────────────────────────────────────────

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
TRADITIONAL = str.maketrans("网极国级销亚业独价当达证绝对转账", "網極國級銷亞業獨價當達證絕對轉賬")
PLAIN = [
    "这款是全网最低价",
    "国家级品质",
    "我们是第一品牌",
    "加微信聊",
    "加我vx：abc12345",
    "你是傻逼吗",
    "好评返现五元",
    "最终解释权归本店",
    "绝对不会过敏",
    "转账给我就行",
    "顶级面料",
    "全球销量第一",
]


def zero_width(text: str) -> str:
    return "\u200b".join(text)


def signs(text: str) -> str:
    return "*".join(text)


def hearts(text: str) -> str:
    return "❤️".join(text)


def spaced(text: str) -> str:
    return " ".join(text)


def full_width(text: str) -> str:
    return text.translate(FULL_WIDTH)


def traditional(text: str) -> str:
    return text.translate(TRADITIONAL)


def combining(text: str) -> str:
    return "".join(character + "\u0336" for character in text)


def bracketed(text: str) -> str:
    """Readings in brackets, as in texts for learners."""
    return "".join(f"{one}(pīn yīn)" if "一" <= one <= "鿿" else one for one in text)


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize(
    "disguise", [zero_width, signs, hearts, spaced, full_width, traditional, combining, bracketed, str.upper]
)
def test_a_disguise_does_not_change_the_verdict(text: str, disguise):
    plain, disguised = rules.review(text, AGENT, BOOK), rules.review(disguise(text), AGENT, BOOK)
    assert plain.verdict in HELD
    assert disguised.verdict == plain.verdict
    kinds = {finding.kind for finding in plain.findings if finding.verdict in HELD}
    assert kinds <= {finding.kind for finding in disguised.findings}


def test_a_finding_marks_what_the_person_wrote():
    text = "亲,ｖｘ:ａｂｃ１２３"
    (finding,) = rules.review(text, AGENT, BOOK).findings
    assert text[finding.start : finding.end] == "ｖｘ"
    text = "这是 全 网 最 低 价 哦"
    (finding,) = rules.review(text, AGENT, BOOK).findings
    assert text[finding.start : finding.end] == "全 网 最 低 价"


def test_normal_text_is_left_as_it_is():
    for text in [
        "您好，稍微 信息有点多",
        "我的-客户服务-返修退换货",
        "好的~亲",
        "A/B两款",
        "e-mail 稍后发您",
        "1. 打开 2. 关闭",
    ]:
        assert rules.review(text, AGENT, BOOK).verdict == "pass", text
        assert unicodedata.is_normalized("NFC", rules.rewrite(text, AGENT, BOOK))


# ── context ──────────────────────────────────────────────────────────────


def verdict(text: str, **known: object) -> str:
    return rules.review(text, Context(**known), BOOK).verdict  # type: ignore[arg-type]


def test_on_time_insurance_allows_the_promise():
    assert verdict("明天一定到") == "rewrite"
    assert verdict("明天一定到", on_time_insurance=True) == "pass"


def test_a_proof_holds_until_it_ends():
    now = datetime(2026, 3, 1, tzinfo=UTC)
    later, earlier = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    text = "我们销量第一"
    assert verdict(text) == "block"
    assert verdict(text, proofs=(Proof("fact", "销量第一", later),), now=now) == "pass"
    assert verdict(text, proofs=(Proof("fact", "销量第一", earlier),), now=now) == "block"
    assert verdict(text, proofs=(Proof("fact", "市场份额第一"),), now=now) == "block"


def test_officers_do_not_sell():
    assert verdict("这款是最好的", role="officer") == "hint"
    assert verdict("这款是最好的", role="officer", scope="sale") == "rewrite"
    assert verdict("这款是最好的", role="agent", scope="service") == "hint"
    assert verdict("滚", role="officer") == "block"


@pytest.mark.parametrize(
    "role", ["agent", "manager", "officer", "administrator", "bot", "system", "auto", "integration"]
)
def test_everybody_but_the_buyer_is_reviewed(role: str):
    assert verdict("你是傻逼吗", role=role) == "block"


def test_the_buyers_own_data_are_no_leak():
    assert verdict("13912345678") == "block"
    assert verdict("13912345678", own_data=("139-1234-5678",)) == "pass"
    assert verdict("buyer@mail.com", own_data=("Buyer@mail.com",)) == "pass"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"channel": "chat", "calls_today": 9}, "pass"),
        ({"channel": "call", "after_bad_review": True, "calls_today": 1}, "pass"),
        ({"channel": "call", "after_bad_review": True, "calls_today": 2}, "block"),
        ({"channel": "call", "hour": 23}, "block"),
        ({"channel": "sms", "hour": 7}, "block"),
        ({"channel": "sms", "hour": 8}, "pass"),
        ({"channel": "sms", "stop_requested": True}, "block"),
        ({"channel": "marketing", "opted_out": True}, "block"),
        ({"channel": "marketing", "opted_out": False}, "pass"),
    ],
)
def test_contact_frequency(known: dict[str, object], expected: str):
    review = rules.review("您好，您的问题已经处理好了", Context(**known), BOOK)  # type: ignore[arg-type]
    assert review.verdict == expected
    assert {finding.kind for finding in review.findings} <= {"contact_frequency"}


def test_basis_and_wording_follow_the_language():
    text = "You are an idiot"
    (finding,) = rules.review(text, Context(language="en"), BOOK).findings
    assert "Service standard" in finding.basis
    assert finding.suggestion.startswith("I am sorry")
    (finding,) = rules.review("你是傻逼嗎，這樣說", Context(language="ja"), BOOK).findings
    assert "接客基準" in finding.basis
    assert "馬上" in finding.suggestion


# ── a shop's own changes ─────────────────────────────────────────────────


def test_a_shop_adds_allows_and_removes():
    mine = BOOK.changed(
        Changes(
            add=(Addition("abuse", "小迷糊"), Addition("absolute_term", "封神之作", "rewrite", "好作品")),
            allow=("最好吃点心铺",),
            removed=("王牌",),
            allowed_domains=("https://www.my-shop.example/",),
            allowed_phones=("400-123-4567", "13800001111"),
            names=("极品居",),
        )
    )

    def ours(text: str) -> str:
        return rules.review(text, AGENT, mine).verdict

    assert ours("你真是小迷糊") == "block"
    assert rules.review("封神之作哦", AGENT, mine).text == "好作品哦"
    assert ours("欢迎来最好吃点心铺") == "pass"
    assert ours("这是王牌") == "pass"
    assert ours("请看 https://help.my-shop.example/a") == "pass"
    assert ours("请打13800001111") == "pass"
    assert ours("极品居的茶") == "pass"
    for text in ["你真是小迷糊", "封神之作哦"]:
        assert rules.review(text, AGENT, BOOK).verdict == "pass"


def test_fifty_thousand_terms_are_found():
    terms = tuple(Addition("outside_contact", f"暗号{number:05d}号") for number in range(50_000))
    mine = BOOK.changed(Changes(add=terms))
    assert rules.review("请报暗号04711号", AGENT, mine).verdict == "block"
    assert rules.review("请报暗号99999号", AGENT, mine).verdict == "pass"


def test_there_are_many_sentences_for_every_important_row():
    assert sum(path.read_text("utf-8").count('",\n') for path in SENTENCES.glob("*.toml")) > 700


@pytest.mark.parametrize(
    ("text", "insults"),
    [
        ("亲，二十三点前下单当天发货", False),
        ("下午十三点三十分送到仓库", False),
        ("您是十三点签收的", False),
        ("室温三十三点五度", False),
        ("一千二百五十元的那款", False),
        ("这两件一共二百五", False),
        ("你个十三点", True),
        ("真是十三点！", True),
        ("你就是个二百五", True),
        ("您这个二百五似的", True),
    ],
)
def test_a_number_insults_only_whom_it_calls(text: str, insults: bool):
    found = rules.review(text, Context(), book.shipped()).findings
    assert any(one.kind == "abuse" for one in found) is insults
