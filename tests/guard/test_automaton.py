"""Words are found by whichever engine there is, always the same ones in the same order."""

from hypothesis import given
from hypothesis import strategies as st

from xiaoer.guard.automaton import by_bytes, finder

_LETTERS = st.sampled_from("全网最低价aé😀 ")
_WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=4), unique=True, max_size=12)


@given(words=_WORDS, text=st.text(_LETTERS, max_size=30))
def test_every_occurrence_is_found_by_its_end_and_of_one_end_the_longest_first(words: list[str], text: str):
    there = [
        (start, end, words.index(text[start:end]))
        for end in range(1, len(text) + 1)
        for start in range(end)
        if text[start:end] in words
    ]
    assert finder(words)(text) == there
    if words:
        assert by_bytes(words)(text) == there
