"""The figures can still be measured: every part runs, tiny, and gives figures of the right form."""

from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from bench import evidence, figures
from bench.figures import Figure, Target
from bench.page import page
from bench.place import Place
from bench.run import TINY, measure
from xiaoer.evidence.rules.verify import verify
from xiaoer.plumbing import postgres
from xiaoer.plumbing.driver import Connection


@pytest.mark.usefixtures("database")
async def test_parts_give_figures(
    database_url: str, postgres_server: postgres.Server, owner: Connection, tmp_path: Path
) -> None:
    place = Place(tmp_path, database_url, postgres_server.status().postgres, print)
    parts = {"rows", "talk", "disputes", "history", "clocks"}
    try:
        found = await measure(place, TINY, parts)
    finally:
        await owner.execute("drop schema if exists bench cascade")
    assert {one.group for one in found} == parts
    assert all(one.value > 0 for one in found if one.unit != "µs")


@pytest.mark.usefixtures("database")
async def test_what_was_found_is_shown_when_time_is_up(
    database_url: str, postgres_server: postgres.Server, owner: Connection, tmp_path: Path
) -> None:
    said: list[str] = []
    place = Place(tmp_path, database_url, postgres_server.status().postgres, said.append)
    try:
        found = await measure(place, structs.replace(TINY, limit_seconds=0.001), {"rows", "talk", "guard"})
    finally:
        await owner.execute("drop schema if exists bench cascade")
    assert {one.group for one in found} == {"guard"}
    assert "time is up: the rest is left out" in said


def test_what_was_reached_follows_from_the_target() -> None:
    asked = Target(350, 150)
    assert [Figure("talk", "x", cost, "µs", "less", target=asked).reached for cost in (151, 150, 351)] == [
        "first",
        "goal",
        "below",
    ]
    share = Target(0.2, 0.4, of_floor=True)
    assert Figure("talk", "x", 30, "/s", floor=100, target=share).reached == "first"
    assert Figure("talk", "x", 30, "/s", target=share).reached == ""


def test_figures_are_shown_in_words_json_and_on_a_page() -> None:
    found = [
        Figure("talk", "messages", 4_321.0, "/s", floor=20_000.0, target=Target(0.2, 0.4, of_floor=True))
    ]
    assert "4,321" in figures.plain(found)
    first = page(found, {"memory": "1 GiB"}, "# Performance\n\nWhat a message costs.\n")
    assert "| messages | 4,321 | /s | 20,000 |" in first
    again = page(found, {"memory": "2 GiB"}, first)
    assert again == first.replace("1 GiB", "2 GiB")
    assert again.startswith("# Performance\n\nWhat a message costs.\n\n## The last figures")
    read = msgspec.json.decode(figures.as_json(found, {}))
    assert read["figures"][0]["reached"] == "first"


def test_a_pack_of_the_bench_is_right_and_a_changed_one_is_not() -> None:
    lines = evidence.said(3)
    assert verify(evidence.packed(evidence.sealed(lines), lines)).right
    assert evidence.tampered(4) == 4
