"""Every door that takes free words is known: by whom they are read, and whether the guard looks at them."""

import typing
from re import fullmatch

import msgspec

from xiaoer import main
from xiaoer.plumbing.http import Route

WORDS = {"text", "note", "reason", "words", "title", "facts", "remark", "late_reason", "why"}


def test_every_door_of_words_is_in_the_list_and_the_list_has_no_others():
    doors = {place for route in main.ROUTES if isinstance(route, Route) if (place := _takes_words(route))}
    known = {door for door in doors if _known(door)}
    assert doors == known, f"say in main.WORDS who reads: {sorted(doors - known)}"
    idle = [pattern for pattern in main.WORDS if not any(fullmatch(pattern, door) for door in doors)]
    assert not idle, "no door has such a path any more"


def test_a_door_has_one_reader():
    for route in main.ROUTES:
        if isinstance(route, Route) and (door := _takes_words(route)):
            found = [reader for pattern, reader in main.WORDS.items() if fullmatch(pattern, door)]
            assert len(found) == 1, (door, found)


def test_what_is_read_by_a_buyer_alone_passes_the_guard():
    """Words to a buyer are guarded; a bench must be able to read what was said, word for word."""
    assert set(main.WORDS.values()) <= {"guarded", "bench", "staff", "as_said"}
    guarded = {pattern for pattern, reader in main.WORDS.items() if reader == "guarded"}
    for deed in ("entries", "scheduled", "red-packets", "canned", "refuse", "offer", "apologise"):
        assert any(deed in pattern for pattern in guarded), deed


def _known(door: str) -> bool:
    return any(fullmatch(pattern, door) for pattern in main.WORDS)


def _takes_words(route: Route) -> str | None:
    """The path of a door of staff whose body holds free words."""
    if route.method not in {"POST", "PUT", "PATCH"} or not route.path.startswith(("/api/", "/platform/")):
        return None
    body = typing.get_type_hints(route.handler, include_extras=True).get("data")
    if not (isinstance(body, type) and issubclass(body, msgspec.Struct)):
        return None
    hints = typing.get_type_hints(body, include_extras=True)
    free = any(name in WORDS and _is_text(hint) for name, hint in hints.items())
    return route.path if free else None


def _is_text(hint: object) -> bool:
    return hint is str or getattr(hint, "__origin__", None) is str
