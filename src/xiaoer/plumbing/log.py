"""Log lines are events with fields: JSON for machines, colours for a terminal, no personal text in either."""

import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TextIO, cast

import msgspec
import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from xiaoer.kernel.mask import mask_text

Mask = Callable[[str], str]
"""Hides personal data in a text."""

HIDDEN_FIELDS: Final = frozenset(
    {"password", "secret", "token", "authorization", "cookie", "identifier_hash", "body", "text"}
)
"""Fields whose value is never written, whatever it is."""

_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def configure(
    *, level: str = "info", json: bool | None = None, mask: Mask = mask_text, stream: TextIO | None = None
) -> None:
    """Sets up the whole program's logging once; `json=None` chooses by whether the stream is a terminal."""
    out = stream or sys.stderr
    as_json = not out.isatty() if json is None else json
    renderer: Processor = (
        structlog.processors.JSONRenderer(serializer=_to_json)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=out.isatty(),
            exception_formatter=structlog.dev.plain_traceback,  # locals are personal
        )
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    last: list[Processor] = [
        structlog.processors.format_exc_info,  # as text, so that it is cleaned as well
        cleaner(mask),
        renderer,
    ]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    _carry_standard_logging(out, _LEVELS[level], shared, last)


def get(area: str) -> FilteringBoundLogger:
    """The logger of one area: `get("relay").info("connected", seconds=0.1)`."""
    return structlog.get_logger(area=area)


def cleaner(mask: Mask) -> Processor:
    """A step that hides secret fields and personal data in every text, however deep it lies."""

    def cleaned(value: object) -> object:
        if isinstance(value, str):
            return mask(value)
        if isinstance(value, Mapping):
            held = cast("Mapping[object, object]", value)
            return {name: "…" if name in HIDDEN_FIELDS else cleaned(one) for name, one in held.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [cleaned(one) for one in cast("Iterable[object]", value)]
        return value

    def clean(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        for name, value in line.items():
            if name in HIDDEN_FIELDS:
                line[name] = "…"
            elif name not in {"at", "level"}:
                line[name] = cleaned(value)
        return line

    return clean


def _to_json(line: EventDict, **_options: Any) -> str:
    return msgspec.json.encode(line, enc_hook=str).decode()


def _carry_standard_logging(out: TextIO, level: int, shared: list[Processor], last: list[Processor]) -> None:
    """Lines of libraries (uvicorn, asyncio) take the same form."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
