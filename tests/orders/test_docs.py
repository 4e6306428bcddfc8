"""docs/import.md tells the truth: its examples go in, and it names every field there is."""

import re
from pathlib import Path
from typing import cast

import pytest

from tests import make
from xiaoer.orders.actions.batch import Right
from xiaoer.orders.actions.importing import Importer, customs_of
from xiaoer.orders.actions.naming import Moment
from xiaoer.orders.rules.reader import reader
from xiaoer.orders.rules.rows import Kind
from xiaoer.orders.rules.words import FLAGS, HEADERS, LIMITS, STATES
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

TEXT = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")
EXAMPLE = re.compile(r"^```(jsonl|csv)(?: kind=(\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


async def test_the_examples_go_in_twice(database: Database, owner: Connection):
    home = await make.marketplace(database)
    examples = EXAMPLE.findall(TEXT)
    assert len(examples) == 9
    for outcome in ("created", "unchanged"):
        async with database.read(home.tenant) as tx:
            customs = await customs_of(tx, None)
        importer = Importer(
            database,
            home.tenant,
            right=Right(),
            customs=customs,
            moment=Moment(clock.now(), clock.new_id),
            strict=True,
        )
        for form, kind, rows in examples:
            made = reader(form, cast("Kind", kind) or None)
            records = [*made.feed(rows.encode("gb18030" if form == "csv" else "utf-8")), *made.close()]
            await importer.take(records, kind=cast("Kind", kind) or None)
        summary = (await importer.close()).summary(lambda refused: f"{refused.code} {refused.facts}", 0)
        assert summary.errors == []
        assert getattr(summary, outcome) == summary.rows > 15
    paid = await owner.fetch("select external_id, total_minor, paid_minor from orders.purchase order by 1")
    assert [tuple(row) for row in paid] == [
        ("A1001", 18600, 18600),
        ("A1002", 8800, 8800),
        ("B2001", 25400, 25400),
        ("B2002", 36800, 36800),
    ]


@pytest.mark.parametrize("kind", HEADERS)
def test_every_field_is_named(kind: str):
    words = set(re.findall(r"[a-z_]+", TEXT))
    parts = {part for path in HEADERS[kind].values() for part in path.split(".")}
    assert parts <= words


def test_every_flag_state_and_limit_is_named():
    assert {f"`{flag}`" for flag in FLAGS.values()} <= set(re.findall(r"`\w+`", TEXT))
    assert {f"`{state}`" for state in STATES.values()} <= set(re.findall(r"`\w+`", TEXT))
    for name, said in {
        "row_bytes_max": "1 MiB",
        "lines_max": "500 items",
        "list_max": "100 entries",
        "id_max": "128 characters",
        "title_max": "a title 500",
        "text_max": "a text 2,000",
        "batch_rows": "500 at a time",
        "errors_max": "1,000 faults",
        "deferred_rows_max": "10,000",
        "details_bytes_max": "16 KiB",
    }.items():
        assert said in " ".join(TEXT.split())
        figure = re.search(r"[\d,]+", said)
        assert figure is not None
        size = {"MiB": 2**20, "KiB": 2**10}.get(said.split()[-1], 1)
        assert int(figure[0].replace(",", "")) * size == LIMITS[name]
