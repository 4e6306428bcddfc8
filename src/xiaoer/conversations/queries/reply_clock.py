"""By which rules an answer is due when it is: decided again from what is kept, told only where it fits."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import islice, product
from typing import Final, cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec import Struct

from xiaoer.clocks import queries as clocks
from xiaoer.clocks.model import ReplyClock, ResponseProfile, Starts
from xiaoer.clocks.rules.profiles import profile_of
from xiaoer.clocks.rules.reply import asked, reply_clock
from xiaoer.conversations.model.thread import Thread
from xiaoer.conversations.queries.shops import CALENDAR_AGE
from xiaoer.kernel.calendar_text import span_text
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.language import Catalogue
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import recorded
from xiaoer.rulebook.model import Book, Explained, ShownFact
from xiaoer.rulebook.rules.explain import explained

TABLE: Final = "clocks.reply_clock"
PROFILES: Final = "clocks.response_profiles"
SUBJECT: Final = "conversation"
CHOICE: Final = "sla.profile"
_SAME: Final = timedelta(milliseconds=1)
"""The message path carries moments as seconds: they come back rounded."""

_MOMENTS: Final = (timedelta(0), -CALENDAR_AGE, CALENDAR_AGE)
"""A process may have gone by rules a little older than the question, or by those that came meanwhile."""


class Setting(Struct, frozen=True):
    """All that set a reply clock: the row, the profile, the calendar, and what follows from them."""

    book: Book
    decision: Decision
    profile: ResponseProfile
    calendar: clocks.InForce
    clock: ReplyClock


async def setting(tx: Tx, thread: Thread) -> Setting | None:
    """What set the clock that runs for a conversation.

    None when none runs, or when no rules of that moment give the time it is due at: then nothing is claimed.
    """
    since, due_at = thread.waiting_since, thread.reply_due_at
    if since is None or due_at is None:
        return None
    async for book, calendar in _rules_about(tx, thread.shop, since):
        found = _set(since, book, calendar)
        if found is not None and abs(found.clock.due_at - due_at) < _SAME:
            return found
    return None


async def _rules_about(tx: Tx, shop: UUID, since: datetime) -> AsyncIterator[tuple[Book, clocks.InForce]]:
    """The rules in force when a question came, those of that very moment first; each is asked for once."""
    moments = [since + off for off in _MOMENTS]
    books = [await rulebook.book(tx, shop, since)]
    calendars = [await clocks.calendar_at(tx, shop, since)]
    yield books[0], calendars[0]
    books += await rulebook.books(tx, shop, moments[1:])
    calendars += [await clocks.calendar_at(tx, shop, moment) for moment in moments[1:]]
    for pair in islice(product(books, calendars), 1, None):
        yield pair


def _set(since: datetime, book: Book, calendar: clocks.InForce) -> Setting | None:
    hours, profile = calendar.calendar(), profile_of(book)
    decision = book.table(TABLE).decide(asked("buyer", since, hours, waiting=False, counted=True))
    clock = reply_clock(since, profile, hours, cast("Starts", decision.word("starts")))
    return None if clock is None else Setting(book, decision, profile, calendar, clock)


async def why(tx: Tx, thread: Thread, catalogue: Catalogue, language: str) -> list[Explained]:
    """The row that started the clock, and the response profile that says how long it runs."""
    found = await setting(tx, thread)
    if found is None or thread.waiting_since is None:
        return []
    kept = recorded(
        found.book,
        found.decision,
        id=uuid5(thread.id, f"{TABLE} {thread.waiting_since.isoformat()}"),
        shop=thread.shop,
        subject_kind=SUBJECT,
        subject=thread.id,
        actor=None,
        at=thread.waiting_since,
    )
    started = explained(kept, found.book.table(TABLE), language, catalogue.knowing(language))
    return [started, _timed(found, thread.id, thread.waiting_since, catalogue, language)]


def _timed(
    found: Setting, conversation: UUID, since: datetime, catalogue: Catalogue, language: str
) -> Explained:
    """The profile as every "why?" shows a decision."""

    def say(key: str, **facts: object) -> str:
        return catalogue.text(language, "clocks", key, facts)

    profile, clock = found.profile, found.clock
    zone = ZoneInfo(found.calendar.calendar().zone)

    def on_the_wall(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"

    chosen = found.book[CHOICE]
    name, span = say(f"profile.{profile.name}"), span_text(profile.hours)
    by = "calendar" if profile.follows_calendar else "hours"
    starts, due = on_the_wall(clock.starts_at), on_the_wall(clock.due_at)
    version = found.calendar.version
    inputs = {
        "profile": name,
        "chosen_by": catalogue.text(language, "rulebook", f"source.{chosen.source}"),
        "target_seconds": profile.target_seconds,
        "warn_percent": profile.warn_percent,
        "counted_in": say("why.shop_hours") if profile.follows_calendar else span,
        "calendar": say("why.calendar_version", version=version) if version else say("why.calendar_shipped"),
        "zone": zone.key,
        "asked_at": on_the_wall(since),
    }
    outcome = {"starts_at": starts, "due_at": due}
    return Explained(
        id=uuid5(conversation, f"{PROFILES} {since.isoformat()}"),
        table=PROFILES,
        title=say("why.profile"),
        version=found.book.version,
        row=profile.name,
        basis=profile.basis,
        authority=None,
        sentence=say(
            f"why.by_{by}",
            profile=name,
            seconds=profile.target_seconds,
            hours=span,
            starts=starts,
            due=due,
            zone=zone.key,
        ),
        inputs=[ShownFact(key, say(f"why.fact.{key}"), value) for key, value in inputs.items()],
        outcome=[ShownFact(key, say(f"why.fact.{key}"), value) for key, value in outcome.items()],
        actor=None,
        at=since,
    )
