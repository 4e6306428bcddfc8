"""The tools that hold the rest up: which Node will do, what counts as stale, where docs stand."""

from pathlib import Path

import pytest

from tests.architecture.source import exceptions
from tools.bootstrap import fingerprint, new_enough
from tools.generate import differences
from tools.progress import ROOT, seconds


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v18.20.4", False),
        ("v20.18.1", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.19.0", True),
        ("", False),
    ],
)
def test_a_node_that_cannot_build_the_pages_is_not_used(version: str, enough: bool):
    assert new_enough(version) is enough


def test_a_fingerprint_knows_names_bytes_and_words():
    files = [ROOT / "LICENSE", ROOT / "Makefile"]
    assert fingerprint(files) == fingerprint(reversed(files))
    assert len({fingerprint(files), fingerprint(files[:1]), fingerprint(files, "word")}) == 3


def test_a_stale_a_missing_and_a_left_over_file_are_told(tmp_path: Path):
    fresh, kept = tmp_path / "fresh", ROOT / "docs" / "decisions"
    fresh.mkdir()
    for path in kept.iterdir():
        (fresh / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert not differences(fresh, kept)
    (fresh / "README.md").unlink()
    assert any("README.md (kept)" in line for line in differences(fresh, kept))
    (fresh / "README.md").write_text("", encoding="utf-8")
    (fresh / "new.md").write_text("", encoding="utf-8")
    told = "\n".join(differences(fresh, kept))
    assert "new.md (fresh)" in told
    assert "README.md (kept)" in told


def test_durations_read_well():
    assert [seconds(one) for one in (0.44, 12.3, 125)] == ["0.4 s", "12 s", "2 min 5 s"]


def test_the_exceptions_are_read_from_the_page():
    assert exceptions("No such section") == {}
