"""The decisions of this program that can be appealed."""

from typing import Final

from xiaoer.appeals.actions.targets import Targets

TARGETS: Final = Targets({})
