"""Reading SQL as text: named statements, named parameters, where one statement ends; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


class SqlFault(Exception):
    """A file of statements is malformed; the text says where."""


@dataclass(frozen=True, slots=True)
class Text:
    """One statement of a file: its name, its sentence, its SQL with $1, $2 … and their names in order."""

    name: str
    sentence: str
    sql: str
    parameters: tuple[str, ...]
    line: int


_TOKEN: Final = re.compile(
    r"""
      (?<!\w)[eE]'(?:[^'\\]|\\.|'')*'        # text with escapes
    | '(?:[^']|'')*'                         # text
    | "(?:[^"]|"")*"                         # a quoted name
    | (?<!\w)\$(?P<tag>(?:[A-Za-z_]\w*)?)\$.*?\$(?P=tag)\$   # dollar-quoted text
    | --[^\n]*                               # a comment to the end of the line
    | /\*.*?\*/                              # a comment
    | ::                                     # a cast
    | :=                                     # an assignment
    | (?<![\w\])]):(?P<parameter>[a-z_][a-z0-9_]*)   # a parameter; not the end of an array slice
    | (?<![\w$])\$(?P<number>\d+)
    | (?P<end>;)
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME: Final = re.compile(r"^--[ \t]*(name|piece):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_WORDS: Final = re.compile(r"[a-z][a-z0-9_]*")
_PIECE: Final = re.compile(r"\{\{(\w+)\}\}")


def read_statements(text: str, *, file: str = "store.sql") -> dict[str, Text]:
    """Every `-- name: …` block of a file by its name. Raises SqlFault.

    A `-- piece: …` block above them is what several statements share: each says `{{…}}` where it stands.
    """
    heads = list(_NAME.finditer(text))
    if _first_sql(text[: heads[0].start()] if heads else text):
        raise SqlFault(f"{file}:1: there is SQL before the first `-- name:` line")
    found: dict[str, Text] = {}
    pieces: dict[str, str] = {}
    lines: dict[str, int] = {}
    for place, head in enumerate(heads):
        line = text.count("\n", 0, head.start()) + 1
        end = heads[place + 1].start() if place + 1 < len(heads) else len(text)
        name = head[2]
        if not _WORDS.fullmatch(name):
            raise SqlFault(f"{file}:{line}: a statement's name is words_with_underscores, not {name!r}")
        if name in lines:
            raise SqlFault(f"{file}:{line}: {name} is there already, in line {lines[name]}")
        lines[name] = line
        block = _put_together(text[head.end() : end], pieces, f"{file}:{line}: {name}")
        if head[1] == "piece":
            pieces[name] = block.strip()
        else:
            found[name] = _read_block(block, name, file, line)
    return found


def _put_together(block: str, pieces: Mapping[str, str], where: str) -> str:
    """A block with the pieces it asks for."""

    def piece(asked: re.Match[str]) -> str:
        if asked[1] not in pieces:
            raise SqlFault(f"{where} asks for a piece {asked[1]}, which does not stand above it")
        return pieces[asked[1]]

    return _PIECE.sub(piece, block) if "{{" in block else block


def split_statements(text: str) -> list[str]:
    """The statements of a script, one by one, without their semicolons and without empty ones."""
    parts: list[str] = []
    start = 0
    for token in _TOKEN.finditer(text):
        if token["end"]:
            parts.append(text[start : token.start()])
            start = token.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if _first_sql(part)]


def number_parameters(text: str) -> tuple[str, tuple[str, ...]]:
    """`:name` becomes $1, $2 …, the same name the same number; also the names in that order."""
    names: dict[str, int] = {}

    def replace(token: re.Match[str]) -> str:
        if name := token["parameter"]:
            return f"${names.setdefault(name, len(names) + 1)}"
        return token[0]

    return _TOKEN.sub(replace, text), tuple(names)


def _read_block(block: str, name: str, file: str, line: int) -> Text:
    sentence: list[str] = []
    lines = block.strip("\n").split("\n")
    while lines and lines[0].lstrip().startswith("--"):
        sentence.append(lines.pop(0).lstrip().removeprefix("--").strip())
    statements = split_statements("\n".join(lines))
    if len(statements) != 1:
        raise SqlFault(f"{file}:{line}: {name} has {len(statements)} statements; it must have one")
    if "$" in statements[0] and any(token["number"] for token in _TOKEN.finditer(statements[0])):
        raise SqlFault(f"{file}:{line}: {name} has a numbered parameter; write :name")
    sql, parameters = number_parameters(statements[0])
    return Text(name, " ".join(sentence), sql, parameters, line)


def _first_sql(text: str) -> bool:
    """Is there anything but comments, spaces and semicolons?"""
    text = text.lstrip()
    if text[:1].isalpha():
        return True  # nearly always; the rest costs a walk over every token
    rest = _TOKEN.sub(lambda token: "" if token[0][:2] in {"--", "/*"} or token["end"] else token[0], text)
    return bool(rest.strip())
