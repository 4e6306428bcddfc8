"""What lists show of a case: each thing under its own name, though it is handed over by its place."""

from datetime import UTC, datetime
from typing import Any

from xiaoer.after_sale.model import CaseHead
from xiaoer.after_sale.queries.views import CaseLineShown, line
from xiaoer.after_sale.rules.deeds import Terms

NOW = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
DECIDES: dict[str, Any] = {"state": "asked_money", "clock": "answer", "stage": 1, "rounds": 0, "due_at": NOW}
RENAMED = {"shop_id": "shop", "order_id": "purchase", "buyer_id": "buyer", "conversation_id": "conversation"}
OWN = {"turn", "then", "deeds"}
"""What is told of a case and is no field of it."""


def test_a_line_tells_each_thing_under_its_own_name() -> None:
    marked: dict[str, Any] = {name: f"its {name}" for name in CaseHead.__struct_fields__}
    case = CaseHead(**(marked | DECIDES))
    shown = CaseLineShown(*line(case, "shop", Terms(3, NOW), NOW))
    told = set(CaseLineShown.__struct_fields__) - OWN
    assert {name: getattr(shown, name) for name in told} == {
        name: getattr(case, RENAMED.get(name, name)) for name in told
    }
    assert shown.turn == "shop"
    assert [one.deed for one in shown.deeds]
