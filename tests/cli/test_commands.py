import subprocess
import sys
from pathlib import Path

import click
import pytest

from xiaoer.cli.main import COMMANDS, cli


def xiaoer(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "xiaoer.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", **environ},
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_of_the_list_is_there(name: str) -> None:
    found = cli.get_command(click.Context(cli), name)
    assert isinstance(found, click.Command)
    assert found.name == name
    assert found.get_short_help_str()


def test_the_list_is_shown_without_reading_the_commands() -> None:
    script = "import sys; from xiaoer.cli.main import cli; cli(['--help'], standalone_mode=False); "
    script += "print(sorted(one for one in sys.modules if one.startswith('xiaoer.') or one == 'asyncpg'))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in COMMANDS)
    assert done.stdout.splitlines()[-1] == "['xiaoer.cli', 'xiaoer.cli.main']"


def test_an_unknown_command_is_refused() -> None:
    done = xiaoer("nonsense")
    assert done.returncode == 2
    assert "No such command 'nonsense'" in done.stderr


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    done = xiaoer("migrate", XIAOER_HOME=str(tmp_path), XIAOER_PORT="many")
    assert done.returncode == 1
    assert "XIAOER_PORT must be a port number" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    nowhere = "postgresql://postgres@/x?host=/tmp/no-such-folder"
    done = xiaoer("migrate", XIAOER_HOME=str(tmp_path), XIAOER_DATABASE_URL=nowhere)
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_is_brought_up_to_date_once(database_url: str, tmp_path: Path) -> None:
    settings = {"XIAOER_HOME": str(tmp_path), "XIAOER_DATABASE_URL": database_url}
    assert xiaoer("migrate", "--check", **settings).returncode == 0
    done = xiaoer("migrate", **settings)
    assert (done.returncode, done.stdout) == (0, "Nothing to do.\n")
