"""How right the guard is: false alarms on real agent messages, our own sentences, disguises, abuse.

`python -m bench.guard_quality [--list]`: real data are read from XIAOER_DATA (default ../shared/data) and
skipped where they are absent; `--list` prints every message held back, to be read by a person.
"""

import argparse
import csv
import json
import os
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from xiaoer.guard import book, rules
from xiaoer.guard.model import Context, strictest

HERE: Final = Path(__file__).parent.parent
DATA: Final = Path(os.environ.get("XIAOER_DATA", "../shared/data"))
HELD: Final = {"rewrite", "block"}
BOOK: Final = book.shipped()
DISGUISES: Final[dict[str, Callable[[str], str]]] = {
    "full width": lambda text: text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    "zero width": "\u200b".join,
    "stars between": "*".join,
    "hearts between": "❤️".join,
    "spaces between": " ".join,
    "readings in brackets": lambda text: "".join(
        f"{one}(zì)" if "一" <= one <= "鿿" else one for one in text
    ),
    "struck through": lambda text: "".join(one + "\u0336" for one in text),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    _real_messages(list_them=options.list)
    _sentences()
    _disguised()
    _abuse()


def _real_messages(*, list_them: bool) -> None:
    path = DATA / "dialogues" / "jddc_valid.jsonl"
    if not path.exists():
        print(f"real agent messages: {path} is not there, skipped")
        return
    texts = [
        exchange["system"]
        for line in path.read_text("utf-8").splitlines()
        for exchange in json.loads(line)["exchanges"]
        if exchange["system"]
    ]
    verdicts: Counter[str] = Counter()
    for text in texts:
        review = rules.review(text, Context(), BOOK)
        verdicts[review.verdict] += 1
        if list_them and review.verdict in HELD:
            marks = [(one.kind, one.row, text[one.start : one.end]) for one in review.findings]
            print(f"  {review.verdict}: {text[:160]}\n    {marks}")
    shares = ", ".join(
        f"{name} {verdicts[name] * 1000 / len(texts):.2f}" for name in ("block", "rewrite", "hint")
    )
    print(f"real agent messages: {len(texts)}; per 1,000: {shares}")


def _groups() -> Iterator[dict[str, Any]]:
    for path in sorted((HERE / "tests" / "guard" / "sentences").glob("*.toml")):
        yield from tomllib.loads(path.read_text("utf-8"))["group"]


def _sentences() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for group in _groups():
        context = msgspec.convert(group.get("context", {}), Context)
        side = "lawful" if group["expect"][0] == "pass" else "unlawful"
        for sentence in group["sentences"]:
            mine = [one for one in rules.judge(sentence, context, BOOK) if one.kind == group["kind"]]
            key = f"{group['row']:<6} {group['kind']:<20} {side}"
            total[key] += 1
            right[key] += strictest([one.verdict for one in mine]) in group["expect"]
    print(f"own sentences: {right.total()} of {total.total()} as labelled")
    for key in sorted(total):
        print(f"  {key:<40} {right[key]:>4} / {total[key]}")


def _disguised() -> None:
    plain = [
        sentence
        for group in _groups()
        if HELD & {*group["expect"]} and "context" not in group and group.get("language") != "other"
        for sentence in group["sentences"]
        if rules.review(sentence, Context(), BOOK).verdict in HELD
    ]
    print(f"disguises: share of {len(plain)} unlawful sentences still held back")
    for name, disguise in DISGUISES.items():
        held = sum(rules.review(disguise(text), Context(), BOOK).verdict in HELD for text in plain)
        print(f"  {name:<22} {held / len(plain):.3f}")


def _abuse() -> None:
    path = DATA / "abuse" / "dev.csv"
    if not path.exists():
        print(f"abuse: {path} is not there, skipped")
        return
    counts: Counter[tuple[bool, bool]] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = rules.review(row["TEXT"], Context(), BOOK).findings
            counts[row["label"] == "1", any(one.kind == "abuse" for one in found)] += 1
    hits = counts[True, True]
    print(
        f"abuse lists on {counts.total()} posts of another kind (group hatred on social media): "
        f"precision {hits / (hits + counts[False, True]):.3f}, "
        f"recall {hits / (hits + counts[True, False]):.3f}"
    )


if __name__ == "__main__":
    main()
