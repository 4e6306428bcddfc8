"""`xiaoer guard check`: judge words from an option or JSON lines; no server, no database."""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import click
import msgspec

from xiaoer.cli.guard_shadow import shadow
from xiaoer.cli.guard_train import train
from xiaoer.guard import book as books
from xiaoer.guard import rules
from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import LANGUAGES, Changes, Context, Finding, Review, Role

_LINE_MAX: Final = 1_000_000
_CATEGORIES: Final = {
    "医疗": "medical",
    "药品": "drug",
    "医疗器械": "device",
    "保健品": "health_food",
    "保健食品": "health_food",
    "特殊食品": "special_food",
    "化妆品": "cosmetics",
    "食品": "food",
    "投资": "investment",
    "理财": "investment",
    "教育": "education",
    "培训": "education",
}
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_COLOURS: Final = {"block": "red", "rewrite": "yellow", "hint": "cyan", "pass": "green"}


class Line(msgspec.Struct):
    """One line of input; whatever else it holds is left alone."""

    text: str
    role: Role | None = None
    context: dict[str, Any] = {}


class Shown(msgspec.Struct):
    """A finding as it is printed."""

    kind: str
    row: str
    start: int
    end: int
    basis: str
    suggestion: str


class Answer(msgspec.Struct):
    """One line of output."""

    verdict: str
    findings: list[Shown]


@click.group()
def command() -> None:
    """Check words before they are sent."""


command.add_command(train)
command.add_command(shadow)


@command.command()
@click.option("--text", help="Judge this text; without it JSON lines are read from standard input.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a picture.")
@click.option("--role", default="agent", show_default=True, help="Who writes, where the line does not say.")
@click.option("--context", default="{}", help="Context of every line as a JSON object; the line's own wins.")
@click.option("--language", type=click.Choice(LANGUAGES), default="zh-Hans", show_default=True)
@click.option("--changes", type=_FILE, help="A JSON file with a shop's additions and allowed phrases.")
@click.option("--lists-only", is_flag=True, help="Do not ask the learned judge of abuse.")
@click.option("--rewritten", is_flag=True, help="Add the reworded text to each JSON object.")
@click.option("--fail", is_flag=True, help="End with code 1 when a text may not be sent or read.")
def check(
    *,
    text: str | None,
    as_json: bool,
    role: str,
    context: str,
    language: str,
    changes: Path | None,
    lists_only: bool,
    rewritten: bool,
    fail: bool,
) -> None:
    r"""Judge texts: pass, hint, rewrite or block, with what was found where and on what ground.

    Standard input holds one object a line: {"text": "…", "role": "agent", "context": {…}}. Each line gives
    one answer in the same order; a line that cannot be read gives {"error": "…"} and stops nothing. Ends with
    code 0 however the texts were judged, unless --fail is given; with 2 when it is called wrongly.
    """
    common = {"role": role, "language": language, **_object(context, "--context")}
    book = _book(changes, learned=not lists_only)
    out = sys.stdout.buffer
    write = _json_writer(out, rewritten=rewritten) if as_json else _picture_writer(out, language)
    if text is None and sys.stdin.isatty():
        raise click.UsageError("give --text, or JSON lines on standard input")
    good = True
    lines = _lines(sys.stdin.buffer) if text is None else iter([msgspec.json.encode({"text": text})])
    try:
        for number, line in enumerate(lines, 1):
            good &= _answer(line, number, common, book, write)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; nobody is left to tell
    if fail and not good:
        sys.exit(1)


Writer = Callable[[str, Review | str], None]
"""Takes the text and its review, or the reason why there is none."""


def _answer(line: bytes, number: int, common: Mapping[str, Any], book: GuardBook, write: Writer) -> bool:
    """Judge one line and write the answer; tells whether it may be sent."""
    try:
        parsed = msgspec.json.decode(line, type=Line)
        own = {"role": parsed.role} if parsed.role else {}
        context = context_from({**common, **parsed.context, **own})
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        write("", f"line {number}: {error}")
        return False
    review = rules.review(parsed.text, context, book)
    write(parsed.text, review)
    return review.sendable


def context_from(said: Mapping[str, Any]) -> Context:
    """The context a JSON object describes; unknown names are left alone, lists may be single words.

    Raises msgspec.ValidationError for a known name with a value that cannot be meant.
    """
    names = Context.__struct_fields__
    known: dict[str, Any] = {name: said[name] for name in names if said.get(name) is not None}
    order: Any = said.get("order")
    if isinstance(order, dict) and "on_time_insurance" not in known:
        known["on_time_insurance"] = cast("dict[str, Any]", order).get("on_time_insurance", False)
    for name in ("category", "registered_names", "own_data"):
        if name in known:
            known[name] = _several(known[name])
    if "category" in known:
        known["category"] = [_CATEGORIES.get(word, word) for word in known["category"]]
    if "proofs" in known:
        known["proofs"] = [
            {"text": one} if isinstance(one, str) else one for one in _several(known["proofs"])
        ]
    return msgspec.convert(known, Context)


def _several(value: Any) -> list[Any]:
    """A list as it is, anything else as a list of one."""
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines one at a time; one that is far too long is cut off, so that it cannot be read."""
    while line := stream.readline(_LINE_MAX):
        rest = line
        while not rest.endswith(b"\n") and rest:
            rest = stream.readline(_LINE_MAX)
        yield line


def _object(text: str, option: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def _book(changes: Path | None, *, learned: bool) -> GuardBook:
    shipped = books.shipped() if learned else books.shipped().changed(Changes(learned=False))
    if changes is None:
        return shipped
    try:
        wanted = msgspec.json.decode(changes.read_bytes(), type=Changes)
    except msgspec.MsgspecError as error:
        raise click.BadParameter(str(error), param_hint="--changes") from None
    return shipped.changed(wanted if learned else msgspec.structs.replace(wanted, learned=False))


# ── for programs ─────────────────────────────────────────────────────────


def _json_writer(out: BinaryIO, *, rewritten: bool) -> Writer:
    encoder = msgspec.json.Encoder()

    def write(text: str, review: Review | str) -> None:
        del text
        if isinstance(review, str):
            out.write(encoder.encode({"error": review}) + b"\n")
        else:
            answer: Any = Answer(review.verdict, [_shown(finding) for finding in review.findings])
            if rewritten:
                answer = {**msgspec.to_builtins(answer), "text": review.text}
            out.write(encoder.encode(answer) + b"\n")
        out.flush()  # whoever asks line by line waits for this one

    return write


def _shown(finding: Finding) -> Shown:
    return Shown(finding.kind, finding.row, finding.start, finding.end, finding.basis, finding.suggestion)


# ── for people ───────────────────────────────────────────────────────────


def _picture_writer(out: BinaryIO, language: str) -> Writer:
    def write(text: str, review: Review | str) -> None:
        picture = review if isinstance(review, str) else "\n".join(_picture(text, review, language))
        out.write(picture.encode("utf-8", "replace") + b"\n\n")
        out.flush()

    return write


def _picture(text: str, review: Review, language: str) -> Iterator[str]:
    """The text, each finding underlined below it with its row, reason, basis and suggestion."""
    say = _catalogue(language)
    yield _coloured(say[f"verdict.{review.verdict}"], review.verdict)
    for finding in review.findings:
        first = text.rfind("\n", 0, finding.start) + 1
        last = text.find("\n", first) if "\n" in text[first:] else len(text)
        under = "~" * max(1, _width(text[finding.start : min(finding.end, last)]))
        yield f"  {text[first:last]}"
        yield f"  {' ' * _width(text[first : finding.start])}{_coloured(under, finding.verdict)}"
        yield f"    {say[f'kind.{finding.kind}']} {finding.row}: {say[f'reason.{finding.reason}']}"
        yield f"    {say['label.basis']}: {finding.basis}"
        if finding.suggestion:
            yield f"    {say['label.instead']}: {finding.suggestion}"
    if not review.findings:
        yield f"  {text}"
    elif review.text != text:
        yield f"  {say['label.rewritten']}: {review.text}"


def _coloured(text: str, verdict: str) -> str:
    return click.style(text, fg=_COLOURS[verdict]) if sys.stdout.isatty() else text


def _width(text: str) -> int:
    """How many columns a terminal gives a text."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


@lru_cache(maxsize=2)
def _catalogue(language: str) -> dict[str, str]:
    path = files("xiaoer") / "catalogue" / language / "guard.json"
    return json.loads(path.read_text("utf-8"))
