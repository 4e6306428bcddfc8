"""`xiaoer replay`: plays recorded work against a running server."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from xiaoer.cli.database import FAULTS
from xiaoer.cli.replay_dialogues import Dialogue, Login, Plan, Summary, play, read_dialogues
from xiaoer.cli.replay_retail import Administrator, RetailSummary
from xiaoer.cli.replay_retail import play as play_tasks
from xiaoer.cli.replay_server import own_server
from xiaoer.cli.retail_tasks import NotReadable, Stock, Task, read_stock, read_tasks
from xiaoer.cli.wire import ServerSaidNo


@click.group()
def command() -> None:
    """Play recorded work against a running server and compare what came out."""


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--server", default="http://127.0.0.1:8020", show_default=True, help="Where the server listens."
)
@click.option("--marketplace", default="demo", show_default=True, help="Short name of the marketplace.")
@click.option("--shop", default=None, help="Name or id of the shop; the agent's first shop by default.")
@click.option("--agent", default="manager@demo.xiaoer", show_default=True, help="Who answers.")
@click.option(
    "--administrator", default="admin@demo.xiaoer", show_default=True, help="Who shows the widget key."
)
@click.option("--password", default="xiaoer-demo", envvar="XIAOER_PASSWORD", help="Password of both.")
@click.option(
    "--speed", default=0.0, help="Messages a second over all dialogues; 0 plays as fast as it goes."
)
@click.option("--at-once", default=16, show_default=True, help="Dialogues played side by side.")
@click.option("--limit", default=None, type=int, help="Play only the first dialogues.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def dialogues(  # noqa: PLR0917  click hands them over by name
    file: Path,
    server: str,
    marketplace: str,
    shop: str | None,
    agent: str,
    administrator: str,
    password: str,
    speed: float,
    at_once: int,
    limit: int | None,
    as_json: bool,
) -> None:
    """Play recorded dialogues as real buyers and agents over HTTP and WebSocket.

    FILE holds one JSON object a line with `exchanges: [{"user": …, "system": …}]`; the lines of JDDC are
    such objects. Ends with exit code 1 when an acknowledged message was lost, doubled or out of order.
    """
    try:
        found = list(read_dialogues(file, limit))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    plan = Plan(
        server=server,
        marketplace=marketplace,
        shop=shop,
        agent=Login(agent, password),
        administrator=Login(administrator, password),
        speed=speed,
        at_once=at_once,
    )
    try:
        summary = asyncio.run(_with_progress(plan, found))
    except ServerSaidNo as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"No server answers at {server}: {error}") from error
    if as_json:
        click.echo(msgspec.json.encode(summary).decode())
    else:
        _show(summary)
    sys.exit(0 if summary.is_whole else 1)


async def _with_progress(plan: Plan, found: list[Dialogue]) -> Summary:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("dialogues", total=len(found))
        return await play(plan, found, done=lambda: progress.advance(task))


def _show(summary: Summary) -> None:
    console = Console()
    console.print(
        f"{summary.dialogues} dialogues, {summary.messages} messages in {summary.seconds:.1f} s; "
        f"lost {summary.lost}, duplicated {summary.duplicated}, reordered {summary.reordered}"
    )
    console.print(f"guard: {summary.guard_blocked} not sent; findings {summary.guard_findings}")
    for profile, figures in summary.response.items():
        console.print(f"{profile}: {figures}")
    for trouble in summary.failures[:20]:
        console.print(f"[red]{trouble}[/red]")


PATH = click.Path(exists=True, path_type=Path)


@command.command()
@click.option("--tasks", "tasks_file", required=True, type=PATH, help="The tasks: a JSON list.")
@click.option("--expected", "expected_file", required=True, type=PATH, help="What must come of each.")
@click.option(
    "--data", type=PATH, help="Folder with products.json, users.json and orders.json; that of the tasks else."
)
@click.option("--url", default=None, help="A running server; without it one is started for the replay.")
@click.option("--marketplace", default="replay", show_default=True, help="Short name, with --url.")
@click.option("--administrator", default="admin@replay.xiaoer", show_default=True, help="With --url.")
@click.option("--password", default="xiaoer-replay", envvar="XIAOER_PASSWORD", help="His, with --url.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def retail(  # noqa: PLR0917  click hands them over by name
    tasks_file: Path,
    expected_file: Path,
    data: Path | None,
    url: str | None,
    marketplace: str,
    administrator: str,
    password: str,
    as_json: bool,
) -> None:
    """Play the write actions of recorded retail tasks over HTTP and compare orders and buyers field by field.

    Each task finds the data set as it is: tasks that share a buyer are played in different shops. Ends with
    0 when everything came out as known, 1 when something did not, 2 when nothing could be played.
    """
    try:
        stock = read_stock(data or tasks_file.parent)
        tasks = read_tasks(tasks_file, expected_file, stock)
        boss = Administrator(marketplace, administrator, password)
        if url is not None:
            summary = asyncio.run(_play_retail(url, boss, stock, tasks))
        else:
            with own_server(boss) as address:
                summary = asyncio.run(_play_retail(address, boss, stock, tasks))
    except (NotReadable, ServerSaidNo, *FAULTS) as error:
        raise CannotPlay(str(error)) from error
    except OSError as error:
        raise CannotPlay(f"No server answers at {url}: {error}") from error
    if as_json:
        click.echo(msgspec.json.encode(summary).decode())
    else:
        _show_retail(summary)
    sys.exit(0 if summary.is_whole else 1)


class CannotPlay(click.ClickException):
    """Nothing was played; a replay that came out otherwise ends with 1, this with 2."""

    exit_code = 2


async def _play_retail(url: str, boss: Administrator, stock: Stock, tasks: Sequence[Task]) -> RetailSummary:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("tasks", total=len(tasks))
        return await play_tasks(url, boss, stock, tasks, done=lambda: progress.advance(bar))


def _show_retail(summary: RetailSummary) -> None:
    console = Console(highlight=False)
    console.print(
        f"{summary.tasks} tasks, {summary.writes} writes in {summary.seconds:.1f} s; "
        f"{summary.agreed} agreed, {summary.refused_as_expected} of them refused as expected"
    )
    for row, number in summary.refusals.items():
        console.print(f"refused: {row}: {number}", markup=False)
    for one in summary.differences[:20]:
        console.print(
            f"task {one.task}, {one.subject}, {one.field}: {one.expected!r} expected, {one.actual!r} found",
            markup=False,
            soft_wrap=True,
        )
