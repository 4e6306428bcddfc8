"""A tree of hashes: one root stands for all leaves, a short path proves that one of them is among them.

    leaf = sha256(0x00 ‖ hash)          node = sha256(0x01 ‖ left ‖ right)

A node without a neighbour goes up as it is. The leaves of a day stand in the order of their bytes. The root
of no leaves is sha256 of nothing (RFC 6962).
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

LEAF: Final = b"\x00"
NODE: Final = b"\x01"
EMPTY: Final = sha256(b"").digest()


def levels(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The whole tree, from its leaves up to its root."""
    row = [sha256(LEAF + one).digest() for one in hashes]
    rows = [row]
    while len(row) > 1:
        pairs = [sha256(NODE + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)]
        row = [*pairs, row[-1]] if len(row) % 2 else pairs
        rows.append(row)
    return rows


def root(hashes: Sequence[bytes]) -> bytes:
    """What stands for all of them."""
    return levels(hashes)[-1][0] if hashes else EMPTY


def path(tree: Sequence[Sequence[bytes]], place: int) -> list[bytes]:
    """The neighbours one meets from a leaf up to the root."""
    found: list[bytes] = []
    for row in tree[:-1]:
        neighbour = place ^ 1
        if neighbour < len(row):
            found.append(row[neighbour])
        place //= 2
    return found


def climb(hash: bytes, place: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its path lead to; None for a path that fits no tree of this size."""
    if not 0 <= place < count:
        return None
    here, rest = sha256(LEAF + hash).digest(), list(path)
    while count > 1:
        if place ^ 1 < count:
            if not rest:
                return None
            beside = rest.pop(0)
            here = sha256(NODE + (beside + here if place % 2 else here + beside)).digest()
        place, count = place // 2, (count + 1) // 2
    return None if rest else here
