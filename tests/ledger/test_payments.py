"""The pretended provider is honest enough to misbehave, and remembers."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import make
from xiaoer.plumbing.payments import PaymentRefusedError, PaymentUnclearError, ProviderAnswer
from xiaoer.plumbing.payments_development import (
    DevelopmentPayments,
    NoPayments,
    provider_of,
    shares_of,
)
from xiaoer.plumbing.settings import SettingsFault

NOW = datetime(2026, 11, 11, 4, tzinfo=UTC)


async def pay(provider: DevelopmentPayments, key: str = "k") -> ProviderAnswer:
    return await provider.refund(account="a", key=key, payment_ref=None, amount_minor=100, currency="CNY")


async def listed(provider: DevelopmentPayments) -> list[str]:
    return [
        one.key for one in await provider.statement("a", NOW - timedelta(days=1), NOW + timedelta(days=1))
    ]


@pytest.fixture
def provider() -> DevelopmentPayments:
    return DevelopmentPayments(now=lambda: NOW)


async def test_one_key_is_paid_once(provider: DevelopmentPayments) -> None:
    assert await pay(provider) == await pay(provider)
    assert await listed(provider) == ["k"]


async def test_asked_twice_without_a_key_it_pays_twice(provider: DevelopmentPayments) -> None:
    first, second = await pay(provider, ""), await pay(provider, "")
    assert first.ref != second.ref
    assert await listed(provider) == ["", ""]
    assert await provider.find("a", "") is None


async def test_it_can_time_out_after_paying(provider: DevelopmentPayments) -> None:
    provider.behave("time_out_after_paying")
    with pytest.raises(PaymentUnclearError):
        await pay(provider)
    assert await provider.find("a", "k")
    assert await pay(provider)
    assert await listed(provider) == ["k"]


async def test_what_it_refused_stays_refused(provider: DevelopmentPayments) -> None:
    provider.behave("refuse")
    for _ in range(2):
        with pytest.raises(PaymentRefusedError):
            await pay(provider)
    assert await listed(provider) == []
    assert await pay(provider, "k#2")


async def test_it_can_pay_afterwards(provider: DevelopmentPayments) -> None:
    provider.behave("pay_afterwards")
    with pytest.raises(PaymentUnclearError):
        await pay(provider)
    assert await listed(provider) == []
    assert await provider.find("a", "k") is None
    assert await provider.find("a", "k")


async def test_it_can_answer_late() -> None:
    waits, patience = asyncio.Event(), asyncio.Event()

    async def late() -> None:
        waits.set()
        await patience.wait()

    provider = DevelopmentPayments(now=lambda: NOW, late=late)
    provider.behave("answer_late")
    asked = asyncio.create_task(pay(provider))
    await waits.wait()
    assert await listed(provider) == ["k"]
    assert not asked.done()
    patience.set()
    assert (await asked).key == "k"


async def test_it_remembers_over_a_restart(tmp_path: Path) -> None:
    settings: Any = make.settings(tmp_path)
    file = settings.home / "payments.sqlite"
    before = DevelopmentPayments(file, now=lambda: NOW)
    paid = await pay(before)
    await before.close()
    after = DevelopmentPayments(file, now=lambda: NOW + timedelta(hours=1))
    assert await pay(after) == paid
    assert await listed(after) == ["k"]
    await after.close()


async def test_marketplaces_have_accounts_of_their_own(provider: DevelopmentPayments) -> None:
    await pay(provider)
    assert await provider.find("b", "k") is None
    assert list(await provider.statement("b", NOW - timedelta(days=1), NOW + timedelta(days=1))) == []


def test_moods_are_given_in_percent() -> None:
    assert shares_of("refuse=5, time_out_after_paying=10") == {"refuse": 5, "time_out_after_paying": 10}
    for wrong in ("sulk=5", "refuse", "refuse=x", "refuse=60,time_out_after_paying=41"):
        with pytest.raises(SettingsFault):
            shares_of(wrong)


async def test_luck_goes_by_the_key() -> None:
    provider = DevelopmentPayments(now=lambda: NOW, shares={"refuse": 50})
    refused = 0
    for number in range(200):
        try:
            await pay(provider, f"key {number}")
        except PaymentRefusedError:
            refused += 1
    assert 70 < refused < 130


async def test_the_settings_choose() -> None:
    assert isinstance(provider_of(make.settings()), DevelopmentPayments)
    none = provider_of(msgspec.structs.replace(make.settings(), payments="none"))
    assert isinstance(none, NoPayments)
    with pytest.raises(PaymentUnclearError):
        await none.refund(account="a", key="k", payment_ref=None, amount_minor=1, currency="CNY")
