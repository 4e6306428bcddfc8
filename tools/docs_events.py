"""Write docs/events.md: every event, who says it, to whom, and who reacts."""

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence

from tools.generators import events_of, folder_argument, modules
from tools.progress import ROOT
from xiaoer.plumbing.events import Event

Reactions = Mapping[type[Event], Sequence[Callable[..., object]]]

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
    reactions = wired()
    rows = [row(one, reactions) for _, module in modules("events") for one in events_of(module)]
    target.write_text(HEAD + "".join(sorted(rows)), encoding="utf-8")
    return 0


def wired() -> Reactions:
    """Read who reacts to what from the composition root."""
    if not (ROOT / "src" / "xiaoer" / "main.py").exists():
        return {}
    return getattr(importlib.import_module("xiaoer.main"), "REACTIONS", {})


def row(event: type[Event], reactions: Reactions) -> str:
    """Write one event as a row of the table."""
    says = " ".join((event.__doc__ or "").partition("\n\n")[0].split())
    fields = ", ".join(f"`{name}`" for name in event.__struct_fields__ if name not in COMMON)
    heard = ", ".join(f"`{place(one)}`" for one in reactions.get(event, ()))
    topic = f"`{event.topic}`" if event.topic else ""
    cells = (f"`{event.name}`", says, topic, fields, "✔" if event.kept else "", heard)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def place(function: Callable[..., object]) -> str:
    """Name a reaction by its place below xiaoer."""
    name = getattr(function, "__qualname__", type(function).__qualname__)
    return f"{function.__module__.removeprefix('xiaoer.')}.{name}"


if __name__ == "__main__":
    sys.exit(main())
