"""The watch over the watchers: whose blocks turn out wrong clearly more often (F7, S-111)."""

from collections.abc import Sequence

from xiaoer.blocks.model import WatchCount, WatchLine
from xiaoer.kernel.shares import at_least, stands_out


def watched(counts: Sequence[WatchCount], *, minimum: int) -> list[WatchLine]:
    """Everybody beside all the others, who stands out first; below `minimum` blocks nobody does."""
    blocks, wrong = sum(one.blocks for one in counts), sum(one.wrong for one in counts)
    found = [_line(one, blocks - one.blocks, wrong - one.wrong, minimum) for one in counts]
    return sorted(
        found, key=lambda one: (not one.stands_out, -at_least(one.wrong, one.blocks), str(one.subject))
    )


def _line(one: WatchCount, others: int, others_wrong: int, minimum: int) -> WatchLine:
    return WatchLine(
        subject=one.subject,
        blocks=one.blocks,
        wrong=one.wrong,
        wrong_percent=round(100 * one.wrong / one.blocks, 1) if one.blocks else 0.0,
        others=others,
        others_wrong=others_wrong,
        others_percent=round(100 * others_wrong / others, 1) if others else None,
        small=one.blocks < minimum or others < minimum,
        stands_out=stands_out(one.wrong, one.blocks, others_wrong, others, minimum=minimum),
    )
