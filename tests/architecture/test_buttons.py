"""Whatever a side may ever do with a case has its button in a page of that side, and nothing else has."""

import re
from pathlib import Path

import pytest

from xiaoer.after_sale.model import Side
from xiaoer.after_sale.rules.deeds import DEEDS

WEB = Path(__file__).parents[2] / "web" / "src" / "features" / "after_sale"
DRAWN: dict[Side, str] = {
    "buyer": "buyer/CaseDeeds.tsx",
    "shop": "shop/CasePanel.tsx",
    "officer": "people/PeoplePage.tsx",
}


def buttons(code: str) -> set[str]:
    """The names of the deeds a page gives its list of next actions: the keys of `actions={{ … }}`."""
    start = code.index("actions={{") + len("actions={{")
    depth, word, found = 0, "", set[str]()
    for sign in re.findall(r"\w+|\S", code[start:]):
        if sign in "{([":
            depth += 1
        elif sign in "})]":
            depth -= 1
        if depth < 0:
            return found
        if sign == ":" and depth == 0:
            found.add(word)
        word = sign
    raise AssertionError("the list of actions has no end")


@pytest.mark.parametrize("side", DRAWN)
def test_every_deed_has_a_button_and_every_button_a_deed(side: Side) -> None:
    assert buttons((WEB / DRAWN[side]).read_text("utf-8")) == set(DEEDS[side])


def test_nobody_else_presses_anything() -> None:
    assert {side for side, deeds in DEEDS.items() if deeds} == DRAWN.keys()
