"""How right the guard is: false alarms on real agent messages, our own sentences, disguises, abuse, data.

`python -m bench.guard_quality [--list] [--json]`: real data are read from XIAOER_DATA (default
../shared/data) and skipped where they are absent; `--list` prints every message held back, and every disguise
that was missed, to be read by a person.
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

from bench.disguises import DISGUISES, disguised
from xiaoer.guard import book, rules
from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import Changes, Context, strictest
from xiaoer.guard.normal import Passage, fold
from xiaoer.guard.unmask import STEPS, unmasked

HERE: Final = Path(__file__).parent.parent
DATA: Final = Path(os.environ.get("XIAOER_DATA", "../shared/data"))
HELD: Final = {"rewrite", "block"}
BOOK: Final = book.shipped()
LISTS: Final = BOOK.changed(Changes(learned=False))
LABELLED: Final = HERE / "tests" / "guard" / "labelled" / "promises_and_absolutes.jsonl"
Span = tuple[int, int]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    for name, measure in PARTS.items():
        figures[name] = measure(list_them=options.list and not options.json)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, found in figures.items():
        print(f"\n{name}")
        for key, value in found.items():
            print(f"  {key:<44} {value}")


# ── real messages ────────────────────────────────────────────────────────


def _exchanges(side: str) -> list[str]:
    path = DATA / "dialogues" / "jddc_valid.jsonl"
    if not path.exists():
        return []
    return [
        exchange[side]
        for line in path.read_text("utf-8").splitlines()
        for exchange in json.loads(line)["exchanges"]
        if exchange[side]
    ]


def real_messages(*, list_them: bool) -> dict[str, Any]:
    """What is held back of what agents of a large marketplace said."""
    texts = _exchanges("system")
    verdicts: Counter[str] = Counter()
    for text in texts:
        review = rules.review(text, Context(), BOOK)
        verdicts[review.verdict] += 1
        if list_them and review.verdict in HELD:
            marks = [(one.kind, one.row, text[one.start : one.end]) for one in review.findings]
            print(f"  {review.verdict}: {text[:160]}\n    {marks}")
    if not texts:
        return {"skipped": "no dialogues"}
    shares = {name: round(verdicts[name] * 1000 / len(texts), 2) for name in ("block", "rewrite", "hint")}
    marked = sum(
        bool(rules.review(text, Context(role="buyer"), BOOK).findings) for text in _exchanges("user")
    )
    return {"messages": len(texts), **{f"{name} per 1,000": share for name, share in shares.items()}} | {
        "buyers' messages marked as abuse": f"{marked} of {len(_exchanges('user'))}"
    }


# ── our own sentences ────────────────────────────────────────────────────


def _groups() -> Iterator[dict[str, Any]]:
    for path in sorted((HERE / "tests" / "guard" / "sentences").glob("*.toml")):
        yield from tomllib.loads(path.read_text("utf-8"))["group"]


def own_sentences(*, list_them: bool) -> dict[str, Any]:
    """The groups of the tests, and the open labelled set row by row."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for group in _groups():
        context = msgspec.convert(group.get("context", {}), Context)
        for sentence in group["sentences"]:
            mine = [one for one in rules.judge(sentence, context, BOOK) if one.kind == group["kind"]]
            total["groups of the tests"] += 1
            right["groups of the tests"] += strictest([one.verdict for one in mine]) in group["expect"]
    for line in LABELLED.read_text("utf-8").splitlines():
        one = json.loads(line)
        context = msgspec.convert(one.get("context", {}), Context)
        found = [x for x in rules.judge(one["text"], context, BOOK) if x.kind == one["kind"]]
        held = strictest([x.verdict for x in found]) in HELD
        key = f"labelled set, {one['row']} {'lawful' if one['lawful'] else 'unlawful'}"
        total[key] += 1
        right[key] += held != one["lawful"]
        if list_them and held == one["lawful"]:
            print(f"  misjudged {one['row']}: {one['text']}")
    return {key: f"{right[key]} of {total[key]}" for key in total}


# ── disguises ────────────────────────────────────────────────────────────


def plain_sentences() -> list[tuple[str, list[Span]]]:
    """Unlawful sentences of the tests in Chinese, and what of them is held back."""
    found: list[tuple[str, list[Span]]] = []
    for group in _groups():
        if (
            not HELD & {*group["expect"]}
            or "context" in group
            or group.get("language") == "other"
            or "disguised" in group
        ):
            continue
        for text in group["sentences"]:
            if not any("一" <= sign <= "鿿" or sign.isdigit() for sign in text):
                continue
            spans: list[Span] = []
            for one in rules.review(text, Context(), BOOK).findings:
                if one.verdict in HELD and (not spans or one.start >= spans[-1][1]):
                    spans.append((one.start, one.end))
            if spans:
                found.append((text, spans))
    return found


def recall_of_disguises(*, list_them: bool) -> dict[str, Any]:
    """How many of the sentences that are held back plain are held back disguised."""
    plain = plain_sentences()
    figures: dict[str, Any] = {}
    for name in DISGUISES:
        tried = [(text, shown) for text, spans in plain if (shown := disguised(text, spans, name, 1)) != text]
        missed = [
            (text, shown) for text, shown in tried if rules.review(shown, Context(), BOOK).verdict not in HELD
        ]
        if list_them:
            for text, shown in missed:
                print(f"  {name}: {shown}  <- {text}")
        figures[name] = f"{1 - len(missed) / max(1, len(tried)):.3f} of {len(tried)}"
    return figures


def false_alarms_of_disguises(*, list_them: bool) -> dict[str, Any]:
    """What each way of reading costs: real words it reads otherwise, and what is then held back."""
    figures: dict[str, Any] = {}
    for name, texts in (
        ("agents", _exchanges("system")),
        ("buyers", _exchanges("user")),
        ("reviews", _reviews()),
    ):
        read = Counter({step.__name__: sum(bool(list(step(fold(text)))) for text in texts) for step in STEPS})
        held = 0
        for text in texts:
            _, changed = unmasked(Passage(fold(text), text))
            if not changed:
                continue
            marks = [one for one in rules.review(text, Context(), LISTS).findings if one.verdict in HELD]
            hit = [m for m in marks if any(m.start < end and start < m.end for start, end in changed)]
            held += bool(hit)
            if list_them and hit:
                print(f"  {name}: {[text[m.start : m.end] for m in hit]} in {text[:80]}")
        figures[f"{name}, held back by it"] = f"{held} of {len(texts)}"
        figures[f"{name}, read otherwise"] = dict(read)
    return figures


def _reviews() -> list[str]:
    path = DATA / "reviews" / "online_shopping_10_cats.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["review"] for row in csv.DictReader(file)][::12]


# ── abuse ────────────────────────────────────────────────────────────────


def abuse(*, list_them: bool) -> dict[str, Any]:
    """Posts labelled offensive or not (COLD): lists alone, and lists with the learned judge."""
    del list_them
    path = DATA / "abuse" / "dev.csv"
    if not path.exists():
        return {"skipped": "no labelled posts"}
    with path.open(encoding="utf-8-sig", newline="") as file:
        posts = [(row["TEXT"], row["label"] == "1") for row in csv.DictReader(file)]
    return {
        "lists alone": _f1(posts, LISTS),
        "with the learned judge": _f1(posts, BOOK),
        "the same, said by a buyer": _f1(posts, BOOK, "buyer"),
    }


def _f1(posts: list[tuple[str, bool]], guard: GuardBook, role: Any = "agent") -> str:
    counts: Counter[tuple[bool, bool]] = Counter()
    for text, offensive in posts:
        found = rules.review(text, Context(role=role), guard).findings
        counts[offensive, any(one.kind == "abuse" for one in found)] += 1
    wrong = counts[True, False] + counts[False, True]
    f1 = [2 * counts[side, side] / (2 * counts[side, side] + wrong) for side in (True, False)]
    precision = counts[True, True] / max(1, counts[True, True] + counts[False, True])
    recall = counts[True, True] / max(1, counts[True, True] + counts[True, False])
    return f"macro-F1 {sum(f1) / 2:.3f}, precision {precision:.3f}, recall {recall:.3f}, {len(posts)} posts"


# ── personal data ────────────────────────────────────────────────────────

_CHINESE: Final = {"idCardNumbers": "ID card", "phoneNumbers": "phone", "emailAddress": "e-mail"}
_ENGLISH: Final = {"CREDIT_CARD": "bank card", "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "e-mail"}
_ALSO_DATA: Final = {"US_SSN", "IBAN_CODE", "US_DRIVER_LICENSE"}


def personal_data(*, list_them: bool) -> dict[str, Any]:
    """Synthetic persons in Chinese and English: how much is found, and how much of what is found is right."""
    figures: dict[str, Any] = {}
    for name, read in (("Chinese", _persons), ("English", _synthetic)):
        total: Counter[str] = Counter()
        found: Counter[str] = Counter()
        right = wrong = 0
        for text, data, also in read():
            spans = _data_spans(text)
            for what, start, end in data:
                total[what] += 1
                found[what] += any(first < end and start < last for first, last in spans)
            for first, last in spans:
                known = any(start < last and first < end for _, start, end in [*data, *also])
                right, wrong = right + known, wrong + (not known)
                if list_them and not known:
                    print(f"  {name}: {text[max(0, first - 16) : last]!r} is no datum of the set")
        for what in total:
            figures[f"{name}, {what}, recall"] = f"{found[what] / total[what]:.3f} of {total[what]}"
        if right:
            figures[f"{name}, precision"] = f"{right / (right + wrong):.3f}"
    return figures or {"skipped": "no persons"}


Datum = tuple[str, int, int]


def _data_spans(text: str) -> list[Span]:
    return [
        (x.start, x.end) for x in rules.review(text, Context(), BOOK).findings if x.kind == "personal_data"
    ]


def _persons() -> Iterator[tuple[str, list[Datum], list[Datum]]]:
    path = DATA / "pii" / "persons_zh.json"
    for person in json.loads(path.read_text("utf-8")) if path.exists() else ():
        text = person["naturalParagraph"]
        values = [(what, str(person.get(key, "")).strip()) for key, what in _CHINESE.items()]
        places = [(what, text.find(value), value) for what, value in values if value]
        yield text, [(what, at, at + len(value)) for what, at, value in places if at >= 0], []


def _synthetic() -> Iterator[tuple[str, list[Datum], list[Datum]]]:
    path = DATA / "pii" / "presidio_synth_en.json"
    for one in json.loads(path.read_text("utf-8")) if path.exists() else ():
        spans = [(x["entity_type"], x["start_position"], x["end_position"]) for x in one["spans"]]
        yield (
            one["full_text"],
            [(_ENGLISH[kind], start, end) for kind, start, end in spans if kind in _ENGLISH],
            [span for span in spans if span[0] in _ALSO_DATA],
        )


PARTS: Final[dict[str, Callable[..., dict[str, Any]]]] = {
    "real agent messages": real_messages,
    "own sentences": own_sentences,
    "disguises, share still held back": recall_of_disguises,
    "disguises, false alarms on real words": false_alarms_of_disguises,
    "abuse": abuse,
    "personal data": personal_data,
}

if __name__ == "__main__":
    main()
