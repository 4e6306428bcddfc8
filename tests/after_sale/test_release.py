"""A running case keeps the rules it began under, also across a new release of the program."""

from datetime import timedelta

from tests.after_sale.counter import NOON, Counter
from xiaoer.plumbing.driver import Connection
from xiaoer.rulebook import jobs, store
from xiaoer.rulebook.rules.shipment import PARAMETERS, Shipment, current

NAME = "after_sale.refund_not_shipped"


async def test_a_running_case_keeps_what_was_shipped_when_it_began(counter: Counter, owner: Connection):
    here = current().files[PARAMETERS]
    text = here.replace(
        f'["{NAME}"]\ntype = "integer"\ndefault = 48', f'["{NAME}"]\ntype = "integer"\ndefault = 24'
    )
    text = text.replace(
        '["after_sale.buyer_answer"]\ntype = "integer"\ndefault = 7',
        '["after_sale.buyer_answer"]\ntype = "integer"\ndefault = 9',
    )
    old = Shipment(current().files | {PARAMETERS: text})
    try:
        async with counter.database.system() as tx:
            await store.serve_release(tx, old.digest, old.files, NOON - timedelta(days=1))
        first = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
        assert first["due_at"][:16] == "2026-11-12T04:00"
        counter.now += timedelta(hours=1)
        async with counter.database.system() as tx:
            assert await jobs.serve(tx, counter.now)
        second = await counter.opened(await counter.order("paid"), "refund_before_dispatch")
        assert second["due_at"][:16] == "2026-11-13T05:00"
        assert first["rules_version"] != second["rules_version"]
        for case, day in ((first, "2026-11-20T16:00"), (second, "2026-11-18T16:00")):
            answer = {"reason": "other", "text": "不同意"}
            after = await counter.did("agent", case["id"], "refuse", answer)
            assert after["due_at"][:16] == day
            assert after["rules_version"] == case["rules_version"]
    finally:
        await owner.execute("delete from rulebook.shipment; delete from rulebook.release")
