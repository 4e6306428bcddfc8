"""The rule exam: questions as data, and how an attempt is marked."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, convert


class Question(Struct, frozen=True):
    """One question with its answers by language; `right` is the place of the good one, from 0."""

    basis: str
    right: int
    ask: Mapping[str, str]
    answers: Mapping[str, Sequence[str]]


class QuestionShown(Struct, frozen=True):
    """A question as whoever sits the exam sees it."""

    id: str
    ask: str
    answers: Sequence[str]


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """Every question by its id, in the order of tables/exam.toml."""
    text = (files("xiaoer.penalties") / "tables" / "exam.toml").read_text("utf-8")
    return {name: convert(body, Question) for name, body in tomllib.loads(text).items()}


def shown(language: str) -> list[QuestionShown]:
    """The questions in a language, else in Chinese."""
    return [
        QuestionShown(
            name, one.ask.get(language, one.ask["zh-Hans"]), one.answers.get(language, one.answers["zh-Hans"])
        )
        for name, one in questions().items()
    ]


def good(answers: Mapping[str, int]) -> int:
    """How many answers are right; what was not answered is not."""
    return sum(answers.get(name) == one.right for name, one in questions().items())


def passes(right: int, asked: int, percent: int) -> bool:
    """Whether so many right answers pass."""
    return right * 100 >= asked * percent
