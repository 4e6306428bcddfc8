"""What the guard costs a message, beside the floor of folding and scanning alone, in one run.

`python -m bench.guard [--file MESSAGES] [--json]`: messages are read one a line, or from dialogues as JSON
lines with `exchanges[].system`; without a file from XIAOER_DATA (default ../shared/data), else what `words`
says, every fiftieth sentence one of those the tests hold back. Those alone are measured too: they cost much
more, because a better wording is made and judged. Times are CPU time of this thread, of each message the
best of several rounds.
"""

import argparse
import json
import os
import random
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Final

from bench import words
from xiaoer.guard import book, rules
from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import Addition, Changes, Context
from xiaoer.guard.normal import fold

ROUNDS: Final = 9
LENGTH: Final = 60
HERE: Final = Path(__file__).parent.parent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    real = list(messages(options.file))
    cut = sixty(real)
    figures: list[dict[str, float | int | str]] = []
    for terms in (0, 5_000, 50_000):
        began = time.thread_time()
        guard = with_terms(terms, real)
        built = time.thread_time() - began
        lists = guard.changed(Changes(learned=False))
        for name, texts, judge in (
            ("real lengths", real, guard),
            (f"{LENGTH} characters", cut, guard),
            ("the same, lists alone", cut, lists),
            ("held back", sixty(list(held_back())), guard),
        ):
            figures.append(
                {"added terms": terms, "messages": name, **measured(judge, texts), "build ms": built * 1e3}
            )
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    print(f"{len(real)} messages of {sum(map(len, real)) / len(real):.0f} characters on average")
    print("added terms  messages                floor µs  review µs  median µs  p99 µs  build ms")
    for one in figures:
        print(
            f"{one['added terms']:>11}  {one['messages']:<22}  {one['floor']:>8.1f}  {one['review']:>9.1f}"
            f"  {one['median']:>9.1f}  {one['p99']:>6.0f}  {one['build ms']:>8.0f}"
        )


def measured(guard: GuardBook, texts: Sequence[str]) -> dict[str, float]:
    """Microseconds a message: the floor, the whole review, and its 99th percentile."""
    context = Context()
    layers = guard.layers

    def floor(text: str) -> None:
        folded = fold(text)
        for layer in layers:
            layer.find(folded)

    def review(text: str) -> None:
        rules.review(text, context, guard)

    bare, whole = microseconds(floor, texts), microseconds(review, texts)
    return {
        "floor": sum(bare) / len(bare),
        "review": sum(whole) / len(whole),
        "median": whole[len(whole) // 2],
        "p99": whole[len(whole) * 99 // 100],
    }


def microseconds(call: Callable[[str], None], texts: Sequence[str]) -> list[float]:
    """What each message costs, sorted: the best of several rounds, so that neighbours do not count."""
    best = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        for place, text in enumerate(texts):
            began = time.thread_time_ns()
            call(text)
            best[place] = min(best[place], (time.thread_time_ns() - began) / 1e3)
    return sorted(best)


def with_terms(count: int, texts: Sequence[str]) -> GuardBook:
    """The shipped book and so many made-up terms of 3 to 6 characters from the messages' own characters."""
    draw = random.Random(7)
    characters = sorted({one for text in texts for one in text if "一" <= one <= "鿿"})
    terms = {"".join(draw.choices(characters, k=draw.randint(3, 6))) for _ in range(count)}
    return book.shipped().changed(
        Changes(add=tuple(Addition("absolute_term", term) for term in sorted(terms)))
    )


def sixty(texts: Sequence[str]) -> list[str]:
    """The same messages joined and cut into equal lengths."""
    joined = "".join(texts)
    return [joined[at : at + LENGTH] for at in range(0, min(len(joined), 2_000 * LENGTH) - LENGTH, LENGTH)]


def messages(file: Path | None) -> Iterator[str]:
    """Messages of shops, from a file, from the dialogues, or ordinary ones with a few that are held back."""
    found = file or Path(os.environ.get("XIAOER_DATA", "../shared/data")) / "dialogues" / "jddc_valid.jsonl"
    if not found.exists():
        held = cycle(held_back())
        for place, sentence in enumerate((*words.AGENT, *words.BUYER, *words.history()[::7])):
            yield sentence
            if place % 50 == 0:
                yield next(held)
        return
    for line in found.read_text("utf-8").splitlines():
        if not line.startswith("{"):
            yield line
            continue
        for exchange in json.loads(line)["exchanges"]:
            if exchange["system"]:
                yield exchange["system"]


def held_back() -> Iterator[str]:
    """The sentences of the guard's tests, most of which may not be sent as they are."""
    for path in sorted((HERE / "tests" / "guard" / "sentences").glob("*.toml")):
        for group in tomllib.loads(path.read_text("utf-8"))["group"]:
            yield from group["sentences"]


if __name__ == "__main__":
    main()
