"""The page of a pack: what a judge reads, in Chinese; its text is Typst, its facts come as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from xiaoer.evidence.model import EvidenceStatement, SealedLine, SealedName
from xiaoer.evidence.rules import sign
from xiaoer.kernel.money import format_minor

SHOWN_MAX: Final = 2_000
"""How many messages the page shows; the rest is in messages.jsonl."""
_ROLES: Final[Mapping[str, str]] = {
    "buyer": "买家",
    "agent": "客服",
    "manager": "客服主管",
    "officer": "平台人员",
    "bot": "机器人",
    "system": "系统",
    "auto": "自动回复",
}
_KINDS: Final[Mapping[str, str]] = {"image": "图片", "file": "文件", "card": "卡片", "recall": "撤回"}
_CARDS: Final[Mapping[str, str]] = {"order": "订单", "product": "商品", "case": "售后", "red_packet": "红包"}
_PURPOSES: Final[Mapping[str, str]] = {
    "complaint": "投诉",
    "dispute": "争议处理",
    "appeal": "申诉",
    "after_sale": "售后",
}

SOURCE: Final = """
#let d = json(bytes(sys.inputs.data))
#set document(title: "证据 " + d.number, date: none)
#set page(paper: "a4", margin: 2cm, header: text(8pt, fill: luma(100))[小二证据 #d.number],
  footer: context text(8pt, fill: luma(100))[
    #d.sealed_at #h(1fr) #counter(page).display("1 / 1", both: true)])
#set text(font: "Noto Sans CJK SC", size: 9.5pt, lang: "zh")
#text(16pt)[聊天记录证据]
#v(4pt)
#table(columns: (auto, 1fr), stroke: 0.4pt + luma(200), ..d.facts.flatten())
#v(6pt)
#for m in d.messages [
  #block(width: 100%, breakable: true, above: 8pt)[
    #text(8pt, fill: luma(90))[#m.version #h(6pt) #m.at #h(6pt) #m.who] \\
    #m.text
    #linebreak()
    #text(6pt, fill: luma(130))[#m.hash]
  ]
]
#if d.more > 0 [ 另有 #d.more 条消息，见 messages.jsonl。 ]
"""


def facts_of(
    statement: EvidenceStatement,
    names: Sequence[SealedName],
    lines: Sequence[SealedLine],
    zone: str,
    key: str,
) -> bytes:
    """What the page shows, as JSON."""
    local = ZoneInfo(zone)
    known = {one.id: one.name or "（已删除）" for one in names}

    def moment(at: datetime) -> str:
        return at.astimezone(local).strftime("%Y-%m-%d %H:%M:%S")

    def shown(line: SealedLine) -> dict[str, object]:
        who = _ROLES.get(line.role or "", line.role or "")
        name = known.get(line.person, "") if line.person else ""
        return {
            "version": str(line.version),
            "at": moment(line.at) if line.at else "",
            "who": f"{who} {name}".strip(),
            "text": "（内容已依法删除，哈希保留）" if line.erased else _words(line),
            "hash": line.hash,
        }

    rows = [
        ["举证号", statement.number],
        ["店铺", statement.shop_name],
        ["买家", known.get(statement.buyer, "")],
        ["范围", f"第 {statement.first} 至 {statement.last} 条"],
        ["时间", f"{moment(statement.since)} 至 {moment(statement.until)}（{zone}）"],
        ["用途", _PURPOSES[statement.purpose]],
        ["申请理由", statement.reason],
        ["封存时间", moment(statement.sealed_at)],
        ["末条哈希", statement.head],
        ["公钥指纹", key],
    ]
    return sign.encode(
        {
            "number": statement.number,
            "sealed_at": moment(statement.sealed_at),
            "facts": rows,
            "messages": [shown(line) for line in lines[:SHOWN_MAX]],
            "more": max(0, len(lines) - SHOWN_MAX),
        }
    )


def _words(line: SealedLine) -> str:
    text = line.text or ""
    mark = _KINDS.get(line.kind or "")
    if mark is None:
        return text
    body = line.body or {}
    if held := _mapping(body.get("card")):
        mark, name = _CARDS.get(str(held.get("kind")), mark), _card(held)
    else:
        name = str(_mapping(body.get("file")).get("name", ""))
    return f"［{mark}{'：' if name else ''}{name}］{text}"


def _card(card: Mapping[str, object]) -> str:
    """What a card names: its title, what it holds, its order, its amount."""
    lines, amount, order = card.get("lines"), card.get("amount_minor"), card.get("order_number")
    named = [
        card.get("title"),
        *(cast("Sequence[object]", lines) if isinstance(lines, list) else ()),
        f"订单 {order}" if order else None,
        format_minor(amount, str(card.get("currency")), "zh-Hans") if isinstance(amount, int) else None,
    ]
    return " · ".join(str(one) for one in named if one)


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}
