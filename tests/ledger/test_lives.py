"""Random lives of a till: whatever the provider does, nobody is paid twice and nothing is lost."""

from collections.abc import Sequence
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.ledger.till import Till, credit, wish_of
from tests.living import LIVED
from xiaoer.kernel.refusal import Refusal
from xiaoer.ledger import queries
from xiaoer.ledger.actions import payouts
from xiaoer.ledger.machine import REMINDER, RETRY
from xiaoer.ledger.model import PayoutWish
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.payments_development import MOODS

Step = tuple[Any, ...]
PAID_MINOR = 1000
PURCHASES = 2
REFUSALS = {"ledger.more_than_paid", "ledger.already_paid", "ledger.payout_not_refused"}

steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(
        st.just("order"),
        st.integers(0, PURCHASES - 1),
        st.integers(1, 700),
        st.sampled_from(("shop", "shop", "shop", "marketplace", "insurer")),
    ),
    st.tuples(st.just("again"), st.integers(0, 9)),
    st.tuples(st.just("mood"), st.sampled_from([mood for mood in MOODS if mood != "answer_late"])),
    st.tuples(st.just("later"), st.sampled_from((0, 1, 30, 60, 600, 4000, 90_000))),
    st.tuples(st.just("ring")),
    st.tuples(st.just("retry"), st.integers(0, 9)),
    st.tuples(st.just("cancel"), st.integers(0, 9)),
    st.tuples(st.just("credit"), st.sampled_from(("balance", "deposit")), st.integers(1, 900)),
)


class Life:
    """A till that steps are done to."""

    def __init__(self, till: Till) -> None:
        self.till = till
        self.purchases = [new_id() for _ in range(PURCHASES)]
        self.wishes: list[PayoutWish] = []
        self.refusals: set[str] = set()

    async def do(self, step: Step) -> None:
        till = self.till
        match step:
            case ("order", place, amount, source):
                await self._order(
                    wish_of(
                        till.shop,
                        till.buyer,
                        amount,
                        source=source,
                        purchase=self.purchases[place],
                        limit_minor=PAID_MINOR,
                    )
                )
            case ("again", place) if place < len(self.wishes):
                await self._order(self.wishes[place])
            case ("mood", mood):
                till.provider.behave(mood)
            case ("later", seconds):
                await till.later(seconds)
            case ("ring",):  # the process dies before anybody is asked: taken up, and forgotten
                await till.ringer.ring_awake(till.now)
                await self._take_up_and_die()
            case ("retry", place) if place < len(self.wishes):
                await self._try_to(place, retry=True)
            case ("cancel", place) if place < len(self.wishes):
                await self._try_to(place, retry=False)
            case ("credit", account, amount):
                async with till.database.transaction(till.tenant) as tx:
                    await credit(tx, till.shop, account, amount)
            case _:
                pass

    async def _order(self, wish: PayoutWish) -> None:
        till = self.till
        try:
            made = await till.database.run(till.tenant, lambda tx: payouts.order_payout(tx, wish, till.now))
        except Refusal as refusal:
            self.refusals.add(refusal.refused.code)
            return
        assert made.id == wish.id
        if wish not in self.wishes:
            self.wishes.append(wish)

    async def _take_up_and_die(self) -> None:
        async with self.till.database.system() as tx:
            await tx.execute("update ledger.payout set claimed = attempts where state = 'paying'")

    async def _try_to(self, place: int, *, retry: bool) -> None:
        till, payout = self.till, self.wishes[place].id
        try:
            if retry:
                await till.database.run(till.tenant, lambda tx: payouts.retry(tx, payout, till.now))
            else:
                await till.payer.cancel(till.tenant, payout, author=None, note="a whim", now=till.now)
        except Refusal as refusal:
            self.refusals.add(refusal.refused.code)

    async def judge(self) -> None:
        """Holds at every moment."""
        till = self.till
        await till.prove()
        assert self.refusals <= REFUSALS
        funds = await till.funds()
        assert not funds.debt_minor or not (funds.balance_minor or funds.deposit_minor)
        found = [await till.payout(wish.id) for wish in self.wishes]
        for payout in found:
            clocks = [one.name for one in await till.clocks(payout.id)]
            expected = {"ordered": [RETRY], "paying": [RETRY], "refused": [REMINDER]}
            assert clocks == expected.get(payout.state, [])
        assert await till.buyers() == sum(
            one.amount_minor for one in found if one.state not in {"paid", "cancelled"}
        )
        async with till.database.read(till.tenant) as tx:
            for purchase in self.purchases:
                assert await queries.given_back(tx, purchase) <= PAID_MINOR
        paid = await till.paid_out()
        stems = [key.partition("#")[0] for key, _ in paid]
        assert len(stems) == len(set(stems)), "one payout was paid twice"
        amounts = {one.key: one.amount_minor for one in found}
        assert all(amount == amounts[stem] for stem, (_, amount) in zip(stems, paid, strict=True))
        states = {one.key: one.state for one in found}
        assert "cancelled" not in {states[stem] for stem in stems}
        assert {key for key, state in states.items() if state == "paid"} <= set(stems)

    async def settle(self) -> None:
        """The provider is well again, and people decide: everything comes to an end."""
        till = self.till
        till.provider.recover()
        for _ in range(4):
            await till.later(4000)
        for place in range(len(self.wishes)):
            await self._try_to(place, retry=True)
        for _ in range(3):
            await till.later(4000)
        states = {(await till.payout(wish.id)).state for wish in self.wishes}
        assert states <= {"paid", "cancelled"}
        assert await till.buyers() == 0


async def live(database: Database, life: Sequence[Step]) -> None:
    one = Life(await Till.open(database, balance=800, deposit=100))
    for step in life:
        await one.do(step)
        await one.judge()
    await one.settle()
    await one.judge()


@example(
    [
        ("mood", "refuse"),
        ("order", 0, 700, "shop"),
        ("later", 0),
        ("credit", "balance", 50),
        ("mood", "pay_afterwards"),
        ("retry", 0),
        ("later", 0),
        ("ring",),
        ("cancel", 0),
    ]
)
@example([("order", 0, 700, "shop"), ("mood", "die_after_paying"), ("later", 0), ("ring",), ("again", 0)])
@given(st.lists(steps, max_size=14))
@settings(LIVED, max_examples=20)
async def test_random_lives(database: Database, life: list[Step]) -> None:
    await live(database, life)
