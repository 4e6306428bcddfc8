"""What holds, for whom, from when; and which values fit."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.refusal import Refused
from xiaoer.rulebook.model import Parameter, RuleEntry
from xiaoer.rulebook.rules.book import in_force
from xiaoer.rulebook.rules.shelf import shipped
from xiaoer.rulebook.rules.values import may_set

NOW = datetime(2026, 11, 11, 9, tzinfo=UTC)
SHOP, OTHER, AUTHOR = UUID(int=1), UUID(int=2), UUID(int=3)
NAME = "conversation.recall_seconds"


def entry(version: int, value: object, *, shop: UUID | None = None, at: timedelta = timedelta()) -> RuleEntry:
    return RuleEntry(UUID(int=version), shop, NAME, version, value, NOW + at, AUTHOR, "because", NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("parameter", shipped().values(), ids=lambda parameter: parameter.name)
def test_every_shipped_default_is_a_value_it_allows_itself(parameter: Parameter) -> None:
    assert may_set(parameter.name, parameter.default, for_shop=False) == parameter.default
    assert parameter.basis


@pytest.mark.parametrize(
    ("entries", "value", "source"),
    [
        ([], 120, "shipped"),
        ([entry(1, 60)], 60, "marketplace"),
        ([entry(1, 60), entry(1, 30, shop=SHOP)], 30, "shop"),
        ([entry(1, 60), entry(1, 30, shop=OTHER)], 60, "marketplace"),
        ([entry(1, 60), entry(2, 90, at=timedelta(days=1))], 60, "marketplace"),
        ([entry(1, 60, at=-timedelta(days=2)), entry(2, 90, at=-timedelta(days=1))], 90, "marketplace"),
        ([entry(1, 60), entry(1, 30, shop=SHOP), entry(2, None, shop=SHOP)], 60, "marketplace"),
        ([entry(1, 60), entry(2, None)], 120, "shipped"),
        ([entry(1, 60, at=timedelta(0))], 60, "marketplace"),
    ],
)
def test_the_nearest_level_that_has_begun_decides(entries: list[RuleEntry], value: int, source: str) -> None:
    found = in_force(entries, SHOP, NOW)[NAME]
    assert (found.value, found.source) == (value, source)


def test_a_coming_value_is_announced_and_bounds_the_book() -> None:
    tomorrow = timedelta(days=1)
    book = in_force([entry(1, 60), entry(2, 90, at=tomorrow)], SHOP, NOW)
    assert (book[NAME].next_value, book[NAME].next_from) == (90, NOW + tomorrow)
    assert book.valid_until == NOW + tomorrow
    assert in_force([entry(1, 60), entry(2, 90, at=tomorrow)], SHOP, NOW + tomorrow).integer(NAME) == 90


@pytest.mark.parametrize(
    ("name", "value", "for_shop", "code"),
    [
        ("no.such", 1, False, "rulebook.unknown_parameter"),
        ("conversation.text_max", 500, True, "rulebook.marketplace_only"),
        (NAME, 601, False, "rulebook.wrong_value"),
        (NAME, -1, False, "rulebook.wrong_value"),
        (NAME, True, False, "rulebook.wrong_value"),
        (NAME, "60", False, "rulebook.wrong_value"),
        ("off_hours.enabled", 1, True, "rulebook.wrong_value"),
        ("sla.profile", "seven_minutes", True, "rulebook.wrong_value"),
        ("guard.whitelist", ["ok", " "], True, "rulebook.wrong_value"),
        ("guard.whitelist", ["x" * 201], True, "rulebook.wrong_value"),
        ("off_hours.auto_reply", {"fr": "bonjour"}, True, "rulebook.wrong_value"),
        ("off_hours.auto_reply", {}, True, "rulebook.wrong_value"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: object, for_shop: bool, code: str) -> None:
    answer = may_set(name, value, for_shop=for_shop)
    assert isinstance(answer, Refused)
    assert answer.code == code


@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), max_size=20))
def test_words_are_kept_once_and_trimmed(words: list[str]) -> None:
    kept = may_set("guard.whitelist", words, for_shop=True)
    assert kept == list(dict.fromkeys(word.strip() for word in words))


def test_a_text_falls_back_to_chinese() -> None:
    book = in_force([], SHOP, NOW)
    assert book.text_in("off_hours.auto_reply", "xx") == book.text_in("off_hours.auto_reply", "zh-Hans")
    assert book.text_in("off_hours.auto_reply", "en").startswith("Hello")
