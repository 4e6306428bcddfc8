"""Who may do what, whose password will do, and how long a session holds."""

import hashlib
import hmac
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args
from uuid import UUID
from zoneinfo import available_timezones

from xiaoer.identity.model import (
    EMAIL_PATTERN,
    PHONE_PATTERN,
    SLUG_PATTERN,
    Membership,
    PersonKind,
    StaffRole,
)
from xiaoer.kernel.actor import Actor, Reach, Role
from xiaoer.kernel.refusal import Refused

Column = Literal["visitor", "buyer", "agent", "manager", "officer", "administrator", "integration"]
SessionKind = Literal["staff", "buyer", "visitor"]

_HERE: Final = Path(__file__).parent
_COLUMNS: Final[frozenset[str]] = frozenset(get_args(Column))
_REACHES: Final[frozenset[str]] = frozenset(get_args(Reach))
_DEED: Final = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
_SCOPE: Final = re.compile(r"[a-z]+:[a-z]+")
_RANK: Final[tuple[StaffRole, ...]] = ("administrator", "officer", "manager", "agent")
_NOT_A_DIGIT: Final = re.compile(r"[ ()-]")
NONE: Final[Reach] = "none"


# ── rights ───────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Rights:
    """The table of rights, checked: every role, reach and scope in it is one we know."""

    deeds: Mapping[str, Mapping[str, Reach]]
    scopes: Mapping[str, str | None]
    doors: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def parse(cls, text: str) -> "Rights":
        """Read the table. Raises ValueError for a word that means nothing."""
        read = tomllib.loads(text)
        deeds: dict[str, dict[str, Reach]] = {}
        scopes: dict[str, str | None] = {}
        for deed, line in read["deeds"].items():
            scopes[deed] = _scope(deed, line)
            deeds[deed] = {role: _reach(deed, role, reach) for role, reach in line.items() if role != "scope"}
            if not _DEED.fullmatch(deed):
                raise ValueError(f"a deed is `things.do`, not {deed!r}")
        doors = [(prefix, frozenset(roles)) for prefix, roles in read["doors"].items()]
        for prefix, roles in doors:
            if unknown := roles - _COLUMNS:
                raise ValueError(f"{prefix}: unknown roles {', '.join(sorted(unknown))}")
        return cls(deeds, scopes, tuple(sorted(doors, key=lambda door: -len(door[0]))))

    def reach(self, column: Column, deed: str) -> Reach:
        """How far a role's right to a deed goes. Raises LookupError for a deed that is not in the table."""
        if deed not in self.deeds:
            raise LookupError(f"rights.toml knows no deed {deed!r}")
        return self.deeds[deed].get(column, NONE)

    def enters(self, column: Column, path: str) -> bool:
        """Whether a role may come through the door at a path at all."""
        return next((column in roles for prefix, roles in self.doors if path.startswith(prefix)), False)

    def known_scopes(self) -> frozenset[str]:
        """Every scope a token can be given."""
        return frozenset(scope for scope in self.scopes.values() if scope)


def _reach(deed: str, role: str, reach: str) -> Reach:
    if role not in _COLUMNS or reach not in _REACHES:
        raise ValueError(f"{deed}: {role} = {reach!r} means nothing")
    return cast("Reach", reach)


def _scope(deed: str, line: Mapping[str, str]) -> str | None:
    scope = line.get("scope")
    if scope and not _SCOPE.fullmatch(scope):
        raise ValueError(f"{deed}: a scope is `things:read`, not {scope!r}")
    if (scope is None) == ("integration" in line):
        raise ValueError(f"{deed}: programs need a scope, and a scope needs a program's right")
    return scope


@cache
def rights() -> Rights:
    """The table that lies beside this file."""
    return Rights.parse((_HERE / "rights.toml").read_text("utf-8"))


def column(actor: Actor, shop: UUID | None = None) -> Column:
    """The column of the table of rights that holds for an actor, in one shop where he says which."""
    return "visitor" if actor.visitor else actor.role_in(shop)


def reach(actor: Actor, deed: str, shop: UUID | None = None) -> Reach:
    """How far the actor's right to a deed goes, in the shop where he wants to do it.

    A token reaches no further than its scopes, and an agent, manager or limited token not beyond its shops.
    """
    table = rights()
    answer = table.reach(column(actor, shop), deed)
    if actor.scopes is not None and (scope := table.scopes[deed]) != "" and scope not in actor.scopes:
        return NONE
    return NONE if shop is not None and not _belongs(actor, shop, answer) else answer


def _belongs(actor: Actor, shop: UUID, answer: Reach) -> bool:
    if actor.role == "integration":
        return not actor.shops or shop in actor.shops
    if actor.role in {"agent", "manager"} and answer in {"own", "team"}:
        return shop in actor.shops
    return True


def check(actor: Actor, deed: str, path: str, shop: UUID | None) -> Reach | Refused:
    """The actor's reach for a deed through the door at `path`, or the refusal that says why not.

    A shop that is not his looks like one that does not exist.
    """
    table = rights()
    own_column = column(actor, shop)
    answer = table.reach(own_column, deed)
    if answer == NONE or not table.enters(own_column, path):
        return Refused(
            "not_allowed", "identity.not_allowed", row=f"{deed}/{own_column}", facts={"deed": deed}
        )
    if actor.scopes is not None and (scope := table.scopes[deed]) != "" and scope not in actor.scopes:
        return Refused("not_allowed", "identity.scope_missing", row=deed, facts={"scope": scope})
    if shop is not None and not _belongs(actor, shop, answer):
        return Refused("not_found", "plumbing.unknown_shop")
    if actor.token is not None and actor.shops and shop is None and not path.startswith("/public/v1/"):
        return Refused("not_allowed", "identity.token_limited", row=deed)
    return answer


def all_rights(actor: Actor) -> dict[str, Reach]:
    """Every deed the actor may do somewhere, and how far."""
    return {deed: far for deed in rights().deeds if (far := reach(actor, deed)) != NONE}


def role_of(
    kind: PersonKind, memberships: Sequence[Membership]
) -> tuple[Role, tuple[UUID, ...], tuple[UUID, ...]] | None:
    """The highest role of somebody, his shops, and those he manages; None for staff without any role."""
    if kind == "integration":
        return "integration", (), ()
    if kind in {"buyer", "visitor"}:
        return "buyer", (), ()
    held = {one.role for one in memberships}
    role: Role | None = next((rank for rank in _RANK if rank in held), None)
    if role is None:
        return None
    in_shops = [one for one in memberships if one.shop_id is not None]
    shops = tuple(one.shop_id for one in in_shops if one.shop_id is not None)
    managed = tuple(one.shop_id for one in in_shops if one.shop_id is not None and one.role == "manager")
    return role, shops, managed


def memberships_flaw(memberships: Sequence[Membership]) -> Refused | None:
    """Refuse a role without its place: agents and managers have a shop, the others the marketplace."""
    places = [one.shop_id for one in memberships]
    if len(set(places)) != len(places):
        return Refused("invalid", "identity.role_twice")
    for one in memberships:
        if (one.role in {"agent", "manager"}) != (one.shop_id is not None):
            return Refused("invalid", "identity.role_place", facts={"role": one.role})
    return None


# ── logins and passwords ─────────────────────────────────────────────────


@dataclass(frozen=True)
class HashCost:
    """What one password hash costs; `at_once` of them are made at a time."""

    time_cost: int
    memory_kib: int
    parallelism: int
    at_once: int


@dataclass(frozen=True)
class Access:
    """The figures of `tables/access.toml`."""

    minimum_characters: int
    maximum_characters: int
    known_passwords: frozenset[str]
    hash_cost: HashCost
    idle: Mapping[SessionKind, timedelta]
    longest: Mapping[SessionKind, timedelta]
    old_key: timedelta


@cache
def access() -> Access:
    """The table that lies beside this file, read once."""
    read = tomllib.loads((_HERE / "tables" / "access.toml").read_text("utf-8"))
    kinds: tuple[SessionKind, ...] = get_args(SessionKind)
    cost = {name: value for name, value in read["hash"].items() if name != "basis"}
    return Access(
        minimum_characters=read["password"]["minimum_characters"],
        maximum_characters=read["password"]["maximum_characters"],
        known_passwords=frozenset(read["password"]["known"]),
        hash_cost=HashCost(**cost),
        idle={kind: timedelta(hours=read["session"][kind]["idle_hours"]) for kind in kinds},
        longest={kind: timedelta(hours=read["session"][kind]["longest_hours"]) for kind in kinds},
        old_key=timedelta(hours=read["widget"]["old_key_hours"]),
    )


def fold_email(text: str) -> str:
    """An e-mail address as it is kept and compared."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def fold_phone(text: str) -> str:
    """A phone number as it is kept and compared: digits, with a plus when it had one."""
    return _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", text).strip())


def fold_login(login: str) -> str:
    """A login as it is kept and compared, e-mail address or phone number."""
    return fold_email(login) if "@" in login else fold_phone(login)


def usable_email(text: str | None) -> str | None:
    """An e-mail address folded, None for something that is not one."""
    return fold_email(text) if text and len(text) <= 200 and re.match(EMAIL_PATTERN, text) else None


def usable_phone(text: str | None) -> str | None:
    """A phone number folded, None for something that is not one."""
    return fold_phone(text) if text and len(text) <= 40 and re.match(PHONE_PATTERN, text) else None


def password_flaw(password: str, *personal: str | None) -> Refused | None:
    """Refuse a password that is short, widely known, or one's own login or name."""
    shortest = access().minimum_characters
    if len(password) < shortest:
        return Refused("invalid", "identity.password_short", facts={"minimum_characters": shortest})
    folded = password.casefold()
    if folded in access().known_passwords or len(set(folded)) <= 2:
        return Refused("invalid", "identity.password_known")
    if any(word and folded == word.casefold() for word in personal):
        return Refused("invalid", "identity.password_personal")
    return None


# ── sessions, shops, widget ──────────────────────────────────────────────


def session_kind(kind: PersonKind) -> SessionKind:
    """Which line of the session table holds for a person."""
    return "staff" if kind in {"staff", "integration"} else "visitor" if kind == "visitor" else "buyer"


def session_end(kind: PersonKind, ends_at: datetime, now: datetime) -> datetime:
    """When a session used now will end if it is not used again."""
    return min(now + access().idle[session_kind(kind)], ends_at)


def session_last(kind: PersonKind, now: datetime) -> datetime:
    """When a session that begins now ends however often it is used."""
    return now + access().longest[session_kind(kind)]


@cache
def _time_zones() -> frozenset[str]:
    """Every time zone this machine knows; asking for them reads the whole folder."""
    return frozenset(available_timezones())


def is_time_zone(name: str) -> bool:
    """Whether this names a time zone."""
    return name in _time_zones()


def marketplace_flaw(slug: str, currency: str) -> Refused | None:
    """Refuse a short name that no address can hold, and a currency that is not three letters."""
    if not re.match(SLUG_PATTERN, slug):
        return Refused("invalid", "identity.slug_malformed", facts={"slug": slug})
    if not re.fullmatch("[A-Z]{3}", currency):
        return Refused("invalid", "identity.unknown_currency", facts={"currency": currency})
    return None


def signature(key: str, buyer_id: str) -> str:
    """How a marketplace vouches for a buyer: HMAC-SHA256 of his id with the widget's key, in hex."""
    return hmac.digest(key.encode(), buyer_id.encode(), hashlib.sha256).hex()


def vouched(keys: Sequence[str], buyer_id: str, given: str) -> bool:
    """Whether a signature was made with one of these keys; takes the same time whichever it was."""
    matches = [hmac.compare_digest(signature(key, buyer_id).encode(), given.lower().encode()) for key in keys]
    return any(matches)


def accepted_numbers(number: int, turned_at: datetime | None, now: datetime) -> tuple[int, ...]:
    """The numbers of the widget keys that hold now: the current one, and the one before for a while."""
    if turned_at is not None and now < turned_at + access().old_key:
        return number, number - 1
    return (number,)
