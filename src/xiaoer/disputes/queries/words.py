"""A dispute in plain words, in the reader's language: what he must do now, and what was ruled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from xiaoer.disputes.model.court import Dispute, Issue, Ruling, Side
from xiaoer.kernel.money import format_minor
from xiaoer.plumbing.language import Catalogue

DOMAIN: Final = "disputes"


class Reader(Struct, frozen=True):
    """Who reads: his language, where his days are counted, and which side he is on."""

    catalogue: Catalogue
    language: str
    zone: str
    side: Side

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the catalogue."""
        return self.catalogue.text(self.language, DOMAIN, key, facts)

    def at(self, moment: datetime) -> str:
        """A moment on the wall where the marketplace is, and how far that is from UTC."""
        return self.catalogue.moment(moment.astimezone(ZoneInfo(self.zone)), self.language)


def of_issue(issue: Issue, reader: Reader) -> str:
    """What one issue asks of whom now, until when, and what follows else."""
    about = reader.say(f"issue.{issue.issue}")
    if issue.settled:
        key = f"say.stands_{issue.favour}" if issue.favour else "say.stands_people"
        return reader.say(key, issue=about)
    facts = {
        "issue": about,
        "must": reader.say(f"must.{issue.must}"),
        "holder": reader.say(f"side.{issue.holder}"),
        "until": reader.at(issue.due_at) if issue.due_at else "",
        "silent": reader.say(f"follows.{issue.silent}"),
    }
    return reader.say("say.you_must" if issue.holder == reader.side else "say.they_must", **facts)


def now_for(dispute: Dispute, issues: Sequence[Issue], reader: Reader) -> list[str]:
    """What the reader must know now: where the dispute stands, and what is asked about each issue."""
    lines = [reader.say(f"state.{dispute.state}")]
    if dispute.due_at is not None:
        lines.append(reader.say("say.until", until=reader.at(dispute.due_at)))
    if dispute.state in {"negotiation", "evidence", "supplement", "hearing"}:
        lines += [of_issue(one, reader) for one in issues]
    return lines


def of_ruling(dispute: Dispute, issues: Sequence[Issue], ruling: Ruling, reader: Reader) -> list[str]:
    """A ruling in plain words: what was decided about each issue and why, the money, what can be done."""
    kinds = {one.id: one.issue for one in issues}
    lines: list[str] = []
    for one in ruling.issues:
        about = reader.say(f"issue.{kinds[one.issue]}") if one.issue in kinds else ""
        lines.append(reader.say("ruled.issue", issue=about, outcome=reader.say(f"outcome.{one.outcome}")))
        if one.amount_minor:
            amount = format_minor(one.amount_minor, dispute.currency, reader.language)
            lines.append(reader.say("ruled.amount", amount=amount))
        if one.text:
            lines.append(one.text)
    for line in ruling.money:
        amount = format_minor(line.amount_minor, dispute.currency, reader.language)
        lines.append(reader.say(f"ruled.{line.kind}_{line.payer}", amount=amount))
    lines.append(reader.say("ruled.used", used=len(ruling.used), refused=len(ruling.refused)))
    if ruling.reversed_at is not None:
        lines.append(reader.say("ruled.reversed"))
    elif ruling.appeal_until is not None:
        lines.append(reader.say("ruled.appeal_until", until=reader.at(ruling.appeal_until)))
    return lines
