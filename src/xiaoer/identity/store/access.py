"""Sessions of people and tokens of programs; only hashes of them are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.identity.model import Bearer, SessionView, TokenView
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__, "access.sql")
_insert_session = _statements.command("insert_session")
_bearer_of_session = _statements.rows("bearer_of_session", Bearer)
_bearer_of_token = _statements.rows("bearer_of_token", Bearer)
_touch_session = _statements.command("touch_session")
_touch_token = _statements.command("touch_token")
_revoke_session = _statements.command("revoke_session")
_revoke_session_by_id = _statements.command("revoke_session_by_id")
_revoke_sessions = _statements.command("revoke_sessions")
_rotate_sessions = _statements.command("rotate_sessions")
_sessions = _statements.rows("sessions", SessionView)
_prune_sessions = _statements.command("prune_sessions")
_insert_token = _statements.command("insert_token")
_tokens_page = _statements.rows("tokens_page", TokenView)
_revoke_token = _statements.command("revoke_token")


async def insert_session(
    tx: Tx,
    token_hash: bytes,
    *,
    session: UUID,
    person: UUID,
    expires_at: datetime,
    ends_at: datetime,
    about: str,
    now: datetime,
) -> None:
    """Add a session."""
    await _insert_session.run(
        tx,
        token_hash=token_hash,
        id=session,
        person=person,
        expires_at=expires_at,
        ends_at=ends_at,
        about=about,
        now=now,
    )


async def bearer_of_session(tx: Tx, token_hash: bytes, now: datetime) -> Bearer | None:
    """Who stands behind a session that holds now."""
    return await _bearer_of_session.first(tx, token_hash=token_hash, now=now)


async def bearer_of_token(tx: Tx, token_hash: bytes, now: datetime) -> Bearer | None:
    """Who stands behind a token that holds now."""
    return await _bearer_of_token.first(tx, token_hash=token_hash, now=now)


async def touch_session(tx: Tx, token_hash: bytes, expires_at: datetime, now: datetime) -> None:
    """A session was used: it lasts on."""
    await _touch_session.run(tx, token_hash=token_hash, expires_at=expires_at, now=now)


async def touch_token(tx: Tx, token_hash: bytes, now: datetime) -> None:
    """A token was used."""
    await _touch_token.run(tx, token_hash=token_hash, now=now)


async def revoke_session(tx: Tx, token_hash: bytes, now: datetime) -> None:
    """End one session."""
    await _revoke_session.run(tx, token_hash=token_hash, now=now)


async def revoke_session_by_id(tx: Tx, person: UUID, session: UUID, now: datetime) -> bool:
    """End one of somebody's sessions; False when he has none by this id."""
    return bool(await _revoke_session_by_id.run(tx, person=person, id=session, now=now))


async def revoke_sessions(tx: Tx, person: UUID, now: datetime, *, besides: bytes | None = None) -> None:
    """End all of somebody's sessions, except the one given."""
    await _revoke_sessions.run(tx, person=person, now=now, besides=besides)


async def rotate_sessions(tx: Tx, person: UUID) -> None:
    """Ask for a new token for each of somebody's sessions."""
    await _rotate_sessions.run(tx, person=person)


async def sessions(tx: Tx, person: UUID, current: bytes | None, now: datetime) -> Sequence[SessionView]:
    """Where somebody is signed in."""
    return await _sessions.all(tx, person=person, current=current or b"", now=now)


async def prune_sessions(tx: Tx, now: datetime) -> int:
    """Forget sessions that ended long ago; in a system transaction."""
    return await _prune_sessions.run(tx, now=now)


async def insert_token(
    tx: Tx,
    token: UUID,
    *,
    token_hash: bytes,
    person: UUID,
    name: str,
    scopes: Sequence[str],
    shops: Sequence[UUID] | None,
    expires_at: datetime | None,
    created_by: UUID,
    now: datetime,
) -> None:
    """Add a program's token."""
    await _insert_token.run(
        tx,
        id=token,
        hash=token_hash,
        person=person,
        name=name,
        scopes=list(scopes),
        shops=None if shops is None else list(shops),
        expires_at=expires_at,
        created_by=created_by,
        now=now,
    )


async def tokens_page(
    tx: Tx, *, after: UUID | None = None, only: UUID | None = None, limit: int = 200
) -> Sequence[TokenView]:
    """Tokens that have not been revoked, in the order they were made."""
    return await _tokens_page.all(tx, after=after, only=only, limit=limit)


async def revoke_token(tx: Tx, token: UUID, now: datetime) -> bool:
    """End a token; False when there is none by this id."""
    return bool(await _revoke_token.run(tx, id=token, now=now))
