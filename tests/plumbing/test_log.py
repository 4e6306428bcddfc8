import io
import logging

import msgspec
import pytest

from xiaoer.plumbing import log


@pytest.fixture
def lines() -> io.StringIO:
    return io.StringIO()


def read(lines: io.StringIO) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in lines.getvalue().splitlines()]


def test_a_line_is_an_event_with_fields(lines: io.StringIO) -> None:
    log.configure(json=True, stream=lines)
    log.get("relay").info("connected", seconds=0.5)
    [line] = read(lines)
    assert (line["event"], line["area"], line["seconds"], line["level"]) == (
        "connected",
        "relay",
        0.5,
        "info",
    )
    assert "at" in line


def test_secrets_and_personal_data_are_not_written(lines: io.StringIO) -> None:
    log.configure(json=True, stream=lines, mask=lambda text: text.replace("13800138000", "138****8000"))
    log.get("identity").info("signed_in", login="13800138000", password="hunter2")
    assert "hunter2" not in lines.getvalue()
    assert read(lines)[0]["login"] == "138****8000"


def test_the_level_is_kept(lines: io.StringIO) -> None:
    log.configure(level="warning", json=True, stream=lines)
    log.get("relay").info("quiet")
    log.get("relay").warning("loud")
    assert [line["event"] for line in read(lines)] == ["loud"]


def test_lines_of_libraries_take_the_same_form(lines: io.StringIO) -> None:
    log.configure(json=True, stream=lines)
    try:
        raise ValueError("broken")
    except ValueError:
        logging.getLogger("asyncio").exception("failed %s", "twice")
    [line] = read(lines)
    assert line["event"] == "failed twice"
    assert "ValueError: broken" in str(line["exception"])
