"""The work of one worker: a bucket of rows becomes talks, each is inspected as on the server, and counted."""

import gc
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from xiaoer.cli.inspect_read import Bad, Columns, Meaning, Raw, Understood, Whole, columns
from xiaoer.cli.inspect_tally import Tally
from xiaoer.clocks.queries import shipped_calendar
from xiaoer.clocks.rules.profiles import PROFILES
from xiaoer.guard.book import shipped as shipped_guard
from xiaoer.inspection.model import Talk, TalkLine
from xiaoer.inspection.rules import mood
from xiaoer.inspection.rules.card import Card, card_of
from xiaoer.inspection.rules.inspect import Context, inspect
from xiaoer.kernel.calendar_text import parse
from xiaoer.kernel.table import Table
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import shelf

YOUNG_OBJECTS: Final = (20_000, 50, 20)
"""How many new objects there are before Python looks for circles among them: a worker makes hardly any."""
LENGTH_BYTES: Final = 4
TRAINED: Final = "dissatisfaction.json"
"""The model of dissatisfaction in the program's home; without one the shipped one judges."""
TALK_MAX: Final = 5_000
"""A talk with more messages than this is inspected in pieces, so that no conversation can fill the memory."""
GAP_SECONDS: Final = 6 * 3600
"""A pause this long ends one consultation and begins the next, where a log does not say."""


class Plan(Struct, frozen=True):
    """What every worker needs to know; it travels as bytes, to another process or another machine."""

    files: tuple[str, ...]
    profile: str
    model: str
    columns: str
    now: datetime
    rules: str


class Job(Struct, frozen=True):
    """One bucket and where its results go."""

    number: int
    bucket: str
    results: str
    bad: str


class Outcome(Struct, frozen=True):
    """What came of a job."""

    number: int
    messages: int
    tally: Tally


class _ShippedTables:
    """The rulebook's tables as they are shipped."""

    def table(self, name: str) -> Table:
        return parsed(name, shelf()[name].text)


@lru_cache(maxsize=4)
def _ready(plan: bytes) -> tuple[Plan, Columns, Context, Card]:
    """What is the same for all talks, made once in a process."""
    told = msgspec.msgpack.decode(plan, type=Plan)
    judge = mood.read_mood(Path(told.model).read_bytes()) if told.model else mood.shipped()
    context = Context(
        profile=PROFILES[told.profile],
        calendar=parse(shipped_calendar()),
        guard=shipped_guard(),
        now=told.now,
        rules=told.rules,
        mood=judge,
        reviewed={},
    )
    chosen = columns(Path(told.columns) if told.columns else None)
    card = card_of(_ShippedTables())
    gc.freeze()  # what was read for good is not walked over at every collection
    gc.set_threshold(*YOUNG_OBJECTS)
    return told, chosen, context, card


def work(plan: bytes, job: bytes) -> bytes:
    """Inspect one bucket; both sides are bytes, so that any engine can carry them."""
    told, chosen, context, card = _ready(plan)
    mine = msgspec.msgpack.decode(job, type=Job)
    tally, messages = Tally(), 0
    zone = ZoneInfo(chosen.zone)
    encode = msgspec.json.Encoder().encode
    with (
        Path(mine.bucket).open("rb") as bucket,
        Path(mine.results).open("wb") as results,
        Path(mine.bad).open("wb") as bad,
    ):
        for one in talks(bucket, told, chosen):
            if isinstance(one, Bad):
                bad.write(encode(one) + b"\n")
                tally.refuse(one.reason)
                continue
            found = inspect(one, context, card)
            results.write(encode(found) + b"\n")
            moments = [line.at for line in one.lines if line.role == "buyer" and line.at is not None]
            start = found.started_at
            day = start.astimezone(zone).date().isoformat() if start else ""
            tally.take(one, found, [moment.astimezone(zone).hour for moment in moments], day)
            messages += len(one.lines)
    return msgspec.msgpack.encode(Outcome(mine.number, messages, tally))


def outcome(data: bytes) -> Outcome:
    """What `work` returned."""
    return msgspec.msgpack.decode(data, type=Outcome)


# ── buckets ──────────────────────────────────────────────────────────────


_decode: Final = msgspec.msgpack.Decoder(Raw | Whole).decode


def records(bucket: BinaryIO) -> Iterator[Raw | Whole]:
    """The records of a bucket, each after its length."""
    while head := bucket.read(LENGTH_BYTES):
        yield _decode(bucket.read(int.from_bytes(head, "big")))


def talks(bucket: BinaryIO, plan: Plan, chosen: Columns) -> Iterator[Talk | Bad]:
    """The talks of a bucket: rows put together by conversation and time, and dialogues that came whole."""
    meaning = Meaning(chosen)
    rows: list[Raw] = []
    for one in records(bucket):
        if isinstance(one, Whole):
            yield talk_of(one)
        else:
            rows.append(one)
    rows.sort(key=_home)
    for _, group in groupby(rows, key=_home):
        yield from _of_rows([*group], meaning, plan)


def _home(raw: Raw) -> tuple[str, str]:
    return raw.fields[6], raw.fields[0]


def talk_of(one: Whole) -> Talk:
    """A dialogue as it stands; a version is its place in the file, so empty places leave gaps."""
    lines = tuple(
        TalkLine(place, _role(role), text) for place, (role, text) in enumerate(one.said, 1) if text.strip()
    )
    return Talk(one.id, lines, kind=one.topic, rating=one.rating)


def _role(name: str) -> Any:
    return name


def _of_rows(rows: list[Raw], meaning: Meaning, plan: Plan) -> Iterator[Talk | Bad]:
    """The talks of one conversation, its rows in order of time and, within a moment, as they stood."""
    rows.sort(key=lambda raw: (raw.file, raw.line))
    lines: list[Understood] = []
    for raw in rows:
        try:
            lines.append(meaning.understood(raw))
        except (ValueError, OverflowError, OSError) as error:
            yield Bad(plan.files[raw.file], raw.line, str(error)[:200])
    if all(one.at is not None for one in lines):
        lines.sort(key=lambda one: (one.at, one.raw.file, one.raw.line))
    start = 0
    for number, end in enumerate(_ends(lines), 1):
        yield _talk(lines[start:end], number, meaning)
        start = end


def _ends(lines: list[Understood]) -> Iterator[int]:
    """Where one consultation ends: after a long pause, or when it grew too long to hold."""
    start = 0
    for place in range(1, len(lines)):
        before, after = lines[place - 1].at, lines[place].at
        paused = before is not None and after is not None and (after - before).total_seconds() > GAP_SECONDS
        if paused or place - start >= TALK_MAX:
            yield place
            start = place
    if lines:
        yield len(lines)


def _talk(lines: list[Understood], number: int, meaning: Meaning) -> Talk:
    first = lines[0].raw.fields
    people = [one.person for one in lines if one.role == "agent" and one.person]
    ratings = [value for one in lines if (value := meaning.rating(one.raw)) is not None]
    return Talk(
        id=first[0],
        lines=tuple(one.line(version) for version, one in enumerate(lines, 1)),
        shop=first[6],
        buyer=first[5],
        agent=max(dict.fromkeys(people), key=people.count) if people else "",
        consultation=number,
        kind=next((one.raw.fields[7] for one in lines if one.raw.fields[7]), ""),
        rating=ratings[-1] if ratings else None,
    )
