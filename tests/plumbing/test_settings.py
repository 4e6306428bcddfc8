import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xiaoer.plumbing.settings import Settings, SettingsFault, kept_secret, read_environment


def test_an_empty_environment_is_enough() -> None:
    read = read_environment({})
    assert read.port == 8020
    assert read.public_url == "http://127.0.0.1:8020"
    assert read.home.name == ".xiaoer"
    assert read.data.parts[-2:] == ("shared", "data")
    assert read.database_url is None
    assert not read.order_side_here


def test_every_variable_is_read(tmp_path: Path) -> None:
    read = read_environment(
        {
            "XIAOER_HOME": str(tmp_path),
            "XIAOER_DATA": "/data",
            "PORT": "9000",
            "XIAOER_HOST": "0.0.0.0",
            "XIAOER_DATABASE_URL": "postgresql://db/xiaoer",
            "XIAOER_FILES_URL": "s3://bucket/files",
            "XIAOER_PUBLIC_URL": "https://desk.example.com/",
            "XIAOER_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
            "XIAOER_LOG_FORMAT": "json",
            "XIAOER_ORDER_SIDE_HERE": "yes",
            "XIAOER_DATABASE_SECONDS": "2.5",
            "XIAOER_STATEMENT_SECONDS": "7",
        }
    )
    assert (read.home, read.data, read.port) == (tmp_path, Path("/data"), 9000)
    assert read.public_url == "https://desk.example.com"
    assert read.trusted_proxies == ("10.0.0.0/8", "::1")
    assert (read.files_url, read.log_format) == ("s3://bucket/files", "json")
    assert (read.order_side_here, read.database_seconds, read.statement_seconds) == (True, 2.5, 7)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "http"),
        ("XIAOER_PORT", "70000"),
        ("XIAOER_PUBLIC_URL", "desk.example.com"),
        ("XIAOER_FILES_URL", "ftp://bucket"),
        ("XIAOER_TRUSTED_PROXIES", "10.0.0.0/8,proxy"),
        ("XIAOER_LOG_LEVEL", "loud"),
        ("XIAOER_ORDER_SIDE_HERE", "perhaps"),
        ("XIAOER_DATABASE_SECONDS", "0"),
        ("XIAOER_STATEMENT_SECONDS", "-1"),
        ("XIAOER_SECRET", "short"),
    ],
)
def test_a_wrong_setting_is_named(name: str, text: str) -> None:
    with pytest.raises(SettingsFault, match=name):
        read_environment({name: text})


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = Settings.load({"XIAOER_HOME": str(tmp_path / "home")})
    again = Settings.load({"XIAOER_HOME": str(tmp_path / "home")})
    assert first.secret == again.secret != b""
    assert stat.S_IMODE((tmp_path / "home" / "secret").stat().st_mode) == 0o600
    assert first.secret.decode() not in repr(first)


def test_two_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: kept_secret(tmp_path / "secret"), range(16)))) == 1


def test_a_damaged_secret_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    with pytest.raises(SettingsFault, match="damaged"):
        kept_secret(tmp_path / "secret")


def test_keys_of_different_purposes_differ(tmp_path: Path) -> None:
    settings = Settings.load({"XIAOER_HOME": str(tmp_path), "XIAOER_SECRET": "x" * 40})
    assert settings.key("files") != settings.key("widget")
    assert len(settings.key("files")) == 32
