"""Enough reading of our SQL to see who touches whose tables; comments and literals are set aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.source import SRC
from tools.layers import layers, may_read
from xiaoer.plumbing.sql_text import Text, read_statements

PACKAGES = {name for layer in layers() for name in layer}
SYSTEM = {"pg_catalog", "information_schema"}

_NAME = r'"?([a-z_][a-z0-9_]*+)"?+'
_QUALIFIED = rf"{_NAME}\.{_NAME}"
_WRITES = re.compile(
    rf"\b(?:insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?|update)\s+(?:only\s+)?{_QUALIFIED}"
)
_BARE_WRITE = re.compile(
    rf"\b(?:insert\s+into|delete\s+from|merge\s+into)\s+(?:only\s+)?{_NAME}(?!\s*\.)"
    rf"|\bupdate\s+(?:only\s+)?(?!set\b){_NAME}\s+(?:(?:as\s+)?\w+\s+)?set\b"
)
_REFERENCE = re.compile(rf"(?<![.:\w]){_QUALIFIED}")
_SOURCE = re.compile(rf"(?:\bfrom|\bjoin|\busing)\s+(?:only\s+|lateral\s+)?{_NAME}(?![.\w])(?!\s*\()")
_BLOCK = re.compile(rf"{_NAME}\s*(?:\([^()]*\))?\s+as\s+(?:not\s+)?(?:materialized\s+)?\(")
_NOT_A_SOURCE = re.compile(r"\bdistinct\s+from\b|\b(?:extract|substring|trim|overlay)\s*\(\s*[^()]*?\bfrom\b")


@dataclass(frozen=True)
class Statement:
    """One named statement of a domain, with nothing in it but SQL."""

    domain: str
    name: str
    text: str

    @property
    def label(self) -> str:
        """Name it as people do: `orders.insert_order`."""
        return f"{self.domain}.{self.name}"


def bare(text: str) -> str:
    """Take comments and string literals out, and write everything small."""
    text = re.sub(r"--[^\n]*|/\*.*?\*/", " ", text, flags=re.DOTALL)
    return re.sub(r"'(?:[^']|'')*'", "''", text).lower()


def parse(domain: str, text: str) -> list[Statement]:
    """Read a file of statements as the program does, each put together from its pieces."""
    return [Statement(domain, one.name, bare(_spelled(one))) for one in read_statements(text).values()]


def _spelled(one: Text) -> str:
    """Write the parameters of a statement by their names again."""
    return re.sub(r"\$(\d+)", lambda number: f":{one.parameters[int(number[1]) - 1]}", one.sql)


def statements() -> Iterator[Statement]:
    """Read every statement of every package."""
    for path in sorted(SRC.rglob("*.sql")):
        yield from parse(path.relative_to(SRC).parts[0], path.read_text(encoding="utf-8"))


def written(statement: Statement) -> set[str]:
    """Name the schemas a statement writes to."""
    return {schema for schema, _ in _WRITES.findall(statement.text)}


def touched(statement: Statement) -> set[str]:
    """Name the schemas a statement mentions, in any clause."""
    return {schema for schema, _ in _REFERENCE.findall(statement.text) if schema in PACKAGES}


def homeless(statement: Statement) -> set[str]:
    """Name the tables written without their schema; what the statement itself defines has none."""
    text = _NOT_A_SOURCE.sub(" ", statement.text)
    own = {*_BLOCK.findall(text)}
    found = {*_SOURCE.findall(text)} | {one or other for one, other in _BARE_WRITE.findall(text)}
    return found - own - {"lateral", "unnest", "only", "select", "values"}


def complaints(statement: Statement) -> list[str]:
    """Tell what a statement may not do: write abroad, read upwards or sideways, leave a schema out."""
    home = statement.domain
    found = [f"writes to {schema}" for schema in sorted(written(statement) - {home})]
    above = sorted(schema for schema in touched(statement) if not may_read(home, schema))
    found += [f"reads {schema}, which does not stand below {home}" for schema in above]
    found += [f"names {table} without its schema" for table in sorted(homeless(statement))]
    return [f"{statement.label} {one}" for one in found]


def has_tenant(statement: Statement) -> bool:
    """Say whether a statement is bound to the tenant it is given.

    One that touches no table need not be; one that calls a function of its own schema hands the tenant on.
    """
    text = statement.text
    if not touched(statement) or re.search(rf"\b{statement.domain}\.\w+\s*\([^()]*:tenant\b", text):
        return True
    return bool(re.search(r":tenants?\b", text) and re.search(r"(?<!:)\btenant\b", text))
