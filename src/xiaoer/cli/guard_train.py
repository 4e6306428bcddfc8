"""`xiaoer guard train`: make the learned judge of abuse from labelled sentences; no library, no server."""

import csv
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from xiaoer.guard import learned, training
from xiaoer.guard.training import Example, Recipe

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_TEXT: Final = ("text", "sentence", "content", "review")
_LABEL: Final = ("label", "abusive", "offensive", "class")
_YES: Final = frozenset({"1", "true", "yes", "abuse", "abusive", "offensive", "toxic"})


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--own", multiple=True, type=_FILE, help="A file of own sentences, which count several times.")
@click.option("--times", default=6, show_default=True, help="How many times an own sentence counts.")
@click.option("--dev", type=_FILE, help="Labelled sentences to measure the weights on.")
@click.option("--pieces", default=Recipe().pieces, show_default=True, help="How many pieces are kept.")
@click.option("--rounds", default=Recipe().rounds, show_default=True, help="Rounds of the descent.")
@click.option("--seed", default=Recipe().seed, show_default=True, help="Of the order of the sentences.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the weights here.")
@click.option("--json", "as_json", is_flag=True, help="The figures as one JSON object.")
def train(
    *,
    files: tuple[Path, ...],
    own: tuple[Path, ...],
    times: int,
    dev: Path | None,
    pieces: int,
    rounds: int,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> None:
    r"""Learn from labelled sentences which pieces of words are abuse.

    FILES are CSV with a text and a label (1 is abuse), JSON lines of the same, or the groups of sentences of
    tests/guard/sentences. The weights are written where --out says; put them at
    src/xiaoer/guard/lists/abuse_weights.tsv to ship them. Data whose licence does not allow it may be learned
    from for one's own use, but its weights may not be given away.
    """
    recipe = Recipe(rounds=rounds, pieces=pieces, seed=seed)
    examples = [Example(text, abusive) for file in files for text, abusive in _labelled(file)]
    examples += [Example(text, abusive, times) for file in own for text, abusive in _labelled(file)]
    began = time.monotonic()
    try:
        weights = training.train(list(training.spread(examples, seed)), recipe, _tell)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    figures: dict[str, float | int] = {
        "sentences": len(examples),
        "pieces": len(weights.pieces),
        "seconds": round(time.monotonic() - began, 1),
    }
    if dev is not None:
        measured = list(_labelled(dev))
        scores = training.scores([text for text, _ in measured], [truth for _, truth in measured], weights)
        figures |= {name: round(value, 4) for name, value in scores._asdict().items()}
    if out is not None:
        out.write_text(learned.written(weights), encoding="utf-8")
    click.echo(
        msgspec.json.encode(figures)
        if as_json
        else "\n".join(f"{name:<18}{value}" for name, value in figures.items())
    )


def _tell(words: str) -> None:
    if sys.stderr.isatty():
        click.echo(words, err=True)


def _labelled(file: Path) -> Iterator[tuple[str, bool]]:
    """The sentences of a file with their labels; complains about the file when it holds none."""
    reader = {".jsonl": _of_json, ".toml": _of_groups}.get(file.suffix, _of_csv)
    found = 0
    for text, abusive in reader(file):
        found += 1
        yield text, abusive
    if not found:
        raise click.UsageError(f"{file}: no labelled sentences; a text and a label are looked for")


def _of_csv(file: Path) -> Iterator[tuple[str, bool]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield from _row({str(name).lower(): value for name, value in row.items()})


def _of_json(file: Path) -> Iterator[tuple[str, bool]]:
    for line in file.read_text("utf-8").splitlines():
        row: dict[str, Any] = msgspec.json.decode(line)
        yield from _row({name.lower(): value for name, value in row.items()})


def _row(row: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    text = next((row[name] for name in _TEXT if name in row), None)
    label = next((row[name] for name in _LABEL if name in row), None)
    if text is not None and label is not None:
        yield str(text), str(label).strip().lower() in _YES


def _of_groups(file: Path) -> Iterator[tuple[str, bool]]:
    """Our own groups: what is held back as abuse is abuse, everything else is not."""
    for group in tomllib.loads(file.read_text("utf-8")).get("group", []):
        abusive = group["kind"] == "abuse" and group["expect"][0] != "pass"
        yield from ((sentence, abusive) for sentence in group["sentences"])
