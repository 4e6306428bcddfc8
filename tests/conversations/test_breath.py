"""How long a batch waits for those who are just being answered."""

import pytest

from xiaoer.conversations.actions.breath import CROWD, SECONDS, SHARE, TRY_AGAIN, Breath

TOOK = 0.02


def waits(breath: Breath, answered: int, came: int) -> bool:
    """One batch that took `TOOK`; whether the next one waited, and then so many came."""
    pause = breath.after(answered, TOOK)
    if pause:
        breath.drawn(came)
    return pause > 0


def test_few_are_not_waited_for() -> None:
    assert Breath().after(CROWD - 1, TOOK) == 0


def test_a_crowd_is_waited_for_for_a_share_of_what_its_batch_took() -> None:
    assert Breath().after(CROWD, TOOK) == TOOK * SHARE
    assert Breath().after(CROWD, 60.0) == SECONDS


@pytest.mark.parametrize("came", [32, 64])
def test_a_crowd_that_answers_is_waited_for_each_time(came: int) -> None:
    breath = Breath()
    assert all(waits(breath, 64, came) for _ in range(3 * TRY_AGAIN))


def test_messages_at_their_own_pace_are_not_waited_for_but_for_a_trial_now_and_then() -> None:
    breath = Breath()
    waited = [waits(breath, 20, 9) for _ in range(3 * (TRY_AGAIN + 1))]
    assert waited == ([True] + [False] * TRY_AGAIN) * 3


def test_small_batches_between_put_the_trial_off() -> None:
    """Where hardly anybody writes nothing can be learnt about a crowd."""
    breath = Breath()
    assert waits(breath, 20, 0)
    assert not any(waits(breath, 1, 0) for _ in range(3 * TRY_AGAIN))
    assert not waits(breath, 20, 0)


def test_a_wait_that_never_was_teaches_nothing() -> None:
    """A full batch starts at once, whatever `after` said."""
    breath = Breath()
    assert breath.after(64, TOOK)
    assert breath.after(64, TOOK)
    breath.drawn(64)
    assert breath.after(64, TOOK)
