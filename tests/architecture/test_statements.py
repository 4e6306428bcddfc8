"""Every statement of every .sql file is understood by the migrated database and fits the class it becomes."""

import importlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from tests.architecture.source import SRC
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.rows import bare_type, field_types
from xiaoer.plumbing.sql import Statements
from xiaoer.plumbing.sql_text import Text, read_statements

FILES = sorted(SRC.rglob("*.sql"))
ROLES = ("xiaoer_app", "xiaoer_system")
TYPES: dict[str, type] = {
    "uuid": UUID,
    "text": str,
    "int2": int,
    "int4": int,
    "int8": int,
    "bool": bool,
    "bytea": bytes,
    "float4": float,
    "float8": float,
    "numeric": Decimal,
    "timestamptz": datetime,
    "date": date,
    "time": time,
    "interval": timedelta,
}


def label(path: Path) -> str:
    return str(path.relative_to(SRC))


def texts(path: Path) -> list[Text]:
    return list(read_statements(path.read_text("utf-8"), file=label(path)).values())


async def complaints(owner: Connection, texts: list[Text], file: str) -> list[str]:
    """What the database does not understand in this file, or nobody is allowed to do."""
    found: list[str] = []
    for text in texts:
        try:
            await owner.prepare(text.sql)
        except asyncpg.PostgresError as fault:
            found.append(f"{file}:{text.line} {text.name}: {fault}")
            continue
        refused = [fault for role in ROLES if (fault := await refusal(owner, role, text.sql))]
        if len(refused) == len(ROLES):
            found.append(f"{file}:{text.line} {text.name}: {refused[0]}")
    return found


async def refusal(owner: Connection, role: str, sql: str) -> str | None:
    """Why this role may not run the statement, or None."""
    await owner.execute(f"begin; set local role {role}")
    try:
        await owner.execute(f"explain (generic_plan) {sql}")
    except asyncpg.InsufficientPrivilegeError as fault:
        return str(fault)
    finally:
        await owner.execute("rollback")
    return None


def modules() -> list[ModuleType]:
    """Every module that binds statements; all are loaded, as one may bind more to those of another."""
    importlib.import_module("xiaoer.main")
    names = [
        ".".join(("xiaoer", *path.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__")
        for path in sorted(SRC.rglob("*.py"))
        if "Statements(" in path.read_text("utf-8") and path.name != "sql.py"
    ]
    return [importlib.import_module(name) for name in names]


def bound() -> list[Statements]:
    """Every set of statements, once."""
    found = {
        id(value): value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, Statements)
    }
    return sorted(found.values(), key=lambda one: one.path)


async def misfits(owner: Connection, statements: Statements) -> list[str]:
    """Where columns and fields differ in name, order or type."""
    found: list[str] = []
    for name, kind in statements.declared.items():
        if kind is None:
            continue
        columns = (await owner.prepare(statements.texts[name].sql)).get_attributes()
        fields = field_types(kind)
        where = f"{label(statements.path)} {name} → {kind.__name__}"
        if [column.name for column in columns] != list(fields):
            found.append(
                f"{where}: columns {', '.join(one.name for one in columns)}; fields {', '.join(fields)}"
            )
            continue
        found += [
            f"{where}.{field}: the column is {column.type.name}"
            for column, (field, hint) in zip(columns, fields.items(), strict=True)
            if not fits(column.type.name, hint)
        ]
    return found


def fits(column: str, hint: Any) -> bool:
    """Can this column become this field? Only what is certainly wrong is refused."""
    expected, given = TYPES.get(column), bare_type(hint)
    if expected is None or not isinstance(given, type) or given is object:
        return True
    if issubclass(given, msgspec.Struct):
        return False
    return issubclass(given, expected) and (given is bool) == (expected is bool)


@pytest.mark.parametrize("path", FILES, ids=label)
async def test_every_statement_is_understood_and_allowed(owner: Connection, path: Path) -> None:
    assert await complaints(owner, texts(path), label(path)) == []


async def test_every_row_fits_the_class_it_becomes(owner: Connection) -> None:
    assert [one for statements in bound() for one in await misfits(owner, statements)] == []


def test_every_statement_is_used() -> None:
    used = {(one.path, name) for one in bound() for name in one.declared}
    there = {(path, text.name) for path in FILES for text in texts(path)}
    assert sorted(f"{label(path)} {name}" for path, name in there - used) == []


@pytest.mark.parametrize(
    "sql",
    [
        "-- name: wrong_column\nselect tenat from plumbing.outbox",
        "-- name: wrong_table\nselect 1 from plumbing.outbux",
        "-- name: wrong_type\nselect 1 from plumbing.outbox where tenant = :id::int",
        "-- name: forbidden\nupdate plumbing.migration set name = ''",
    ],
)
async def test_a_wrong_statement_is_found(owner: Connection, sql: str) -> None:
    assert len(await complaints(owner, list(read_statements(sql).values()), "trial.sql")) == 1


@pytest.mark.parametrize(
    ("column", "hint", "expected"),
    [
        ("uuid", UUID, True),
        ("uuid", str, False),
        ("int8", int | None, True),
        ("int8", bool, False),
        ("bool", bool, True),
        ("bool", int, False),
        ("text", datetime, False),
        ("timestamptz", datetime, True),
        ("jsonb", dict[str, int], True),
    ],
)
def test_a_column_of_the_wrong_type_is_found(column: str, hint: Any, expected: bool) -> None:
    assert fits(column, hint) is expected
