"""Every word and every column of the shipped tables has a name for people, in six languages."""

import pytest

from xiaoer.plumbing.language import LANGUAGES, Catalogue
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.explain import said, shown
from xiaoer.rulebook.rules.naming import column_named, column_names, named, names, spoken
from xiaoer.rulebook.rules.shelf import profiles, shipped, texts

TABLES = sorted({(name, text) for profile in profiles() for name, text in texts(profile).items()})
CHINESE = Catalogue.shipped().knowing("zh-Hans")
SILENT = Catalogue({}).knowing("zh-Hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_shipped_table_has_a_name(language: str):
    known = Catalogue.shipped().knowing(language)
    assert not {
        f"{name}: {column}: {value}"
        for name, text in TABLES
        for column, value in spoken(parsed(name, text))
        if named(known, name, column, value) is None
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_every_shipped_table_has_a_label_or_a_name(language: str):
    known = Catalogue.shipped().knowing(language)
    tables = [(name, parsed(name, text)) for name, text in TABLES]
    assert not {
        f"{name}: {column.name}"
        for name, table in tables
        for column in (*table.inputs, *table.outputs)
        if not column.label and column_named(known, name, column.name) is None
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_with_its_unit_and_choices_has_a_name(language: str):
    known = Catalogue.shipped().knowing(language)
    unnamed = {name for name in shipped() if known("rulebook", f"parameter.{name}") is None}
    units = {held.unit for held in shipped().values() if held.unit}
    unnamed |= {unit for unit in units if known("rulebook", f"unit.{unit}") is None}
    places = (("rulebook", "choice"), ("clocks", "profile"), ("rulebook", "word"))
    choices = {option for held in shipped().values() for option in held.options}
    unnamed |= {one for one in choices if not any(known(domain, f"{head}.{one}") for domain, head in places)}
    assert not unnamed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_profile_is_called_the_same_as_a_choice(language: str):
    known = Catalogue.shipped().knowing(language)
    for name, profile in profiles().items():
        assert known("rulebook", f"choice.{name}") == said(profile.title, language)


def test_several_words_of_one_text_are_named_one_after_the_other():
    found = named(CHINESE, "complaints.acceptance", "ways", "appeal court")
    assert found == f"{CHINESE('complaints', 'way.appeal')} / {CHINESE('complaints', 'way.court')}"
    assert named(CHINESE, "complaints.acceptance", "ways", "appeal our_own") is None


def test_a_word_is_called_as_its_domain_calls_it_else_as_the_rulebook_does():
    assert named(CHINESE, "penalties.offences", "track", "A") == "A 类 · 一般违规"
    assert named(CHINESE, "after_sale.goods", "category", "custom_stock") == "可选规格的现货"
    assert named(CHINESE, "disputes.remedies", "choices", "dismissed") == "不予支持"
    assert named(CHINESE, "penalties.abuse", "ladder", "brief") == "简版阶梯"
    assert named(CHINESE, "penalties.abuse", "ladder", "a_word_of_our_own") is None


def test_a_sentence_that_wants_facts_is_no_name():
    assert named(CHINESE, "inspection.alerts", "reason", "lasting") == "持续不满"


def test_a_refusal_is_called_by_its_sentence():
    found = named(CHINESE, "objections.review", "refusal", "objections.review_own")
    assert found == CHINESE("objections", "refused.review_own")
    assert found


def test_a_table_tells_its_words_and_its_bare_columns():
    name = "guard.privacy"
    table = parsed(name, dict(TABLES)[name])
    assert names(CHINESE, name, table)["one_time_code"] == "验证码"
    assert column_names(CHINESE, name, table)["act"] == "行为"
    assert names(SILENT, name, table) == column_names(SILENT, name, table) == {}


def test_facts_are_shown_by_label_and_in_words():
    facts = {"side": "shop", "shown": True, "choices": ("refund", "our_own")}
    labels = {"side": {"zh": "哪一方"}}
    found = shown("disputes.remedies", facts, labels, language="zh-Hans", known=CHINESE)
    assert [(one.label, one.value, one.said) for one in found] == [
        ("哪一方", "shop", ["店铺"]),
        ("shown", True, []),
        ("choices", ["refund", "our_own"], ["退款", "our_own"]),
    ]
