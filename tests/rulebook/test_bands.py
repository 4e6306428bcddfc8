"""Bands are a table's own: their edges move, one is split, two are joined; what law gives is never less."""

from xiaoer.kernel.table_proof import weaker
from xiaoer.kernel.table_text import load
from xiaoer.rulebook.rules.drafts import check
from xiaoer.rulebook.rules.shelf import texts

NAME = "after_sale.guarantee"
SHIPPED = texts("taobao")[NAME]
LAW = """
table = "window"
title = { zh = "期限", en = "Window" }
[inputs]
days = { bands = { in_window = "..7", late = "8.." } }
[outputs]
answer = ["no", "yes"]
[[row]]
id = "1"
when = { days = "in_window" }
then = { answer = "yes" }
basis = "L-001"
authority = "law"
say = { zh = "可以", en = "Yes" }
[[row]]
id = "2"
when = { days = "late" }
then = { answer = "no" }
basis = "L-001"
authority = "law"
say = { zh = "不可以", en = "No" }
"""


def test_an_edge_that_moves_is_fit():
    text = SHIPPED.replace('week = "..7", fortnight = "8..15"', 'week = "..10", fortnight = "11..15"')
    assert text != SHIPPED
    assert check(NAME, text, "taobao").flaws == ()


def test_a_band_that_is_split_leaves_its_rows_wanting_until_they_name_it():
    text = SHIPPED.replace('later = "16.."', 'later = "16..90", ancient = "91.."')
    assert {flaw.kind for flaw in check(NAME, text, "taobao").flaws} == {"gap"}
    named = text.replace('age_days = "later"', 'age_days = ["later", "ancient"]')
    assert check(NAME, named, "taobao").flaws == ()


def test_bands_reach_as_far_as_those_the_program_knows():
    text = SHIPPED.replace('later = "16.."', 'later = "16..90"')
    assert [flaw.kind for flaw in check(NAME, text, "taobao").flaws] == ["columns"]


def test_words_that_are_no_bands_stay():
    text = SHIPPED.replace(
        '["return_refund", "exchange", "repair"]', '["return_refund", "exchange", "repair", "swap"]'
    )
    assert "columns" in {flaw.kind for flaw in check(NAME, text, "taobao").flaws}


def test_law_is_compared_by_integers_not_by_names():
    better = {"answer": ("no", "yes")}
    law = load(LAW)
    assert weaker(load(LAW), law, better) == ()
    longer = LAW.replace('"..7", late = "8.."', '"..10", late = "11.."')
    assert weaker(load(longer), law, better) == ()
    shorter = LAW.replace('"..7", late = "8.."', '"..5", late = "6.."')
    renamed = shorter.replace("in_window", "soon").replace("late", "afterwards")
    for worse in (shorter, renamed):
        assert [flaw.kind for flaw in weaker(load(worse), law, better)] == ["below_law"]
