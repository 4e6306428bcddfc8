"""How long work gives way that others should not wait for."""

from xiaoer.plumbing.program import SHORT_REST_SECONDS, SHORT_SECONDS, rest_after


def test_a_slice_that_is_not_used_up_goes_on() -> None:
    assert rest_after(SHORT_SECONDS / 2) == 0


def test_a_slice_rests_as_long_as_it_worked() -> None:
    assert rest_after(SHORT_SECONDS) == SHORT_SECONDS
    assert rest_after(2 * SHORT_SECONDS) == 2 * SHORT_SECONDS


def test_a_machine_at_its_limit_does_not_rest_for_long() -> None:
    assert rest_after(1.0) == SHORT_REST_SECONDS
