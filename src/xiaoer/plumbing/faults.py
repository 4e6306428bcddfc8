"""Faults of the database, translated once: what the driver raises becomes what the program means."""
# pyright: reportMissingTypeStubs=false

import asyncio
from typing import Final

import asyncpg

from xiaoer.kernel.refusal import Refusal, Refused

AWAY: Final = Refused("unavailable", "plumbing.database_unavailable")
BUSY: Final = Refused("unavailable", "plumbing.database_busy")
OUT_OF_RANGE: Final = Refused("invalid", "plumbing.value_out_of_range")


class DatabaseFault(Exception):
    """The database cannot be used at all; the text is one sentence for the person who runs the program."""


class Rejected(Exception):
    """The database refused a row by one of its constraints."""

    def __init__(self, constraint: str, table: str = "") -> None:
        super().__init__(f"{table}: {constraint}" if table else constraint)
        self.constraint: Final = constraint
        self.table: Final = table


class Duplicate(Rejected):
    """There is a row with this key already."""


class Broken(Rejected):
    """A reference, check or not-null constraint does not hold."""


class TryAgain(Exception):
    """Two transactions were in each other's way; the same work may succeed a moment later."""


PostgresError: Final = asyncpg.PostgresError
"""An answer of the server itself: the connection is in order."""

_AWAY: Final = (
    OSError,  # also refused, reset and missing sockets
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.DiskFullError,
    asyncpg.OutOfMemoryError,
)
_BUSY: Final = (
    asyncio.TimeoutError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
_TRY_AGAIN: Final = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
_BROKEN: Final = (
    asyncpg.ForeignKeyViolationError,
    asyncpg.CheckViolationError,
    asyncpg.NotNullViolationError,
)


def translate(fault: BaseException) -> Exception | None:
    """What the fault means to the program, or None when it is no fault of the database or of ours."""
    meaning: Exception | None = None
    match fault:
        case asyncpg.UniqueViolationError() | asyncpg.ExclusionViolationError():
            meaning = Duplicate(_attribute(fault, "constraint_name"), _attribute(fault, "table_name"))
        case _ if isinstance(fault, _BROKEN):
            meaning = Broken(
                _attribute(fault, "constraint_name") or _attribute(fault, "column_name"),
                _attribute(fault, "table_name"),
            )
        case _ if isinstance(fault, _TRY_AGAIN):
            meaning = TryAgain(type(fault).__name__)
        case _ if isinstance(fault, _BUSY):
            meaning = Refusal(BUSY)
        case asyncpg.DataError():
            meaning = Refusal(
                OUT_OF_RANGE
            )  # the second wall: bodies and parameters are bounded by their types
        case _ if isinstance(fault, _AWAY) or _is_closed(fault):
            meaning = Refusal(AWAY)
        case _:
            pass
    return meaning


_SENTENCES: Final[tuple[tuple[tuple[type[BaseException], ...], str], ...]] = (
    (
        (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError),
        "The database refuses the user or password of XIAOER_DATABASE_URL.",
    ),
    (
        (asyncpg.InvalidCatalogNameError,),
        "The database of XIAOER_DATABASE_URL does not exist: create it first.",
    ),
    (
        (asyncpg.InsufficientPrivilegeError,),
        "The user of XIAOER_DATABASE_URL may not act as xiaoer_app: run `xiaoer migrate` first.",
    ),
    (
        (asyncpg.InvalidParameterValueError, asyncpg.UndefinedObjectError),
        "The database has not been prepared: run `xiaoer migrate` first.",
    ),
    ((OSError, TimeoutError), "The database does not answer: {}."),
    (
        (ValueError, asyncpg.ClientConfigurationError),
        "XIAOER_DATABASE_URL is no address of a PostgreSQL: {}.",
    ),
    (
        (asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError),
        "The database takes no one in now: {}.",
    ),
)


def explain(fault: BaseException) -> str | None:
    """One sentence for the person at the keyboard when the database cannot be opened, or None."""
    if isinstance(fault, DatabaseFault):
        return str(fault)
    for kinds, sentence in _SENTENCES:
        if isinstance(fault, kinds):
            return sentence.format(str(fault).rstrip(".") or "it took too long")
    return None


def _is_closed(fault: BaseException) -> bool:
    """The driver tells of a lost connection in several ways."""
    if isinstance(fault, asyncpg.InternalClientError):
        return True
    return isinstance(fault, asyncpg.InterfaceError) and (
        "closed" in str(fault) or "closing" in str(fault) or "released back" in str(fault)
    )


def _attribute(fault: BaseException, name: str) -> str:
    return getattr(fault, name, None) or ""
