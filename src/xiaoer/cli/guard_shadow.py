"""`xiaoer guard shadow`: what a new list would have done with messages that have been sent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from xiaoer.guard import book as books
from xiaoer.guard import rules
from xiaoer.guard.model import Changes, Context, Shadow

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--changes", required=True, type=_FILE, help="The new additions and allowed phrases (JSON).")
@click.option("--instead-of", type=_FILE, help="The changes in force now; without it the shipped lists.")
@click.option("--list", "listed", default=20, show_default=True, help="How many messages to show.")
@click.option("--json", "as_json", is_flag=True, help="The comparison as one JSON object.")
def shadow(
    *, files: tuple[Path, ...], changes: Path, instead_of: Path | None, listed: int, as_json: bool
) -> None:
    r"""Compare two sets of lists on messages, without holding anything back.

    FILES hold one message a line: plain text, JSON objects with `text`, or recorded dialogues with
    `exchanges[].system`.
    """
    messages = ((text, Context()) for file in files for text in _messages(file))
    compared = rules.shadow(messages, _book(instead_of), _book(changes), kept=listed)
    click.echo(msgspec.json.encode(compared) if as_json else "\n".join(_told(compared)))


def _book(changes: Path | None) -> books.GuardBook:
    if changes is None:
        return books.shipped()
    try:
        return books.shipped().changed(msgspec.json.decode(changes.read_bytes(), type=Changes))
    except msgspec.MsgspecError as error:
        raise click.BadParameter(str(error), param_hint=str(changes)) from None


def _messages(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        for raw in lines:
            line = raw.strip()
            if not line.startswith("{"):
                if line:
                    yield line
                continue
            try:
                row: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
            except msgspec.MsgspecError:
                yield line
                continue
            said = [one.get("system") for one in row.get("exchanges", [])] or [row.get("text")]
            yield from (text for text in said if isinstance(text, str) and text)


def _told(compared: Shadow) -> Iterator[str]:
    for one in compared.changed:
        marks = ", ".join(f"{x.kind} {x.row} {one.text[x.start : x.end]!r}" for x in one.findings)
        yield f"{one.before} → {one.after}: {one.text[:120]}  [{marks}]"
    per_mille = 1000 / max(1, compared.messages)
    yield (
        f"{compared.messages} messages; held back {compared.held_before} → {compared.held_after}"
        f" ({compared.held_before * per_mille:.2f} → {compared.held_after * per_mille:.2f} per 1,000);"
        f" {compared.changed_count} judged otherwise"
    )
