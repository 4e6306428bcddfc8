"""What the environment says: read once at the start, checked, never changed afterwards."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Final, Literal

import msgspec

from xiaoer.plumbing.locks import held_within

LOCK_SECONDS: Final = 10.0
_PACKAGE: Final = Path(__file__).resolve().parents[1]
LogFormat = Literal["json", "console"]
Payments = Literal["development", "memory", "none"]


class SettingsFault(Exception):
    """A setting cannot be used; the text is one sentence for the person who starts the program."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Where things are and how the program listens; every field has a variable `XIAOER_…` (or `PORT`)."""

    home: Path
    """The folder for everything the program keeps: database, files, secret, logs."""
    data: Path
    """The folder with data to import."""
    host: str = "127.0.0.1"
    port: int = 8020
    public_url: str = "http://127.0.0.1:8020"
    """How browsers reach the program: scheme, host and port, no slash at the end."""
    database_url: str | None = None
    """A PostgreSQL of one's own (16 or newer); without it the program runs one in `home`."""
    database_seconds: float = 5.0
    """How long a message waits for a database that hangs before its sender is told."""
    statement_seconds: float = 15.0
    """How long any other statement may take before whoever needs it is told that the database is busy."""
    files_url: str | None = None
    """`s3://bucket/prefix` for an object store; without it files are kept in `home`."""
    trusted_proxies: tuple[str, ...] = ()
    """Networks whose `X-Forwarded-For` is believed."""
    metrics_token: str = ""
    """What Prometheus must show as a bearer token; without it only this machine may ask for metrics."""
    stamp_url: str | None = None
    """The time stamp authority (RFC 3161) that is asked for the time of each day's root; none without it."""
    stamp_roots: Path | None = None
    """Its root certificates (PEM): an answer that does not lead to one of them is not kept."""
    payments: Payments = "development"
    """Who pays buyers: `development` pretends and remembers in `home`, `memory` forgets, `none` does not."""
    payment_moods: str = ""
    """How often the pretended provider misbehaves, in percent: `refuse=5,time_out_after_paying=10`."""
    order_side_here: bool = False
    """Whether the order side may be a program on this machine, as in development."""
    limit_factor: float = 1.0
    """Multiplies every budget of `limits.toml`."""
    log_level: str = "info"
    log_format: LogFormat | None = None
    """`json` or `console`; without it: console on a terminal, else JSON."""
    secret: bytes = b""

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Reads the environment; makes the home and its secret when missing. Raises SettingsFault."""
        read = read_environment(environ)
        make_home(read.home)
        if read.secret:
            return read
        return msgspec.structs.replace(read, secret=kept_secret(read.home / "secret"))

    def key(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, derived from the secret; different purposes share nothing."""
        if not self.secret:
            raise SettingsFault("The secret has not been loaded: use Settings.load().")
        return hmac.digest(self.secret, purpose.encode(), hashlib.sha256)

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r}, host={self.host!r}, port={self.port})"


def checkout() -> Path | None:
    """The clone this package runs from, or None when it was installed."""
    folder = _PACKAGE.parents[1]
    return folder if (folder / "pyproject.toml").is_file() and (folder / "db").is_dir() else None


def default_home(environ: Mapping[str, str]) -> Path:
    """`.xiaoer` in the clone, or the user's data folder for an installed program."""
    if clone := checkout():
        return clone / ".xiaoer"
    if base := environ.get("XDG_DATA_HOME"):
        return Path(base) / "xiaoer"
    return Path.home() / ".local" / "share" / "xiaoer"


def read_environment(environ: Mapping[str, str]) -> Settings:
    """The settings as the environment gives them, checked; touches no file. Raises SettingsFault."""
    port = _number(environ, "XIAOER_PORT", _number(environ, "PORT", 8020))
    host = environ.get("XIAOER_HOST", "127.0.0.1")
    clone = checkout()
    default_data = (clone.parent if clone else Path.cwd()) / "shared" / "data"
    secret = environ.get("XIAOER_SECRET", "")
    if secret and len(secret) < 32:
        raise SettingsFault("XIAOER_SECRET is too short: it needs at least 32 characters.")
    return Settings(
        home=_path(environ.get("XIAOER_HOME")) or default_home(environ),
        data=_path(environ.get("XIAOER_DATA")) or default_data,
        host=host,
        port=port,
        public_url=_url(environ.get("XIAOER_PUBLIC_URL") or f"http://{_shown(host)}:{port}"),
        database_url=environ.get("XIAOER_DATABASE_URL") or None,
        files_url=_files_url(environ.get("XIAOER_FILES_URL")),
        trusted_proxies=_networks(environ.get("XIAOER_TRUSTED_PROXIES", "")),
        metrics_token=environ.get("XIAOER_METRICS_TOKEN", ""),
        stamp_url=_stamp_url(environ.get("XIAOER_STAMP_URL")),
        stamp_roots=_stamp_roots(environ.get("XIAOER_STAMP_ROOTS")),
        payments=_payments(environ),
        payment_moods=environ.get("XIAOER_PAYMENT_MOODS", ""),
        order_side_here=_one_of(environ, "XIAOER_ORDER_SIDE_HERE", ("yes", "no"), "no") == "yes",
        database_seconds=_factor(environ, "XIAOER_DATABASE_SECONDS", "5"),
        statement_seconds=_factor(environ, "XIAOER_STATEMENT_SECONDS", "15"),
        limit_factor=_factor(environ, "XIAOER_LIMIT_FACTOR"),
        log_level=_one_of(environ, "XIAOER_LOG_LEVEL", ("debug", "info", "warning", "error"), "info"),
        log_format=_log_format(environ),
        secret=secret.encode(),
    )


def with_address(settings: Settings, host: str | None, port: int | None) -> Settings:
    """The settings with what the command line says about where to listen."""
    if host is None and port is None:
        return settings
    chosen_host, chosen_port = host or settings.host, port or settings.port
    before = f"http://{_shown(settings.host)}:{settings.port}"
    public_url = settings.public_url
    if public_url == before:
        public_url = f"http://{_shown(chosen_host)}:{chosen_port}"
    return msgspec.structs.replace(settings, host=chosen_host, port=chosen_port, public_url=public_url)


def _shown(host: str) -> str:
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def make_home(home: Path) -> None:
    """Makes the home folder, closed to git; raises SettingsFault when that cannot be done."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        ignore = home / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
    except OSError as fault:
        raise SettingsFault(
            f"The folder {home} cannot be written ({fault.strerror}): set XIAOER_HOME to one that can."
        ) from fault


def kept_secret(file: Path) -> bytes:
    """The secret in this file (mode 0600), made at random the first time. Raises SettingsFault."""
    try:
        with held_within(file.with_name(f"{file.name}.lock"), LOCK_SECONDS):  # two may start at once
            if not file.exists():
                _write_secret(file)
    except OSError as fault:
        raise SettingsFault(f"The secret {file} cannot be written ({fault.strerror}).") from fault
    try:
        if file.stat().st_mode & 0o077:
            file.chmod(0o600)
        secret = file.read_bytes().strip()
    except OSError as fault:
        raise SettingsFault(f"The secret {file} cannot be read ({fault.strerror}).") from fault
    if len(secret) < 32:
        raise SettingsFault(f"The secret {file} is damaged or too short: restore it or remove the file.")
    return secret


def _write_secret(file: Path) -> None:
    """Whole or not at all: a crash must not leave half a secret behind."""
    fresh = file.with_name(f"{file.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(secrets.token_urlsafe(48))
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _number(environ: Mapping[str, str], name: str, otherwise: int) -> int:
    text = environ.get(name)
    if not text:
        return otherwise
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65_536:
        raise SettingsFault(f"{name} must be a port number from 1 to 65535, not {text!r}.")
    return int(text)


def _factor(environ: Mapping[str, str], name: str, otherwise: str = "1") -> float:
    text = environ.get(name) or otherwise
    try:
        factor = float(text)
    except ValueError:
        factor = 0.0
    if not 0 < factor <= 1_000_000:  # also refuses nan
        raise SettingsFault(f"{name} must be a number above 0, not {text!r}.")
    return factor


def _one_of(environ: Mapping[str, str], name: str, known: tuple[str, ...], otherwise: str) -> str:
    text = environ.get(name, otherwise).lower()
    if text not in known:
        raise SettingsFault(f"{name} must be one of {', '.join(known)}, not {text!r}.")
    return text


def _log_format(environ: Mapping[str, str]) -> LogFormat | None:
    match _one_of(environ, "XIAOER_LOG_FORMAT", ("json", "console", ""), ""):
        case "json":
            return "json"
        case "console":
            return "console"
        case _:
            return None


def _payments(environ: Mapping[str, str]) -> Payments:
    match _one_of(environ, "XIAOER_PAYMENTS", ("development", "memory", "none"), "development"):
        case "memory":
            return "memory"
        case "none":
            return "none"
        case _:
            return "development"


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise SettingsFault(f"XIAOER_PUBLIC_URL must start with http:// or https://, not {text!r}.")
    return text.rstrip("/")


def _stamp_url(text: str | None) -> str | None:
    if text and not text.startswith(("http://", "https://")):
        raise SettingsFault(f"XIAOER_STAMP_URL must start with http:// or https://, not {text!r}.")
    return text or None


def _stamp_roots(text: str | None) -> Path | None:
    file = _path(text)
    if file is not None and not file.is_file():
        raise SettingsFault(f"XIAOER_STAMP_ROOTS: there is no file {file}.")
    return file


def _files_url(text: str | None) -> str | None:
    if text and not text.startswith(("s3://", "file://")):
        raise SettingsFault(f"XIAOER_FILES_URL must start with s3:// or file://, not {text!r}.")
    return text or None


def _networks(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in names:
        try:
            ip_network(name, strict=False)
        except ValueError as fault:
            raise SettingsFault(f"XIAOER_TRUSTED_PROXIES: {name!r} is no address or network.") from fault
    return names
