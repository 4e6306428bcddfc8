"""`xiaoer inspect`: every conversation of exported chat logs inspected, with a report to print."""

import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from xiaoer.cli import inspect_read as reading
from xiaoer.cli.inspect_job import LENGTH_BYTES, TRAINED, Job, Plan, outcome, work
from xiaoer.cli.inspect_pool import ENGINES, Engine, spread
from xiaoer.cli.inspect_report import report
from xiaoer.cli.inspect_tally import Tally
from xiaoer.cli.inspect_train import train
from xiaoer.clocks.rules.profiles import PROFILES
from xiaoer.inspection.rules import mood
from xiaoer.plumbing import clock
from xiaoer.plumbing.settings import Settings
from xiaoer.rulebook.rules.shipment import current

BUCKET_BYTES: Final = 24 * 2**20
"""How much of the files goes into one bucket: what a worker holds at once is a few times this."""
BUCKETS_MAX: Final = 512
BUFFER_BYTES: Final = 1 << 17


class _Group(click.Group):
    """Files may be named without a command: `xiaoer inspect FILE…` is `xiaoer inspect files FILE…`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help", "-h"}:
            args = ["files", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Inspect exported chat logs (`xiaoer inspect FILE… --out DIR`), or train the model (`train`)."""


command.add_command(train)


@command.command("files")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where results go."
)
@click.option("--format", "form", type=click.Choice(["auto", *reading.FORMATS]), default="auto")
@click.option(
    "--columns", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Column mapping."
)
@click.option(
    "--profile", type=click.Choice(sorted(PROFILES)), default="five_minutes", help="Response profile."
)
@click.option("--model", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="From `train`.")
@click.option(
    "--workers",
    type=(click.Choice(ENGINES), click.IntRange(1, 4096)),
    default=("local", os.cpu_count() or 1),
    help="ENGINE N: local processes, ray or dask.",
)
@click.option("--language", type=click.Choice(["zh-Hans", "en"]), default="zh-Hans", help="Of the report.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def inspect_files(
    *,
    files: Sequence[Path],
    out: Path,
    form: str,
    columns: Path | None,
    profile: str,
    model: Path | None,
    workers: tuple[str, int],
    language: str,
    as_json: bool,
) -> None:
    """Inspect every conversation of FILES; report.html, inspections.jsonl and more go to DIR."""
    chosen = reading.columns(columns)
    model = model or _own_model()
    if model is not None:
        _checked(model)
    plan = Plan(
        files=tuple(map(str, files)),
        profile=profile,
        model=str(model.resolve()) if model else "",
        columns=str(columns.resolve()) if columns else "",
        now=clock.now(),
        rules=f"shipped.{current().digest[:12]}",
    )
    out.mkdir(parents=True, exist_ok=True)
    rooms = Path(tempfile.mkdtemp(prefix=".work-", dir=out))
    try:
        with _bar() as bar:
            tally, jobs = _sorted(files, form, chosen, rooms, bar)
            _inspected(plan, jobs, tally, workers, bar)
        _gather(out, rooms, jobs)
    finally:
        shutil.rmtree(rooms, ignore_errors=True)
    summary = report(out, tally, plan, language)
    if as_json:
        click.echo(msgspec.json.encode(summary).decode())
    else:
        click.echo(_told(out, tally))


def _own_model() -> Path | None:
    path = Settings.load().home / TRAINED
    return path if path.is_file() else None


def _checked(model: Path) -> None:
    try:
        mood.read_mood(model.read_bytes())
    except ValueError as error:
        raise click.BadParameter(f"{model}: {error}", param_hint="--model") from None


def _told(out: Path, tally: Tally) -> str:
    whole = tally.whole
    mean = f"{whole.score_sum / whole.scored:.1f}" if whole.scored else "–"
    bad = f", {tally.bad_rows} rows could not be used (bad_rows.jsonl)" if tally.bad_rows else ""
    return f"{whole.talks} talks, {whole.messages} messages, mean score {mean}{bad}: {out / 'report.html'}"


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


# ── rows into buckets ────────────────────────────────────────────────────


class _Buckets:
    """Files on disk into which records go by their conversation: sorting without memory."""

    def __init__(self, rooms: Path, count: int) -> None:
        self.paths: Final = [rooms / f"{number}.bucket" for number in range(count)]
        self._files: Final[list[BinaryIO]] = [path.open("wb", buffering=BUFFER_BYTES) for path in self.paths]
        self._encode: Final = msgspec.msgpack.Encoder().encode
        self._next = 0

    def put(self, one: reading.Raw | reading.Whole) -> None:
        """Keep a record; raises UnicodeEncodeError for text that is none."""
        data = self._encode(one)
        if isinstance(one, reading.Raw):
            home = zlib.crc32(f"{one.fields[6]}\0{one.fields[0]}".encode())
        else:
            home = self._next = self._next + 1
        file = self._files[home % len(self._files)]
        file.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)

    def close(self) -> None:
        """Close all files."""
        for file in self._files:
            file.close()


def _sorted(
    files: Sequence[Path], form: str, chosen: reading.Columns, rooms: Path, bar: Progress
) -> tuple[Tally, list[Job]]:
    """Every row of every file in its bucket, and a job for each bucket; bad rows are written down."""
    size = sum(path.stat().st_size for path in files)
    count = max(8, min(BUCKETS_MAX, size // BUCKET_BYTES * 2))
    buckets, tally = _Buckets(rooms, count), Tally()
    task = bar.add_task("read", total=max(size, 1))
    with (rooms / "read.bad").open("wb") as bad:
        for one in _rows(files, form, chosen, lambda read: bar.advance(task, read)):
            refused = one if isinstance(one, reading.Bad) else _put(buckets, one, files)
            if refused is not None:
                bad.write(msgspec.json.encode(refused) + b"\n")
                tally.refuse(refused.reason)
    buckets.close()
    jobs = [
        Job(number, str(path), str(path.with_suffix(".results")), str(path.with_suffix(".bad")))
        for number, path in enumerate(buckets.paths)
        if path.stat().st_size
    ]
    return tally, jobs


def _put(buckets: _Buckets, one: reading.Raw | reading.Whole, files: Sequence[Path]) -> reading.Bad | None:
    if isinstance(one, reading.Raw) and not one.fields[0].strip():
        return reading.Bad(str(files[one.file]), one.line, "no conversation")
    if isinstance(one, reading.Raw) and not (one.fields[1].strip() or one.fields[9].strip()):
        return reading.Bad(str(files[one.file]), one.line, "no text")
    try:
        buckets.put(one)
    except UnicodeEncodeError:
        return reading.Bad(str(files[one.file]), one.line, "not in the encoding of the file")
    return None


def _rows(
    files: Sequence[Path], form: str, chosen: reading.Columns, progress: Callable[[int], None]
) -> Iterator[reading.Record]:
    for number, path in enumerate(files):
        known = reading.guess(path) if form == "auto" else cast("reading.Format", form)
        yield from reading.read(path, number, known, chosen, progress)


# ── buckets into results ─────────────────────────────────────────────────


def _inspected(
    plan: Plan, jobs: Sequence[Job], tally: Tally, workers: tuple[str, int], bar: Progress
) -> None:
    engine, count = cast("Engine", workers[0]), min(workers[1], max(len(jobs), 1))
    task = bar.add_task("inspect", total=len(jobs))
    encode: Callable[[Any], bytes] = msgspec.msgpack.Encoder().encode
    told = [encode(job) for job in jobs]
    for data in spread(work, encode(plan), told, engine=engine, workers=count):
        tally.merge(outcome(data).tally)
        bar.advance(task)


def _gather(out: Path, rooms: Path, jobs: Sequence[Job]) -> None:
    """The workers' parts put together, in the order of the buckets."""
    with (out / "inspections.jsonl").open("wb") as results, (out / "bad_rows.jsonl").open("wb") as bad:
        _pour(rooms / "read.bad", bad)
        for job in jobs:
            _pour(Path(job.results), results)
            _pour(Path(job.bad), bad)


def _pour(part: Path, whole: BinaryIO) -> None:
    with part.open("rb") as file:
        shutil.copyfileobj(file, whole)
