"""How a timeline is written down to be taken along: text, JSON, or a page that needs nothing else."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

import msgspec

from xiaoer.conversations.model.entry import Entry

Format = Literal["text", "json", "html"]
Say = Callable[[str], str]
"""A word of the catalogue of conversations in the reader's language."""

MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "text": "text/plain; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}
SUFFIX: Final[Mapping[Format, str]] = {"text": "txt", "json": "json", "html": "html"}
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
    "article{border-top:1px solid #ddd;padding:.5rem 0}header{color:#666;font-size:.875rem}"
    "p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".recalled{color:#a00;font-size:.875rem}.thing{color:#06c}"
)


class Line(msgspec.Struct, frozen=True):
    """One line of a transcript; `thing` names the file, picture, order or product it carries."""

    version: int
    at: str
    name: str
    role: str
    kind: str
    text: str
    thing: str | None
    recalled: bool


def line_of(entry: Entry, zone: ZoneInfo) -> Line:
    """An entry as a line, its moment in the shop's zone."""
    text = entry.shown if isinstance(entry.shown, str) else entry.text
    return Line(
        version=entry.version,
        at=entry.at.astimezone(zone).isoformat(timespec="seconds"),
        name=entry.name,
        role=entry.role,
        kind=entry.kind,
        text=text,
        thing=_thing(entry),
        recalled=entry.recalled,
    )


def _thing(entry: Entry) -> str | None:
    for key, names in (("file", ("name",)), ("card", ("title", "number", "id"))):
        held = entry.body.get(key)
        if isinstance(held, Mapping):
            thing = cast("Mapping[str, object]", held)
            return next((str(thing[name]) for name in names if thing.get(name)), key)
    return None


def begin(form: Format, title: str, zone: str, language: str) -> str:
    """What stands before the first line."""
    if form == "json":
        head = msgspec.json.encode({"title": title, "time_zone": zone}).decode()
        return f'{head[:-1]},"entries":['
    if form == "text":
        return f"{_one_line(title)}\n{zone}\n\n"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1><p>{escape(zone)}</p>\n"
    )


def written(form: Format, line: Line, say: Say, *, first: bool) -> str:
    """One line in the form."""
    if form == "json":
        return ("" if first else ",") + msgspec.json.encode(line).decode()
    who = line.name or say(f"transcript.role.{line.role}")
    words = say("transcript.recall") if line.kind == "recall" else line.text
    if form == "text":
        marks = f" [{say('transcript.recalled')}]" if line.recalled else ""
        thing = f"[{say(f'transcript.kind.{line.kind}')}: {_one_line(line.thing)}]" if line.thing else ""
        said = "\n".join(part for part in (thing, words) if part).replace("\n", "\n    ")
        return f"{line.at}  {_one_line(who)}{marks}\n    {said}\n\n"
    marks = f' <span class="recalled">{escape(say("transcript.recalled"))}</span>' if line.recalled else ""
    kind = escape(say(f"transcript.kind.{line.kind}")) if line.thing else ""
    thing = f'<p class="thing">{kind}: {escape(line.thing)}</p>' if line.thing else ""
    said = f"<p>{escape(words)}</p>" if words else ""
    return (
        f"<article><header><time>{escape(line.at)}</time> <b>{escape(who)}</b>{marks}</header>"
        f"{thing}{said}</article>\n"
    )


def end(form: Format) -> str:
    """What stands after the last line."""
    return {"json": "]}\n", "text": "", "html": "</body></html>\n"}[form]


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
