from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from xiaoer.plumbing.clock import IdMaker, new_id, now


def test_now_is_aware_and_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)


def test_an_id_is_a_version_7_uuid_of_this_moment() -> None:
    before = now()
    made = new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert abs(before.timestamp() * 1000 - (made.int >> 80)) < 2000


@given(st.lists(st.integers(min_value=0, max_value=2**47), min_size=1, max_size=50))
def test_ids_grow_whatever_the_clock_does(milliseconds: list[int]) -> None:
    maker = IdMaker()
    made = [maker.make(moment) for moment in milliseconds]
    assert made == sorted(set(made))
    assert all(one.version == 7 and UUID(str(one)) == one for one in made)


def test_a_full_millisecond_borrows_the_next() -> None:
    maker = IdMaker()
    first = maker.make(1000)
    maker._counter = (1 << 42) - 1
    after = maker.make(1000)
    assert first < after
    assert after.int >> 80 == 1001
