"""Questions about a syntax tree: what is imported, what is called, by which full name."""

import ast
from functools import cache


@cache
def nodes(module: ast.Module) -> tuple[ast.AST, ...]:
    """List everything in a file, walked through once for all questions."""
    return tuple(ast.walk(module))


def imported(module: ast.Module) -> list[str]:
    """List the full names a file imports: modules, and names from modules."""
    names: list[str] = []
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def known_as(module: ast.Module) -> dict[str, str]:
    """Map the names used in a file to the full names they were imported from."""
    names: dict[str, str] = {}
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(node: ast.AST) -> str:
    """Spell a name and what is asked of it, as `a.b.c`; empty for anything else."""
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(words))) if isinstance(node, ast.Name) else ""


@cache
def mentioned(module: ast.Module) -> list[tuple[str, int]]:
    """List every imported thing a file speaks of, called or handed on, with its line."""
    names = known_as(module)
    found: list[tuple[str, int]] = []
    for node in nodes(module):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = dotted(node).partition(".")
            if first in names:
                found.append((f"{names[first]}.{rest}".strip("."), node.lineno))
    return found


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def calls_of(module: ast.Module, function: str) -> list[ast.Call]:
    """List the calls of a function by its last name."""
    return [node for node in nodes(module) if isinstance(node, ast.Call) and called(node) == function]


def argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    """Return an argument of a call, given by position or by name."""
    if position < len(call.args):
        return call.args[position]
    return next((one.value for one in call.keywords if one.arg == keyword), None)
