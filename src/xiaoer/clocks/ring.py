"""What a clock says when it rings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """A clock of `owner` warns or falls due; `at` is the moment it meant, which may lie a little back."""

    kind: Literal["warn", "due"]
    owner: UUID
    name: str
    shop: UUID | None
    at: datetime
    due_at: datetime
    body: Mapping[str, Any]
