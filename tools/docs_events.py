"""Write docs/events.md: every event, who says it, to whom, and who reacts."""

import sys

from tools.generators import events_of, folder_argument, modules
from xiaoer.main import REACTIONS
from xiaoer.plumbing.events import Event
from xiaoer.plumbing.outbox import Batch, Single

HEAD = """\
# Events

What a domain tells others after a change is committed. The topic is the audience; an event without a topic
reaches reactions only, and one that is not kept is told once and forgotten. Every event also carries
`tenant`, `at` and, where its topic counts, `version`. Written from the code by `make draw`.

| event | says | topic | fields | kept | reactions |
|---|---|---|---|:--:|---|
"""
COMMON = {"tenant", "at", "version"}


def main() -> int:
    """Write the page; returns the exit code."""
    target = folder_argument() / "docs" / "events.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    rows = [row(one) for _, module in modules("events") for one in events_of(module)]
    target.write_text(HEAD + "".join(sorted(rows)), encoding="utf-8")
    return 0


def row(event: type[Event]) -> str:
    """Write one event as a row of the table."""
    says = " ".join((event.__doc__ or "").partition("\n\n")[0].split())
    fields = ", ".join(f"`{name}`" for name in event.__struct_fields__ if name not in COMMON)
    heard = ", ".join(f"`{place(one)}`" for one in REACTIONS.get(event, ()))
    topic = f"`{event.topic}`" if event.topic else ""
    cells = (f"`{event.name}`", says, topic, fields, "✔" if event.kept else "", heard)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def place(reaction: Single | Batch) -> str:
    """Name a reaction by its place below xiaoer."""
    function = reaction.react if isinstance(reaction, Batch) else reaction
    return f"{function.__module__.removeprefix('xiaoer.')}.{getattr(function, '__qualname__', '')}"


if __name__ == "__main__":
    sys.exit(main())
