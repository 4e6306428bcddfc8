"""What one decision costs, beside the floor of looking the same facts up in a dictionary, in one run.

`python -m bench.rules [--json]`: CPU time of this thread in microseconds, the best of several rounds, once
over many different cases (asked the first time) and once over cases that were asked before.
"""

import argparse
import itertools
import json
import time
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Final

from xiaoer.kernel.table import Table, Value
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import shelf

ROUNDS: Final = 7
CASES: Final = 2_000
TARGET: Final = 20.0


def main() -> None:
    """Measure every table of after-sale and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = [measured(name) for name in shelf() if name.startswith("after_sale.")]
    if options.json:
        print(json.dumps(found))
        return
    print("table                         cases  floor µs  again µs  first µs  (target < 20)")
    for one in found:
        print(
            f"{one['table']:<28}  {one['cases']:>5}  {one['floor']:>8.2f}  {one['again']:>8.2f}"
            f"  {one['first']:>8.2f}"
        )


def measured(name: str) -> dict[str, str | float]:
    """Microseconds a decision: the floor, a case asked before, a case asked the first time."""
    table = parsed(name, shelf()[name].text)
    cases = list(itertools.islice(answerable(table), CASES))
    key = itemgetter(*(column.name for column in table.inputs))
    answers = {key(case): table.decide(case) for case in cases}

    def floor(case: Mapping[str, Value]) -> object:
        return answers[key(case)]

    def fresh(case: Mapping[str, Value]) -> object:
        table._compiled.memo.clear()
        return table.decide(case)

    return {
        "table": name,
        "cases": len(cases),
        "floor": best(floor, cases),
        "again": best(table.decide, cases),
        "first": best(fresh, cases),
        "target": TARGET,
    }


def answerable(table: Table) -> itertools.chain[dict[str, Value]]:
    """Every case that can occur, as facts."""
    columns = [(one, one.values) for one in table.inputs]
    every = itertools.product(*(values for _, values in columns))
    facts = (
        {one.name: one.sample(value) for (one, _), value in zip(columns, case, strict=True)} for case in every
    )
    return itertools.chain(case for case in facts if not impossible(table, case))


def impossible(table: Table, case: Mapping[str, Value]) -> bool:
    """Whether a case is declared impossible."""
    settled = {one.name: one.settle(case[one.name]) for one in table.inputs}
    return any(
        all(condition.takes(settled[name]) for name, condition in entry.when.items())
        for entry in table.impossible
    )


def best(ask: Callable[[Mapping[str, Value]], object], cases: list[dict[str, Value]]) -> float:
    """Microseconds a case, the best of several rounds."""
    fastest = float("inf")
    for _ in range(ROUNDS):
        began = time.thread_time()
        for case in cases:
            ask(case)
        fastest = min(fastest, time.thread_time() - began)
    return fastest / len(cases) * 1e6


if __name__ == "__main__":
    main()
