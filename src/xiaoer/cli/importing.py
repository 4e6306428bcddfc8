"""`xiaoer import`: takes over shops, products, buyers and orders from files."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Self, get_args

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from xiaoer.cli.database import FAULTS, database
from xiaoer.identity import queries
from xiaoer.identity.actions import shops
from xiaoer.identity.model import Marketplace
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders.actions.batch import Right
from xiaoer.orders.actions.importing import Importer, customs_of
from xiaoer.orders.actions.naming import Moment
from xiaoer.orders.model import ImportSummary
from xiaoer.orders.rules.parse import kind_of
from xiaoer.orders.rules.reader import Format, reader
from xiaoer.orders.rules.retail import FILES, SHOP
from xiaoer.orders.rules.rows import KINDS, Kind
from xiaoer.orders.rules.tally import Tally
from xiaoer.plumbing import clock, language, migrate, postgres
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.settings import Settings

CHUNK_BYTES: Final = 256 * 1024
ERRORS_SHOWN: Final = 20
STDIN: Final = Path("-")


class CannotRun(click.ClickException):
    """Nothing was imported; rows that failed end the command with 1, this with 2."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the kind of its rows where its name or the caller says so."""

    path: Path
    kind: Kind | None

    @property
    def name(self) -> str:
        """How the file is called in the summary."""
        return "standard input" if self.path == STDIN else str(self.path)

    @property
    def size_bytes(self) -> int:
        """0 when nobody knows."""
        return 0 if self.path == STDIN else self.path.stat().st_size


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller asked for."""

    sources: Sequence[Source]
    form: Format
    marketplace: str | None
    create: bool
    shop: str | None
    strict: bool


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="xiaoer",
    show_default=True,
    help="xiaoer: JSON lines or CSV, whichever it is; retail: the public tau-bench data set.",
)
@click.option("--kind", type=click.Choice(KINDS), help="Kind of the rows that name none (of a CSV, mostly).")
@click.option("--marketplace", metavar="SLUG", help="Into which; needed when there are several.")
@click.option("--create", is_flag=True, help="Open the marketplace when it is not there.")
@click.option("--shop", metavar="ID", help="Shop of the rows that name none.")
@click.option("--strict", is_flag=True, help="Refuse rows with fields that are not known.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("--language", "tongue", metavar="TAG", help="Of the messages; that of the terminal by default.")
def command(
    files: tuple[Path, ...],
    form: Format,
    kind: Kind | None,
    marketplace: str | None,
    *,
    create: bool,
    shop: str | None,
    strict: bool,
    as_json: bool,
    tongue: str | None,
) -> None:
    """Take over shops, products, buyers and orders from FILES (- is standard input); see docs/import.md.

    Importing the same again changes nothing. Wrong rows are told one by one while the others go in.
    Ends with 0 when every row went in, 1 when some did not, 2 when nothing could be done.
    """
    wish = Wish(find(files, form, kind), form, marketplace, create, shop, strict)
    try:
        settings = Settings.load()
        with database(settings) as url:
            spoken = language.match(tongue or _terminal()) or "en"
            summary = asyncio.run(_work(settings, url, wish, spoken))
    except FAULTS as fault:
        raise CannotRun(str(fault)) from fault
    if as_json:
        click.echo(msgspec.json.encode(summary).decode())
    else:
        show(summary, Console())
    sys.exit(1 if summary.failed else 0)


def _terminal() -> str:
    said = next((text for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (text := os.environ.get(name))), "")
    return said.partition(".")[0]


def find(files: Sequence[Path], form: Format, kind: Kind | None) -> list[Source]:
    """The files, folders opened, what is named before what names it. Raises CannotRun."""
    found: list[Source] = []
    for path in files:
        if path != STDIN and not path.exists():
            raise CannotRun(f"There is no file {path}.")
        found += [Source(one, kind or _kind_of_file(one)) for one in _opened(path, form)]
    return sorted(found, key=lambda one: KINDS.index(one.kind) if one.kind else 0)


def _opened(path: Path, form: Format) -> list[Path]:
    if path == STDIN or not path.is_dir():
        return [path]
    if form == "retail":
        inside = [path / name for name in FILES if (path / name).is_file()]
        wanted = " or ".join(FILES)
    else:
        inside = sorted(one for one in path.iterdir() if one.suffix in {".jsonl", ".ndjson", ".csv", ".tsv"})
        wanted = "*.jsonl or *.csv"
    if not inside:
        raise CannotRun(f"The folder {path} has no {wanted}.")
    return inside


def _kind_of_file(path: Path) -> Kind | None:
    """`orders.csv` and 订单.csv hold orders."""
    return kind_of(path.stem) or kind_of(path.stem.removesuffix("s"))


async def _work(settings: Settings, url: str, wish: Wish, spoken: str) -> ImportSummary:
    if settings.database_url is None:
        await postgres.make_database(url)
        await migrate.migrate(url)
    opened = await Database.open(url, application="xiaoer import")
    catalogue = language.Catalogue.shipped()
    try:
        return await _import(opened, wish, lambda refused: catalogue.sentence(refused, spoken))
    except Refusal as refusal:
        raise CannotRun(catalogue.sentence(refusal.refused, spoken)) from refusal
    finally:
        await opened.close()


async def _import(opened: Database, wish: Wish, sentence: Callable[[Refused], str]) -> ImportSummary:
    home = await _marketplace(opened, wish)
    async with opened.read(home.tenant) as tx:
        customs = await customs_of(tx, wish.shop)
    started = clock.now()
    async with Importer(
        opened,
        home.tenant,
        right=Right(),
        customs=customs,
        moment=Moment(started, clock.new_id),
        strict=wish.strict,
    ) as importer:
        if wish.form == "retail" and wish.shop is None:
            await importer.take_own(SHOP)
        with Told(sum(source.size_bytes for source in wish.sources)) as told:
            for source in wish.sources:
                with click.open_file(str(source.path), "rb") as file:
                    await importer.read(
                        _chunks(file),
                        reader(wish.form, source.kind, wish.shop),
                        file=source.name if len(wish.sources) > 1 else None,
                        kind=source.kind,
                        told=lambda size: told.more(size, importer.tally),
                    )
            tally = await importer.close()
    return tally.summary(sentence, (clock.now() - started).total_seconds())


async def _marketplace(opened: Database, wish: Wish) -> Marketplace:
    """The one asked for, made when that was asked for too. Raises Refusal."""
    try:
        async with opened.system() as tx:
            return await queries.marketplace_named(tx, wish.marketplace)
    except Refusal:
        async with opened.system() as tx:
            several = wish.marketplace is None and bool(await queries.some_marketplaces(tx))
        if not wish.create or several:
            raise
    slug = wish.marketplace or "marketplace"
    async with opened.transaction(clock.new_id()) as tx:
        return await shops.create_marketplace(
            tx,
            slug=slug,
            name=slug,
            time_zone="Asia/Shanghai",
            currency="CNY",
            language="zh-Hans",
            now=clock.now(),
        )


async def _chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


class Told:
    """The progress of an import, on the terminal and not in the output."""

    def __init__(self, size_bytes: int) -> None:
        self._progress: Final = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._progress.add_task("reading", total=size_bytes or None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def more(self, size_bytes: int, tally: Tally) -> None:
        """So many bytes more have been read."""
        failed = f", {tally.failed:,} failed" if tally.failed else ""
        self._progress.update(self._task, advance=size_bytes, description=f"{tally.rows:,} rows{failed}")


def show(summary: ImportSummary, console: Console) -> None:
    """The summary for people."""
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
    table.add_column("")
    for title in ("rows", "created", "updated", "unchanged", "failed"):
        table.add_column(title, justify="right")
    for kind, one in (*summary.kinds.items(), ("together", summary)):
        numbers = (one.rows, one.created, one.updated, one.unchanged, one.failed)
        table.add_row(kind, *(f"{number:,}" for number in numbers))
    console.print(table)
    console.print(f"in {summary.seconds:.1f} s")
    for name, number in summary.unknown_fields.items():
        console.print(f"not understood: {name} ({number:,} times)", markup=False, highlight=False)
    for one in summary.errors[:ERRORS_SHOWN]:
        parts = (one.file, f"line {one.line}", one.kind, one.field)
        place = ", ".join(part for part in parts if part)
        console.print(f"{place}: {one.message}", markup=False, highlight=False, soft_wrap=True)
    rest = len(summary.errors) - ERRORS_SHOWN + summary.errors_left_out
    if rest > 0:
        console.print(f"… and {rest:,} more; --json tells the first thousand.", highlight=False)
