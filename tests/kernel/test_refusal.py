import pickle
from typing import cast

import pytest

from xiaoer.kernel.refusal import KINDS, Kind, Refusal, Refused, granted


def test_a_refusal_is_a_value_with_a_code_and_a_row() -> None:
    refused = Refused("not_now", "conversations.not_open", row="C3", facts={"state": "closed"})
    assert refused == Refused("not_now", "conversations.not_open", row="C3", facts={"state": "closed"})
    assert refused != Refused("not_now", "conversations.not_open", row="C4", facts={"state": "closed"})
    assert refused.domain == "conversations"
    assert len({refused, Refused("not_now", "conversations.not_open", row="C3")}) == 2


@pytest.mark.parametrize("code", ["", "not_open", "Conversations.open", "a.b.c", "a.", ".b", "a.b c"])
def test_a_malformed_code_is_a_fault(code: str) -> None:
    with pytest.raises(ValueError, match="domain.words_with_underscores"):
        Refused("refused", code)


def test_an_unknown_kind_is_a_fault() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        Refused(cast("Kind", "forbidden"), "a.b")
    assert len(KINDS) == 8


def test_the_exception_carries_the_value_and_says_it_shortly() -> None:
    refused = Refused("refused", "guard.blocked", row="D9-4")
    with pytest.raises(Refusal) as caught:
        granted(refused)
    assert caught.value.refused is refused
    assert str(caught.value) == "refused: guard.blocked (row D9-4)"
    assert pickle.loads(pickle.dumps(caught.value)).refused == refused


def test_an_answer_that_is_no_refusal_is_granted() -> None:
    assert granted(7) == 7
