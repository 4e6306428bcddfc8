"""What a look over a text can tell, each a bit: the ways of hiding words, and what is worth a second look."""

from typing import Final

ADDRESSES: Final = 1
IN_NUMBERS: Final = 2
JOINED: Final = 4
HALVED: Final = 8
ALIKE: Final = 16
ALOUD: Final = 32
SOUNDS: Final = 64
INITIALS: Final = 128
PINYIN: Final = 256
ALL: Final = 511
WEIGHED: Final = 512
"""No disguise: a piece that weighs so much that the learned judge is asked."""
HIDES: Final = 1024
"""Words are pulled apart, or readings put between."""
NUMBERED: Final = 2048
"""There may be a number, an address or a link, or a long number in writing."""
RARE: Final = 4096
"""There is a character that is seldom written."""
UNSURE: Final = HIDES | NUMBERED
"""What only a second look can tell apart."""
