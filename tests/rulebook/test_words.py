"""Every word and every column of the shipped tables has a name for people, in six languages."""

import pytest

from xiaoer.plumbing.language import LANGUAGES, Catalogue
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.explain import shown
from xiaoer.rulebook.rules.naming import column_named, column_names, named, names, spoken
from xiaoer.rulebook.rules.shelf import profiles, texts

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
