"""The decisions of this program that can be appealed."""

from typing import Final

from xiaoer.appeals.actions.blocks import Blocks
from xiaoer.appeals.actions.complaints import RefusedComplaints
from xiaoer.appeals.actions.penalties import Penalties
from xiaoer.appeals.actions.rulings import Rulings
from xiaoer.appeals.actions.targets import Targets

TARGETS: Final = Targets(
    {
        "ruling": Rulings(),
        "penalty": Penalties(),
        "block": Blocks(),
        "complaint_refusal": RefusedComplaints(),
    }
)
