"""`xiaoer rules`: read, prove and ask decision tables, and decide stored cases again."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn, cast

import click

from xiaoer.cli.rulebook_stored import Order, decided_again
from xiaoer.kernel.table import Decision, FactError, Flaw, Row, Table, TableError
from xiaoer.kernel.table_proof import flaws
from xiaoer.kernel.table_text import load, markdown
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules import drafts
from xiaoer.rulebook.rules.explain import said
from xiaoer.rulebook.rules.shelf import profiles, shelf, texts

_LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en", "es", "ja", "ko")
_PROFILE: Final = click.option(
    "--profile", default="taobao", show_default=True, help="Which shipped profile."
)
_LANGUAGE: Final = click.option(
    "--language", type=click.Choice(_LANGUAGES), default="zh-Hans", show_default=True
)
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="JSON instead of a picture.")


@click.group()
def command() -> None:
    """Read, prove and ask the decision tables; decide stored cases again."""


@command.command("list")
@_PROFILE
@_LANGUAGE
@_JSON
def list_(*, profile: str, language: str, as_json: bool) -> None:
    """Every table: its name, question, and the digest of its wording."""
    for name in shelf():
        table = _table(name, profile)
        line = {
            "table": name,
            "title": said(table.title, language),
            "version": table.version,
            "scope": shelf()[name].scope,
            "rows": len(table.rows),
            "cases": table.cases,
            "profile": profile if name in profiles()[profile].tables else None,
        }
        click.echo(_said(line) if as_json else f"{name:28} {table.version}  {line['title']}")


@command.command()
@click.argument("table")
@_PROFILE
@_LANGUAGE
@click.option("--text", is_flag=True, help="The text of the table, to be changed and replayed with.")
def show(*, table: str, profile: str, language: str, text: bool) -> None:
    """One table, for people; or its TOML."""
    held = _table(table, profile)
    click.echo(texts(profile)[table] if text else markdown(held, "zh" if language == "zh-Hans" else language))


@command.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_JSON
def prove(*, files: Sequence[Path], as_json: bool) -> None:
    """Prove every table of every profile (or the given files) complete and unique; code 1 when one is not."""
    good = True
    for name, found in _proofs(files):
        good &= not found
        if as_json:
            click.echo(_said({"table": name, "proved": not found, "flaws": [_flaw(one) for one in found]}))
            continue
        click.echo(f"{'ok ' if not found else 'BAD'} {name}")
        for one in found:
            click.echo(f"    {one.message}" + (f" (line {one.line})" if one.line else ""))
    if not good:
        sys.exit(1)


def _proofs(paths: Sequence[Path]) -> Iterator[tuple[str, tuple[Flaw, ...]]]:
    for path in paths:
        try:
            yield str(path), flaws(load(path.read_text("utf-8")))
        except TableError as error:
            yield str(path), error.flaws
    if not paths:
        for profile in profiles():
            for name in shelf():
                if profile == "taobao" or name in profiles()[profile].tables:
                    yield f"{profile} {name}", flaws(_table(name, profile))


def _flaw(flaw: Flaw) -> dict[str, object]:
    return {
        "kind": flaw.kind,
        "message": flaw.message,
        "rows": list(flaw.rows),
        "line": flaw.line,
        "example": dict(flaw.example) if flaw.example is not None else None,
    }


@command.command()
@click.argument("table")
@click.option(
    "--facts",
    required=True,
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="A JSON object of facts, or one object a line; - is standard input.",
)
@_PROFILE
@_LANGUAGE
@_JSON
def decide(*, table: str, facts: Path, profile: str, language: str, as_json: bool) -> None:
    """Ask a table: one answer for each object of facts, in the same order.

    An object that cannot be answered gives {"error": …} and stops nothing; the command then ends with code 1.
    """
    held = _table(table, profile)
    good = True
    for number, asked in enumerate(_facts(facts), 1):
        try:
            if not isinstance(asked, dict):
                raise FactError('facts are a JSON object: {"name": value, …}')
            answer = _answer(held, cast("dict[str, object]", asked), profile, language)
        except FactError as fault:
            good = False
            answer = {"error": str(fault), "line": number}
        click.echo(_said(answer) if as_json else _picture(answer))
    if not good:
        sys.exit(1)


def _facts(path: Path) -> Iterator[object]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        _wrong(f"{path} cannot be read: {fault}")
    try:
        yield json.loads(text)
        return
    except json.JSONDecodeError:
        pass
    for line in text.splitlines():
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                yield None


def _answer(table: Table, facts: Mapping[str, object], profile: str, language: str) -> dict[str, Any]:
    found = table.decide(facts) if table.hit == "unique" else table.collect(facts)
    if isinstance(found, Decision):
        return _one(table, found, profile, language)
    return {"table": table.name, "version": table.version, "rows": [one.row for one in found]}


def _one(table: Table, decision: Decision, profile: str, language: str) -> dict[str, Any]:
    row: Row = table.row(decision.row)
    return {
        "table": table.name,
        "version": table.version,
        "row": decision.row,
        "outcome": dict(decision.outcome),
        "basis": decision.basis,
        "authority": decision.authority,
        "sentence": said(row.say, language),
        "profile": profile,
    }


def _picture(answer: Mapping[str, Any]) -> str:
    if "error" in answer:
        return f"?  {answer['error']}"
    if "rows" in answer:
        return f"{answer['table']}: {', '.join(answer['rows']) or '–'}"
    outcome = ", ".join(f"{name} = {value}" for name, value in answer["outcome"].items())
    authority = f" ({answer['authority']})" if answer["authority"] else ""
    return f"{answer['row']}  {outcome}\n    {answer['sentence']}\n    {answer['basis']}{authority}"


@command.command()
@click.option("--from", "since", required=True, type=click.DateTime(), help="First day (UTC).")
@click.option("--to", "until", required=True, type=click.DateTime(), help="The moment it ends (UTC).")
@click.option("--with", "other", help="A file with a table, or a version number of the marketplace's table.")
@click.option("--table", help="Only this table; needed for a version number.")
@click.option("--marketplace", help="Its slug, where there are several.")
@_JSON
def replay(*, as_json: bool, **order: Any) -> None:
    """Decide stored decisions again and print what differs; with another wording: what if.

    Without --with each is decided by the wording that decided it, and nothing may differ: code 1 if it does.
    """
    wanted = Order(**order)
    text = _other(wanted)
    good = True
    for name, found in decided_again(wanted, text):
        good &= not found["changed"]
        if as_json:
            click.echo(_said({"table": name, **found}))
            continue
        click.echo(f"{name}: {found['decisions']} decided again, {found['changed']} differ")
        for one in found["differences"][:50]:
            click.echo(
                f"    {one['count']} × {one['row_before']} → {one['row_after']}: {_said(one['inputs'])}"
            )
    if not good and not wanted.other:
        sys.exit(1)


def _other(wanted: Order) -> str | None:
    """The text of --with when it is a file; settles which table it is another wording of."""
    if wanted.table is not None and wanted.table not in shelf():
        _unknown(wanted.table)
    if not wanted.since < wanted.until:
        _wrong("--from must be before --to")
    text = Path(wanted.other).read_text("utf-8") if wanted.other and Path(wanted.other).is_file() else None
    if text is not None and wanted.table is None:
        try:
            short = drafts.short(load(text).name)
        except TableError as error:
            _wrong(f"{wanted.other}: {error}")
        wanted.table = next((one for one in shelf() if drafts.short(one) == short), None)
    if wanted.other and wanted.table is None:
        _wrong("--with needs --table: which table is it another wording of?")
    return text


def _table(name: str, profile: str) -> Table:
    if profile not in profiles():
        _wrong(f"there is no profile {profile!r}; there are: {', '.join(profiles())}")
    if name not in shelf():
        _unknown(name)
    return parsed(name, texts(profile)[name])


def _unknown(name: str) -> NoReturn:
    near = [one for one in shelf() if drafts.short(one) == drafts.short(name)]
    _wrong(
        f"there is no table {name!r}; " + (f"did you mean {near[0]}?" if near else "see `xiaoer rules list`")
    )


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _wrong(message: str) -> NoReturn:
    raise click.UsageError(message)
