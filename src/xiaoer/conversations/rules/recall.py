"""Who may take which words back, and until when."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from xiaoer.conversations.model.entry import MESSAGE_KINDS
from xiaoer.conversations.model.thread import Speaker, Standing, Thread
from xiaoer.kernel.refusal import Refused


class Recallable(Protocol):
    """What a recall asks about an entry."""

    @property
    def role(self) -> str: ...
    @property
    def person(self) -> UUID | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def recalled(self) -> bool: ...


def may_recall(
    speaker: Speaker,
    thread: Thread,
    target: Recallable | None,
    where: Standing,
    *,
    within_seconds: int,
    now: datetime,
) -> Recallable | Refused:
    """The entry, if it may be recalled: by its author, or by who leads the shop if the shop said it (A3).

    A second recall of the same entry is no mistake. Codes: `recall_unknown`, `recall_not_yours`,
    `recall_too_late`, `merged`.
    """
    if target is None or target.kind not in MESSAGE_KINDS:
        return Refused("not_found", "conversations.recall_unknown")
    author = target.person is not None and target.person == speaker.person
    leads = where == "lead" or (where == "assignee" and thread.shop in speaker.leads)
    if not author and not (leads and target.role != "buyer"):
        return Refused("not_allowed", "conversations.recall_not_yours")
    if target.recalled:
        return target
    if thread.state == "merged":
        return Refused("not_now", "conversations.merged", facts={"into": thread.merged_into})
    if now - target.at > timedelta(seconds=within_seconds):
        return Refused("not_now", "conversations.recall_too_late", facts={"seconds": within_seconds})
    return target
