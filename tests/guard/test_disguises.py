"""Words written so that no machine should know them: read as meant, marked as written, and no more."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.disguises import DISGUISES, disguised
from tests.guard.test_sentences import _groups
from xiaoer.guard import book, rules
from xiaoer.guard.disguise.gate import suspicions
from xiaoer.guard.disguise.glance import glance
from xiaoer.guard.disguise.words import apart
from xiaoer.guard.model import Context
from xiaoer.guard.normal import Passage, fold
from xiaoer.guard.unmask import STEPS, unmasked

BOOK = book.shipped()
AGENT = Context()
HELD = {"rewrite", "block"}


def meant(text: str) -> str:
    return unmasked(Passage(fold(text), text))[0].text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("荃网蕞低架", "全网最低价"),
        ("quan网zui低价", "全网最低价"),
        ("quan wang zui di jia", "全网最低价"),
        ("全w最d价", "全网最低价"),
        ("qwzdj", "全网最低价"),
        ("加徽信", "加微信"),
        ("加微亻言", "加微信"),
        ("加 微_信", "加微信"),
        ("jia wo wei xin", "加我微信"),
        ("名天一定到", "明天一定到"),
        ("mingtianyidingdao", "明天一定到"),
        ("一三八零零一三八零零零", "13800138000"),
        ("l38oo138ooo", "13800138000"),
        ("1_3_8_0_0_1_3_8_0_0_0", "13800138000"),
        ("abc艾特163点com", "abc@163.com"),
        ("壹贰小时内", "12小时内"),
        ("通过率loo%", "通过率100%"),
        ("销量第幺", "销量第1"),
        ("店主v点x号", "店主vx号"),
        ("陆贰贰贰〇二壹二三四五六柒八九〇一二八", "6222021234567890128"),
        ("shop捌八八@壹六三.com", "shop888@163.com"),
        ("zuid价", "最低价"),
        ("收k码", "收款码"),
        ("不支chitui换", "不支持退换"),
        ("拼多多伤的都筮钾货", "拼多多伤的都是假货"),
        ("您放心，三tiannei送dao", "您放心,三天内送到"),
        ("同行蚪是矾心机", "同行都是翻新机"),
    ],
)
def test_what_is_written_is_read_as_it_is_meant(written: str, read: str):
    assert meant(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "因为信号不好",
        "寄件人瑶瑶",
        "屏幕稍慢一点",
        "卡机死机了",
        "鹿鼎记这本书还有货",
        "仁者见仁智者见智",
        "上下键都按一下",
        "这里有一个小女子样式的摆件",
        "日月潭的门票可以退",
        "一、二、三、四、五、六、七",
        "iPhone 15 Pro Max 256G",
        "Nike 的鞋",
        "我的订单 2023112233445566",
        "尺码有 S M L XL",
        "我买的M码，T恤要A款",
        "请您量一下肩线的长度",
        "看一下煎锅的大小",
        "魅族魅蓝手机和雅诗兰黛的化妆品",
        "鹅绒被和蚕丝被哪个轻",
        "施华蔻的洗发水",
        "我给您换一条XL的women裤子",
        "您是要绛紫还是靛蓝",
        "这款T恤要 M 码吗",
        "五分之一，七成新",
    ],
)
def test_ordinary_language_is_left_alone(text: str):
    assert meant(text) == fold(text)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("亲，我们是荃网蕞低架哦", "荃网蕞低架"),
        ("可以加wei信聊", "加wei信"),
        ("收 k 码", "收 k 码"),
        ("您联系 一三八零零一三八零零零 就行", "一三八零零一三八零零零"),
        ("这款国jia级的", "国jia级"),
    ],
)
def test_the_finding_marks_what_was_written(text: str, marked: str):
    found = [text[one.start : one.end] for one in rules.review(text, AGENT, BOOK).findings]
    assert marked in found


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_every_place_of_what_is_meant_leads_back(text: str):
    passage, changed = unmasked(Passage(fold(text), text))
    assert len(passage.origin) == len(passage.origin_ends) == len(passage.text)
    assert passage.origin == sorted(passage.origin)
    assert all(0 <= start < end <= len(text) for start, end in changed)


PARTS = [
    *("荃网蕞低架", "quan网zui低价", "全w最d价", "qwzdj", "加徽信", "加微亻言", "加 微_信", "jia wo", "徽"),
    *("一三八零零", "一三八零零零", "l38oo138ooo", "1_3_8_0_0_1_3", "abc艾特163", "点com", "qq 点", " at "),
    *("伍陆柒", "个小时", "l5", "日", "yi san wu", "liu-qi ba jiu", "谞", "龌龊", "女子", "讠舌", "dot com"),
    *("亲", "一下", "明天", "发货", " ", "-", ",", "。", "(", "[", "x", "o", "7", "❤"),
]


@settings(max_examples=200, deadline=None)
@example("yi san wux")
@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
def test_the_gate_leaves_nothing_out(text: str):
    passage = Passage(fold(text), text)
    for step in STEPS:
        if edits := apart(step(passage.text)):
            passage = passage.replaced(edits)
    _, marks = BOOK.find(fold(text))
    seen, _ = unmasked(Passage(fold(text), text), suspicions(fold(text), marks, glance(fold(text))))
    assert seen.text == passage.text


# ── recall, on sentences the tests hold back anyway ──────────────────────


def _plain() -> list[tuple[str, list[tuple[int, int]]]]:
    found: list[tuple[str, list[tuple[int, int]]]] = []
    for parameter in _groups():
        group = parameter.values[0]
        if (
            not HELD & {*group["expect"]}
            or "context" in group
            or group.get("language") == "other"
            or "disguised" in group
        ):
            continue
        for text in group["sentences"][::3]:
            spans: list[tuple[int, int]] = []
            for one in rules.review(text, AGENT, BOOK).findings:
                if one.verdict in HELD and (not spans or one.start >= spans[-1][1]):
                    spans.append((one.start, one.end))
            if spans and any("一" <= sign <= "鿿" or sign.isdigit() for sign in text):
                found.append((text, spans))
    return found


PLAIN = _plain()
LEAST = 0.9
"""Within ten points of plain text, whatever the disguise."""


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_helps_little(name: str):
    tried = [(text, hidden) for text, spans in PLAIN if (hidden := disguised(text, spans, name, 1)) != text]
    missed = [hidden for _, hidden in tried if rules.review(hidden, AGENT, BOOK).verdict not in HELD]
    assert len(missed) <= (1 - LEAST) * len(tried) + 1, missed[:20]
