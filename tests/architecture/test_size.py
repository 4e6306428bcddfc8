"""What one eye can take in: 400 lines a file, 60 a function, 250 a file of the pages."""

import ast
from pathlib import Path

from tests.architecture.source import ROOT, SRC, judge, lines, name, page_files, python_files, tree
from tests.architecture.syntax import nodes

FILE_LINES = 400
FUNCTION_LINES = 60
PAGE_FILE_LINES = 250
SECTION = "Longer than the limit"


def long_functions(path: Path, module: ast.Module) -> dict[str, str]:
    """Find the functions that are too long; their decorators do not count."""
    return {
        f"{name(path)}:{node.name}": f"{length} lines, {FUNCTION_LINES} are allowed"
        for node in nodes(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }


def test_files_and_functions_stay_short():
    found: dict[str, str] = {}
    ours = python_files(SRC, ROOT / "tools")
    for path, limit in [
        *((one, FILE_LINES) for one in ours),
        *((one, PAGE_FILE_LINES) for one in page_files()),
    ]:
        if (length := lines(path)) > limit:
            found[name(path)] = f"{length} lines, {limit} are allowed"
    for path in ours:
        found |= long_functions(path, tree(path))
    assert not judge(found, SECTION)


def test_a_long_function_is_found():
    text = "def long():\n" + "    pass\n" * FUNCTION_LINES
    assert long_functions(ROOT / "x.py", ast.parse(text)) == {"x.py:long": "61 lines, 60 are allowed"}
