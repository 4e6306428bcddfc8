"""Machines and decision tables prove themselves, wherever they stand; nothing waits for ever."""

from pathlib import Path

import pytest

from tests.architecture.source import name
from tools.docs_machines import Drawn, found
from tools.docs_tables import table_files
from xiaoer import main
from xiaoer.kernel.table_text import check, load

MACHINES = [machine for machines in found().values() for machine in machines.values()]
TABLES = table_files()


def test_there_are_machines_and_tables():
    assert MACHINES
    assert TABLES


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_a_machine_has_no_flaw(machine: Drawn):
    assert machine.flaws() == ()


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_clock_of_a_machine_is_rung_by_somebody(machine: Drawn):
    assert machine.clocks <= main.TIMERS.keys()


@pytest.mark.parametrize("path", TABLES, ids=name)
def test_a_table_decides_every_case_once(path: Path):
    assert check(path.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize("path", TABLES, ids=name)
def test_every_row_of_a_table_says_what_it_stands_on(path: Path):
    assert not [row.id for row in load(path.read_text(encoding="utf-8")).rows if not row.basis.strip()]
