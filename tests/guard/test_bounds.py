"""Sentences and clauses end where their plain descriptions say."""

import re
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from xiaoer.guard.normal import SIGN, Passage

HAN: Final = "㐀-鿿"
SENTENCE_END: Final = re.compile(r"[。!?;~\n]|(?<!\d)\.(?=\s|$)|\.{2,}")
CLAUSE_END: Final = re.compile(rf"[,。!?;:、~\n{SIGN}…]|(?<!\d)\.|\.(?!\d)|(?<=[{HAN}]) (?=[{HAN}])")
TEXTS: Final = st.text(st.sampled_from([*"亲好a7..。,、!? ~\n…:", SIGN]), max_size=24)


def _bounds(ends: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    first = max((one.end() for one in ends.finditer(text, 0, start)), default=0)
    last = ends.search(text, end)
    return first, last.start() if last else len(text)


@given(text=TEXTS, places=st.tuples(st.integers(0, 24), st.integers(0, 24)))
def test_a_sentence_and_a_clause_end_at_the_nearest_of_their_signs(text: str, places: tuple[int, int]):
    start, end = sorted(min(place, len(text)) for place in places)
    passage = Passage(text, text)
    assert passage.sentence(start, end) == _bounds(SENTENCE_END, text, start, end)
    assert passage.clause(start, end) == _bounds(CLAUSE_END, text, start, end)
    assert passage.before(start, 24) == CLAUSE_END.split(text[:start])[-1]
    assert passage.after(end, 24) == CLAUSE_END.split(text[end : end + 24])[0]
