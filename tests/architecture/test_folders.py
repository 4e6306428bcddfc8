"""A folder is a noun and says so in one sentence; its files are the questions every domain answers."""

import ast
from pathlib import Path

from tests.architecture.source import SRC, WEB, judge, name, tree
from tools.layers import domains

QUESTIONS = {
    "model",
    "machine",
    "rules",
    "events",
    "actions",
    "queries",
    "store",
    "http",
    "reactions",
    "jobs",
}
PARTS = QUESTIONS | {"tables", "__init__", "__pycache__"}
SOURCE_ONLY = {"catalogue", "pages"}


def packages() -> list[Path]:
    """List the folders of src/xiaoer that hold Python."""
    return sorted({path.parent for path in SRC.rglob("*.py")})


def test_every_folder_says_in_one_sentence_what_it_is_for():
    complaints: list[str] = []
    for folder in packages():
        init = folder / "__init__.py"
        if not init.exists():
            complaints.append(f"{name(folder)} has no __init__.py")
            continue
        body = tree(init).body
        text = ast.get_docstring(tree(init)) or ""
        if len(body) != 1 or not text:
            complaints.append(f"{name(init)} is one docstring and nothing else")
        elif "\n\n" in text or not text.endswith("."):
            complaints.append(f"{name(init)} is one sentence")
    assert not complaints


def test_the_files_of_a_domain_are_the_questions_every_domain_answers():
    found = {
        name(path): "no such question; see the standard files of a domain"
        for domain in domains()
        for path in (SRC / domain).iterdir()
        if path.name.partition(".")[0] not in PARTS
        if path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))
    }
    assert not judge(found, "Files with a name of their own")


def test_no_folder_is_empty_but_for_its_docstring():
    bare = [
        name(folder)
        for folder in packages()
        if not [
            path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".pyc" and path.name != "__init__.py"
        ]
    ]
    assert not bare


def test_the_pages_have_the_same_nouns():
    features = WEB / "src" / "features"
    unknown = (
        {path.name for path in features.iterdir() if path.is_dir()} - {*domains(), "plumbing"}
        if features.exists()
        else set()
    )
    assert not unknown, "web/src/features has the names of src/xiaoer"


def test_every_machine_is_written_cell_by_cell():
    """A machine without its own test could change unnoticed."""
    machines = {path.parent.name for path in SRC.glob("*/machine.py")}
    assert machines == {path.parent.name for path in Path(__file__).parents[1].rglob("test_machine.py")}
