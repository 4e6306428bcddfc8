"""How fast conversations are inspected, and how right the model of dissatisfaction is on unseen talks.

`python -m bench --only inspection` measures the first as a part of the whole bench. `python -m
bench.inspection [--messages N] [--train]` prints both: a log is made up (N messages, most lines said only
once) and inspected by one process, beside the guard alone on the same words in the same run; `--train`
cross-validates on XIAOER_DATA/dialogues/jddc_valid.jsonl (default ../shared/data), which needs scikit-learn.
"""

import argparse
import csv
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner
from msgspec import Struct

from bench.figures import Figure, Target
from xiaoer.cli.inspect import command
from xiaoer.guard import book, rules
from xiaoer.guard.model import Context

SPEED: Final = Target(15_000, 50_000)
DATA: Final = Path(os.environ.get("XIAOER_DATA", "../shared/data")) / "dialogues" / "jddc_valid.jsonl"
HEAD: Final = ("会话ID", "发送时间", "角色", "客服", "消息内容", "咨询类型")
GOODS: Final = ("耳机", "连衣裙", "电饭煲", "跑鞋", "手机壳", "台灯", "书包", "保温杯", "键盘", "床单")
ASKS: Final = (
    "{g}怎么申请退货？",
    "我买的{g}什么时候发货，等了{d}天了",
    "{g}可以便宜{n}块吗",
    "订单{n}的{g}到哪里了",
    "为什么{g}还不退款，你们怎么回事",
    "{g}尺码不对，能换{n}码的吗？",
    "投诉你们，{g}用了{d}天就坏了",
    "好的谢谢，{g}收到了",
    "在吗",
    "{g}的发票怎么开，抬头{n}公司",
)
ANSWERS: Final = (
    "亲，您好，我是客服小{c}，很高兴为您服务，请问{g}有什么可以帮您？",
    "请问您是想把订单{n}的{g}退货对吗？",
    "您可以点击我的订单，然后选择申请售后，{d}天内退款到账",
    "稍等，正在为您查询{g}的物流",
    "已经为您催促快递，{g}预计{d}天送达",
    "非常抱歉给您带来不便，我们会在{n}分钟内给您回电",
    "{g}支持七天无理由退换，运费{d}元",
    "不客气，{g}有任何问题随时联系我，祝您生活愉快",
    "请您放心，单号{n}我们会尽快处理，您看可以吗？",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--train", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = speed(Path(folder), options.messages)
        print(
            f"bulk inspection: {found.messages} messages, {found.talks} talks, "
            f"{found.seconds:.1f} s of one core, "
            f"{found.per_second:,.0f} messages/s, {1e6 / found.per_second:.0f} µs each; "
            f"the guard alone {found.guard_us:.0f} µs for each message of an agent"
        )
    if options.train:
        _model()


def talks(messages: int) -> Iterator[tuple[str, ...]]:
    """The rows of a made-up log, conversations mixed."""
    chance, start = random.Random(20_260_901), datetime(2026, 9, 1, 1, tzinfo=UTC)
    open_talks: list[tuple[str, datetime, int]] = []
    for number in range(messages):
        if len(open_talks) < 200:
            open_talks.append((f"c{number}", start + timedelta(seconds=chance.randrange(30 * 86_400)), 0))
        place = chance.randrange(len(open_talks))
        name, at, said = open_talks[place]
        at += timedelta(seconds=chance.choice((3, 8, 20, 45, 90, 240, 500)))
        asks = said % 2 == 0
        text = chance.choice(ASKS if asks else ANSWERS).format(
            g=chance.choice(GOODS),
            d=chance.randrange(1, 9),
            n=chance.randrange(10**6),
            c=chance.choice("张王李"),
        )
        yield name, at.isoformat(), "买家" if asks else "客服", f"客服{place % 40}", text, f"类型{place % 9}"
        open_talks[place] = name, at, said + 1
        if said > 14:
            del open_talks[place]


class Speed(Struct, frozen=True):
    """What came of one log: seconds of one core for so many messages, and the guard's share for one."""

    messages: int
    talks: int
    seconds: float
    guard_us: float

    @property
    def per_second(self) -> float:
        return self.messages / self.seconds


def measure(messages: int) -> list[Figure]:
    """The figures for the page."""
    with tempfile.TemporaryDirectory() as folder:
        found = speed(Path(folder), messages)
    each = 1e6 / found.per_second
    return [
        Figure("inspection", f"{messages:,} messages, one core", found.per_second, "/s", target=SPEED),
        Figure("inspection", "the same; the floor is the guard alone", each, "µs", "less", found.guard_us),
    ]


def speed(folder: Path, messages: int) -> Speed:
    """Make up a log and inspect it in this process, beside the guard alone on the same words."""
    log = folder / "log.csv"
    with log.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *talks(messages)])
    shipped, context = book.shipped(), Context()
    texts = [row[4] for row in talks(min(messages, 4_000)) if row[2] == "客服"]
    rules.review(texts[0], context, shipped)
    started = time.process_time()
    for text in texts:
        rules.review(text, context, shipped)
    guard = (time.process_time() - started) / len(texts)
    command_line = [str(log), "--out", str(folder / "out"), "--workers", "local", "1", "--json"]
    CliRunner().invoke(command, command_line)  # tables, lists and patterns are read once
    started = time.process_time()
    answer = CliRunner().invoke(command, command_line, catch_exceptions=False)
    took = time.process_time() - started
    whole: dict[str, Any] = json.loads(answer.stdout)["whole"]
    return Speed(whole["messages"], whole["talks"], took, 1e6 * guard)


def _model() -> None:
    if not DATA.exists():
        print(f"model of dissatisfaction: {DATA} is not there, skipped")
        return
    with tempfile.TemporaryDirectory() as folder:
        words = ["train", str(DATA), "--out", f"{folder}/model.json", "--json"]
        answer = CliRunner().invoke(command, words, catch_exceptions=False)
    if answer.exit_code:
        sys.exit(answer.output)
    told = json.loads(answer.stdout)
    figures = ", ".join(f"{name} {value:.3f}" for name, value in told["cross_validation"].items())
    print(f"model of dissatisfaction, {told['turns']} turns, five folds of whole dialogues: {figures}")


if __name__ == "__main__":
    main()
