"""Time is an argument, strangers are faked and friends are not, and nobody waits by sleeping."""

import ast

import pytest

from tests.architecture.source import SRC, TESTS, name, python_files, tree
from tests.architecture.syntax import dotted, imported, mentioned, nodes

CLOCK = SRC / "plumbing" / "clock.py"
BANNED_EVERYWHERE = ("unittest.mock", "mock", "time.sleep", "pytest_mock")
ONLY_THE_CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "uuid.uuid1",
    "uuid.uuid4",
    "uuid.uuid6",
    "uuid.uuid7",
}


def banned(module: ast.Module) -> list[str]:
    """List what a file may not import or call anywhere."""
    names = {*imported(module), *(what for what, _ in mentioned(module))}
    return sorted(
        one for one in names if any(one == bad or one.startswith(f"{bad}.") for bad in BANNED_EVERYWHERE)
    )


def clock_readings(module: ast.Module) -> list[str]:
    """List where a file reads the time or invents an id by itself."""
    return sorted({f"{what} in line {line}" for what, line in mentioned(module) if what in ONLY_THE_CLOCK})


def test_nothing_is_mocked_and_nobody_sleeps():
    found = [f"{name(path)}: {what}" for path in python_files(SRC, TESTS) for what in banned(tree(path))]
    assert not found


def test_only_the_clock_reads_the_time_and_makes_ids():
    found = [
        f"{name(path)}: {what}"
        for path in python_files(SRC)
        if path != CLOCK
        for what in clock_readings(tree(path))
    ]
    assert not found, "take `now` and new ids as arguments; the door asks plumbing.clock"


def test_no_test_bends_our_own_code():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in python_files(TESTS)
        for node in nodes(tree(path))
        if isinstance(node, ast.Attribute)
        if dotted(node) in {"monkeypatch.setattr", "monkeypatch.setitem", "monkeypatch.delattr"}
    ]
    assert not found, "fake the stranger, never the friend"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from unittest import mock", ["unittest.mock"]),
        ("from unittest.mock import patch", ["unittest.mock.patch"]),
        ("import time\ntime.sleep(1)", ["time.sleep"]),
        ("from time import sleep as nap\nnap(1)", ["time.sleep"]),
        ("import time\ntime.monotonic()", []),
    ],
)
def test_a_banned_name_is_found_whatever_it_is_called(text: str, expected: list[str]):
    assert banned(ast.parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import datetime as dt\ndt.datetime.now(dt.UTC)", ["datetime.datetime.now in line 2"]),
        (
            "from datetime import datetime\nfield(default_factory=datetime.now)",
            ["datetime.datetime.now in line 2"],
        ),
        ("from uuid import uuid4\nuuid4()", ["uuid.uuid4 in line 2"]),
        ("from datetime import datetime\ndatetime(2026, 1, 1)", []),
        ("from xiaoer.plumbing import clock\nclock.now()", []),
    ],
)
def test_a_reading_of_the_clock_is_found(text: str, expected: list[str]):
    assert clock_readings(ast.parse(text)) == expected
