"""The draft of a ruling: assembled from the facts and the rows of the tables, for an officer to finish."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from xiaoer.disputes.model.court import CitedRow, RuledIssue
from xiaoer.disputes.model.wishes import RulingWish
from xiaoer.disputes.queries import words
from xiaoer.disputes.queries.views import RowShown, Whole
from xiaoer.disputes.queries.words import Reader
from xiaoer.disputes.rules import ruling as rules
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book
from xiaoer.rulebook.rules.explain import said

BURDEN = "disputes.burden"


class RulingDraft(Struct, frozen=True):
    """What could be ruled, the rows it stands on, and how each issue came to stand so."""

    wish: RulingWish
    rows: list[RowShown]
    words: list[str]


async def draft(tx: Tx, whole: Whole, reader: Reader) -> RulingDraft:
    """Put a ruling together; nothing is decided or kept by it."""
    dispute = whole.dispute
    book = await rulebook.book(tx, dispute.shop, dispute.rules_at)
    remedies = book.table(rules.TABLE)
    ruled: list[RuledIssue] = []
    rows: list[CitedRow] = []
    for issue in whole.issues:
        facts = {"issue": issue.issue, "winner": rules.winner(dispute, issue.favour)}
        found = remedies.decide(facts)
        ruled.append(rules.drafted(dispute, issue, found.outcome))
        rows.append(CitedRow(BURDEN, issue.row, "", issue.id))
        rows.append(CitedRow(rules.TABLE, found.row, found.basis, issue.id))
    why = {one.id: one.judged_why or _refusal(reader, one.flag, one.row) for one in whole.exhibits}
    used, left = rules.sorted_exhibits(whole.exhibits, why)
    sentences = [words.of_issue(one, reader) for one in whole.issues]
    wish = RulingWish(
        issues=ruled,
        facts_found=[*sentences, reader.say("draft.exhibits", used=len(used), refused=len(left))],
        used=used,
        refused=left,
        text=reader.say("draft.text"),
    )
    return RulingDraft(wish, shown_rows(rows, book, reader), sentences)


def _refusal(reader: Reader, flag: str | None, row: str) -> str:
    return reader.say(f"flag.{flag}") if flag else row


def shown_rows(rows: Sequence[CitedRow], book: Book, reader: Reader) -> list[RowShown]:
    """Rows of tables with their sentences, in the reader's language."""
    known: dict[str, Mapping[str, tuple[str, str]]] = {}
    shown: list[RowShown] = []
    for one in rows:
        if one.table not in known:
            known[one.table] = {
                row.id: (row.basis, said(row.say, reader.language)) for row in book.table(one.table).rows
            }
        basis, sentence = known[one.table].get(one.row, ("", ""))
        shown.append(RowShown(one.table, one.row, one.basis or basis, sentence, one.issue))
    return shown
