"""`xiaoer inspect train`: the model of dissatisfaction, and how good it is on dialogues it has not seen.

scikit-learn is asked for here only; the model it writes is read by plain Python (inspection/rules/mood.py).
"""

import asyncio
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
import msgspec

from xiaoer.cli import inspect_read as reading
from xiaoer.cli.database import database
from xiaoer.cli.database import told as told_plainly
from xiaoer.cli.inspect_job import TRAINED, talk_of
from xiaoer.identity import queries as identity
from xiaoer.inspection.actions.models import keep_model
from xiaoer.inspection.rules.mood import LABELS, Look, Mood, Weights, judged, looks, strongest
from xiaoer.inspection.rules.speech import said
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.settings import Settings

PIECES_MIN: Final = 3
"""A piece of text must stand in so many turns to be learnt."""
STRENGTH: Final = 1.0
FEATURE_UNIT: Final = 0.3
"""How much a named feature may weigh beside pieces of text before learning decides."""
INNER: Final = 4
LAST_TURNS: Final = 3
"""Where a dialogue has only a rating, so many of the buyer's last turns take its label."""
_TINY: Final = 1e-3


class Example(NamedTuple):
    """One labelled turn and the dialogue it belongs to."""

    home: int
    look: Look
    label: int


class Fitted(NamedTuple):
    """Learnt weights in the order of pieces and features."""

    bias: Sequence[float]
    pieces: Mapping[str, int]
    names: Sequence[str]
    mean: Any
    spread: Any
    weights: Any


@click.command("train")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The model; else the program's home."
)
@click.option(
    "--test", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Unseen dialogues."
)
@click.option("--folds", type=click.IntRange(0, 20), default=5, help="Cross-validation; 0 leaves it out.")
@click.option("--license", "terms", default="", help="What the data may be used for, kept in the model.")
@click.option("--marketplace", help="Short name of a marketplace whose server shall judge by it from now on.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def train(
    files: Sequence[Path],
    *,
    out: Path | None,
    test: Path | None,
    folds: int,
    terms: str,
    marketplace: str | None,
    as_json: bool,
) -> None:
    """Learn from FILES of dialogues with labels: 0 dissatisfied, 1 neutral, 2 satisfied, or a rating 1…5.

    Cross-validation keeps every dialogue whole on one side; thresholds are chosen on the side that learns.
    """
    examples = [*_examples(files)]
    found = Counter(one.label for one in examples)
    if len(found) < len(LABELS) or min(found.values()) < PIECES_MIN * INNER:
        raise click.ClickException(f"too few labelled turns of each kind: {dict(sorted(found.items()))}")
    told: dict[str, Any] = {"turns": len(examples), "labels": [found[place] for place in range(3)]}
    if folds > 1:
        told["cross_validation"] = _cross_validated(examples, folds)
    model = learn(examples, source=", ".join(path.name for path in files), terms=terms)
    if "cross_validation" in told:
        model = msgspec.structs.replace(model, figures=told["cross_validation"])
    if test is not None:
        unseen = [*_examples([test])]
        told["test"] = figures([one.label for one in unseen], [_label(model, one) for one in unseen])
    out = out or Settings.load().home / TRAINED
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(msgspec.json.encode(model))
    if marketplace is not None:
        _put_in_force(out.read_bytes(), marketplace)
    told |= {"model": str(out), "pieces": len(model.grams), "heaviest": [*strongest(model, 20)]}
    if as_json:
        click.echo(msgspec.json.encode(told).decode())
    else:
        _show(told)


def _put_in_force(body: bytes, marketplace: str) -> None:
    with told_plainly():
        settings = Settings.load()
        with database(settings) as url:
            asyncio.run(_kept(url, marketplace, body))


async def _kept(url: str, marketplace: str, body: bytes) -> None:
    opened = await Database.open(url, application="xiaoer inspect train")
    try:
        async with opened.system() as tx:
            home = await identity.marketplace_named(tx, marketplace)
        async with opened.transaction(home.tenant) as tx:
            await keep_model(tx, body, clock.now())
    except Refusal as refusal:
        sentence = Catalogue.shipped().sentence(refusal.refused, "en")
        raise click.ClickException(sentence) from refusal
    finally:
        await opened.close()


def _show(told: Mapping[str, Any]) -> None:
    click.echo(f"{told['turns']} turns, labels {told['labels']}")
    for name in ("cross_validation", "test"):
        for key, value in told.get(name, {}).items():
            click.echo(f"{name}.{key} {value:.3f}")
    click.echo(f"{told['model']}: {told['pieces']} pieces; heaviest {' '.join(told['heaviest'])}")


# ── examples ─────────────────────────────────────────────────────────────


def _examples(files: Sequence[Path]) -> Iterator[Example]:
    chosen = reading.columns(None)
    home = 0
    for number, path in enumerate(files):
        for one in reading.read(path, number, reading.guess(path), chosen, lambda _: None):
            if isinstance(one, reading.Bad):
                click.echo(f"{one.file}, line {one.line}: {one.reason}", err=True)
            elif isinstance(one, reading.Whole):
                home += 1
                yield from _labelled(one, home)


def _labelled(one: reading.Whole, home: int) -> Iterator[Example]:
    seen = [*looks(said(talk_of(one).lines))]
    given = {place: label for place, label in enumerate(one.given, 1) if label is not None}
    if not given and one.rating is not None:
        label = 0 if one.rating <= 2 else 1 if one.rating == 3 else 2
        given = {look.version: label for look in seen[-LAST_TURNS:]}
    for look in seen:
        if look.version in given:
            yield Example(home, look, given[look.version])


# ── learning ─────────────────────────────────────────────────────────────


def learn(examples: Sequence[Example], *, source: str, terms: str) -> Mood:
    """A model from examples, its thresholds chosen on turns it had not seen when it judged them."""
    bad, good = _thresholds(examples)
    return _mood(_fit(examples), bad, good, source=source, terms=terms)


def _fit(examples: Sequence[Example]) -> Fitted:
    numpy: Any = reading.optional("numpy", "scikit-learn", "Training")
    linear: Any = reading.optional("sklearn.linear_model", "scikit-learn", "Training")
    sparse: Any = reading.optional("scipy.sparse", "scikit-learn", "Training")
    if len({one.label for one in examples}) < len(LABELS):
        raise click.ClickException("a part of the dialogues lacks a label altogether: more are needed")
    counted = Counter(gram for one in examples for gram in one.look.grams)
    pieces = {
        gram: place
        for place, gram in enumerate(sorted(gram for gram, times in counted.items() if times >= PIECES_MIN))
    }
    names = sorted({name for one in examples for name in one.look.features})
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, one in enumerate(examples):
        unit = len(one.look.grams) ** -0.5
        found = [pieces[gram] for gram in one.look.grams if gram in pieces]
        rows += [row] * len(found)
        columns += found
        values += [unit] * len(found)
    dense = numpy.array([[one.look.features.get(name, 0.0) for name in names] for one in examples])
    mean, spread = dense.mean(0), dense.std(0) + 1e-9
    texts = sparse.csr_matrix((values, (rows, columns)), shape=(len(examples), len(pieces)))
    seen = sparse.hstack([texts, sparse.csr_matrix((dense - mean) / spread * FEATURE_UNIT)]).tocsr()
    model = linear.LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=400)
    model.fit(seen, [one.label for one in examples])
    return Fitted([*model.intercept_], pieces, names, mean, spread / FEATURE_UNIT, model.coef_)


def _mood(fitted: Fitted, bad: float, good: float, *, source: str, terms: str) -> Mood:
    """What was learnt as plain numbers: scaling is folded into weights and bias."""
    first = len(fitted.pieces)
    scaled = fitted.weights[:, first:] / fitted.spread
    bias = fitted.bias - (scaled * fitted.mean).sum(1)
    grams = {
        gram: _three(fitted.weights[:, place])
        for gram, place in fitted.pieces.items()
        if abs(fitted.weights[:, place]).max() >= _TINY
    }
    features = {name: _three(scaled[:, place]) for place, name in enumerate(fitted.names)}
    return Mood(
        name=f"trained on {source}",
        bias=_three(bias),
        grams=grams,
        features=features,
        dissatisfied_from=bad,
        satisfied_from=good,
        source=source,
        license=terms,
    )


def _three(values: Any) -> Weights:
    first, second, third = (round(float(value), 5) for value in values)
    return first, second, third


def _thresholds(examples: Sequence[Example]) -> tuple[float, float]:
    """From which probabilities on a label is given: best for three labels and for dissatisfaction alone."""
    labels: list[int] = []
    chances: list[tuple[float, float]] = []
    for learnt, left in _folds(examples, INNER):
        model = _mood(_fit(learnt), 0.5, 0.5, source="", terms="")
        for one in left:
            turn = judged(model, one.look)
            labels.append(one.label)
            chances.append((turn.probability, turn.satisfied))
    best, chosen = -1.0, (0.5, 0.5)
    for bad in (place / 100 for place in range(24, 60, 2)):
        for good in (place / 100 for place in range(30, 70, 4)):
            given = [0 if low >= bad else 2 if high >= good else 1 for low, high in chances]
            told = figures(labels, given)
            worth = 3 * told["dissatisfied_f1"] + told["two_macro_f1"] + told["macro_f1"]
            if worth > best:
                best, chosen = worth, (bad, good)
    return chosen


def _folds(examples: Sequence[Example], count: int) -> Iterator[tuple[Sequence[Example], Sequence[Example]]]:
    """Learnt and left-out examples; no dialogue stands on both sides."""
    folds = {home: zlib.crc32(str(home).encode()) % count for home in {one.home for one in examples}}
    for fold in range(count):
        yield (
            [one for one in examples if folds[one.home] != fold],
            [one for one in examples if folds[one.home] == fold],
        )


# ── figures ──────────────────────────────────────────────────────────────


def _label(model: Mood, one: Example) -> int:
    return LABELS.index(judged(model, one.look).label)


def _cross_validated(examples: Sequence[Example], folds: int) -> dict[str, float]:
    labels: list[int] = []
    given: list[int] = []
    for learnt, left in _folds(examples, folds):
        # homes of the learning side are counted anew, so that its own folds are whole dialogues too
        homes = {home: place for place, home in enumerate(sorted({one.home for one in learnt}))}
        model = learn([one._replace(home=homes[one.home]) for one in learnt], source="", terms="")
        labels += [one.label for one in left]
        given += [_label(model, one) for one in left]
    return figures(labels, given)


def figures(labels: Sequence[int], given: Sequence[int]) -> dict[str, float]:
    """F1 of each label, their mean, mean recall (UAR), and the same of dissatisfied against the rest."""
    pairs = Counter(zip(labels, given, strict=True))
    three = [_f1(pairs, {place}) for place in range(3)]
    two = [three[0], _f1(pairs, {1, 2})]
    return {
        "dissatisfied_f1": three[0][0],
        "macro_f1": sum(one for one, _ in three) / 3,
        "uar": sum(recall for _, recall in three) / 3,
        "two_macro_f1": sum(one for one, _ in two) / 2,
        "two_uar": sum(recall for _, recall in two) / 2,
        "neutral_f1": three[1][0],
        "satisfied_f1": three[2][0],
    }


def _f1(pairs: Mapping[tuple[int, int], int], wanted: set[int]) -> tuple[float, float]:
    right = sum(count for (label, given), count in pairs.items() if label in wanted and given in wanted)
    given_so = sum(count for (_, given), count in pairs.items() if given in wanted)
    are_so = sum(count for (label, _), count in pairs.items() if label in wanted)
    recall = right / are_so if are_so else 0.0
    return (2 * right / (given_so + are_so) if given_so + are_so else 0.0), recall
