"""`xiaoer run` and its friends as somebody at a keyboard meets them: real processes, real signals."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from tests.served import free_port
from tools.passing import passing_home

STARTS_WITHIN_SECONDS = 60
ENDS_WITHIN_SECONDS = 20


class Started:
    """A command that runs until it is told to end."""

    def __init__(self, arguments: list[str], environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "xiaoer.cli.main", *arguments],
            env={**os.environ, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self._grown = threading.Condition()
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._grown:
                self.said += line
                self._grown.notify_all()
        with self._grown:
            self._grown.notify_all()

    def wait_for(self, words: str) -> None:
        with self._grown:
            heard = self._grown.wait_for(
                lambda: words in self.said or self.process.poll() is not None, STARTS_WITHIN_SECONDS
            )
        assert heard, f"never said {words!r}:\n{self.said}"
        assert words in self.said, self.said

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        code = self.process.wait(ENDS_WITHIN_SECONDS)
        self._ear.join(5)
        return code


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def environ(port: int) -> Iterator[dict[str, str]]:
    with passing_home() as home:
        yield {"XIAOER_HOME": str(home / "h"), "PORT": str(port), "XIAOER_DATABASE_URL": ""}


@pytest.fixture
def begun() -> Iterator[list[Started]]:
    started: list[Started] = []
    yield started
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)


def test_it_starts_keeps_its_data_and_stops(environ: dict[str, str], port: int, begun: list[Started]) -> None:
    base = f"http://127.0.0.1:{port}"
    first = Started(["run"], environ)
    begun.append(first)
    first.wait_for("Ctrl-C")
    for words in (base, "agent@demo.xiaoer", "xiaoer-demo", "/admin"):
        assert words in first.said
    assert '"level"' not in first.said
    assert httpx.get(f"{base}/health/live").json()["status"] == "alive"
    ready = httpx.get(f"{base}/health/ready")
    assert ready.status_code == 200, ready.text
    wish = {"login": "admin@demo.xiaoer", "password": "xiaoer-demo"}
    with httpx.Client(base_url=base, headers={"X-Xiaoer": "1"}) as page:
        assert page.post("/public/v1/sign-in", json=wish).status_code == 200
        assert page.post("/platform/v1/shops", json={"name": "新店"}).status_code == 201
    taken = Started(["run"], environ)
    assert taken.process.wait(STARTS_WITHIN_SECONDS) == 2
    taken._ear.join(5)
    assert f"Port {port} is taken" in taken.said
    assert "Traceback" not in taken.said
    assert first.end(signal.SIGINT) == 0
    assert "Stopped" in first.said
    assert "Traceback" not in first.said

    second = Started(["run"], environ)
    begun.append(second)
    second.wait_for("Ctrl-C")
    assert "Migrating" not in second.said
    with httpx.Client(base_url=base, headers={"X-Xiaoer": "1"}) as page:
        page.post("/public/v1/sign-in", json=wish)
        names = [shop["name"] for shop in page.get("/platform/v1/shops").json()["data"]]
    assert "新店" in names
    assert second.end(signal.SIGTERM) == 0
    assert "Traceback" not in second.said
    sockets = list(Path(environ["XIAOER_HOME"]).rglob(".s.PGSQL.*"))
    assert not sockets, "the database goes with its last user"


def test_answering_and_working_can_be_two_processes(
    environ: dict[str, str], port: int, begun: list[Started]
) -> None:
    once = subprocess.run(
        [sys.executable, "-m", "xiaoer.cli.main", "migrate"],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=STARTS_WITHIN_SECONDS,
        check=False,
    )
    assert once.returncode == 0, once.stderr
    answers = Started(["serve", "--no-jobs", "--port", str(port)], environ)
    begun.append(answers)
    answers.wait_for("Xiaoer answers at")
    works = Started(["work"], environ)
    begun.append(works)
    works.wait_for("Xiaoer works")
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"NONSENSE\r\n\r\n")
        said = b""
        while piece := line.recv(4096):
            said += piece
    assert said.startswith(b"HTTP/1.1 400")
    assert b'"code":"plumbing.malformed_request"' in said
    assert works.end(signal.SIGTERM) == 0
    assert answers.end(signal.SIGTERM) == 0
    assert "Traceback" not in works.said + answers.said


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"PORT": "many"}, 1, "must be a port number"),
        ({"XIAOER_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, 1, "database"),
        ({"XIAOER_DATABASE_URL": "nonsense"}, 1, "XIAOER_DATABASE_URL"),
        ({"XIAOER_SECRET": "short"}, 1, "XIAOER_SECRET"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(
    environ: dict[str, str], change: dict[str, str], code: int, words: str
) -> None:
    tried = Started(["run"], {**environ, **change})
    assert tried.process.wait(STARTS_WITHIN_SECONDS) == code
    tried._ear.join(5)
    assert words.lower() in tried.said.lower()
    assert "Traceback" not in tried.said
    assert len(tried.said.strip().splitlines()) <= 3
