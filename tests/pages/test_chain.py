"""The whole chain in a browser: insult, number, complaint, hearing, points, shop hidden, appeal, undone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.deeds import HEADERS, Market, fine, marketplace, press, say, shot
from tests.pages.test_disputes import fill, login_of, seated
from xiaoer.plumbing import postgres
from xiaoer.plumbing.clock import new_id

INSULTS = ("您妈没教过您吗", "您就是想白拿吧", "您这样的客人，我们店不欢迎")
"""What gets past the guard; whichever does first is said."""


@pytest.fixture(scope="module")
def court(
    postgres_server: postgres.Server, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    """A marketplace with three officers."""
    with marketplace(postgres_server, "xiaoer_chain", tmp_path_factory.mktemp("home"), browser) as made:
        yield seated(made)


@pytest.fixture(scope="module")
def story(court: Market) -> dict[str, str]:
    """What the tests of this file hand on to each other: they are one quarrel, step by step."""
    shops = court.get("manager", "/public/v1/me")["shops"]
    return {"shop": next(one["id"] for one in shops if one["name"] == "山茶服饰")}


def test_an_insult_is_sealed_complained_of_and_heard(court: Market, story: dict[str, str]) -> None:
    shop = story["shop"]
    assert shop in seen_shops(court)
    story["dispute"] = complained(court, shop, number(court, shop))
    both_are_ready(court, shop, story["dispute"])


def test_a_ruling_gives_points_and_hides_the_shop(court: Market, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    ruled_with_points(court, dispute)
    court.post("manager", f"/api/v1/shops/{shop}/disputes/{dispute}/execute")
    assert points(court, shop) == 12
    assert shop not in seen_shops(court), "a shielded shop is hidden from buyers"


def test_an_appeal_takes_the_points_back_and_shows_the_shop_again(
    court: Market, story: dict[str, str]
) -> None:
    shop = story["shop"]
    found = court.get("manager", f"/api/v1/shops/{shop}/penalties")["data"]
    [penalty] = [one for one in found if one["offence"] == "abuse"]
    undone(court, appealed(court, shop, penalty["id"]))
    assert points(court, shop) == 0
    assert shop in seen_shops(court), "the shop is visible again"
    given = court.get("manager", f"/api/v1/shops/{shop}/compensation/received")["data"]
    assert [one["purpose"] for one in given] == ["time"], "the time of a wrong penalty is made good unasked"


def seen_shops(court: Market) -> set[str]:
    """What a buyer finds when he looks for shops."""
    return {one["id"] for one in court.get("buyer", "/public/v1/shops?limit=50")["data"]}


def points(court: Market, shop: str) -> int:
    """What stands in the points ledger for abuse here."""
    tracks = court.get("manager", f"/api/v1/shops/{shop}/standing")["tracks"]
    return sum(one["points"] for one in tracks)


def number(court: Market, shop: str) -> str:
    """The agent insults the buyer, who has it sealed."""
    talk = court.post("buyer", f"/public/v1/shops/{shop}/conversation")["id"]
    said = {"kind": "text", "text": "衣服破了，怎么办", "client_id": str(new_id())}
    first = court.post("buyer", f"/public/v1/conversations/{talk}/entries", said)["version"]
    last = insulted(court, shop, talk)
    wish = {"first": first, "last": last, "purpose": "complaint", "reason": "客服辱骂"}
    return court.post("buyer", f"/public/v1/conversations/{talk}/evidence", wish)["number"]


def insulted(court: Market, shop: str, talk: str) -> int:
    """The place of the agent's words in the conversation."""
    path = f"{court.address}/api/v1/shops/{shop}/conversations/{talk}/entries"
    for text in INSULTS:
        answer = {"kind": "text", "text": text, "client_id": str(new_id())}
        said = court.person("manager").request.post(path, data=answer, headers=HEADERS)
        if said.ok:
            return said.json()["version"]
    raise AssertionError("the guard lets no insult pass: find another one")


def complained(court: Market, shop: str, evidence: str) -> str:
    """The buyer complains with the number, the shop answers, a dispute judges it."""
    wish = {"type": "abuse", "shop": shop, "text": "客服骂我", "asks": ["penalty"], "evidence": [evidence]}
    made = court.post("buyer", "/public/v1/me/complaints", wish)
    assert made["state"] == "accepted", made
    court.post("manager", f"/api/v1/shops/{shop}/complaints/{made['id']}/answer", {"text": "没有骂人"})
    after = court.get("buyer", f"/public/v1/me/complaints/{made['id']}")
    assert after["dispute_id"], after
    return after["dispute_id"]


def both_are_ready(court: Market, shop: str, dispute: str) -> None:
    """Nobody has more to show: it goes to the hearing."""
    for _ in range(2):
        for login, place in (("buyer", "/public/v1/me"), ("manager", f"/api/v1/shops/{shop}")):
            path = f"{court.address}{place}/disputes/{dispute}/ready"
            court.person(login).request.post(path, data={}, headers=HEADERS)
    assert court.get("officer", f"/platform/v1/disputes/{dispute}")["state"] == "hearing"


def ruled_with_points(court: Market, dispute: str) -> None:
    """The officer reads the sealed talk on the bench and rules."""
    bench = court.get("officer", f"/platform/v1/disputes/{dispute}")
    page = court.page(login_of(court, bench["officer"]["id"]), f"desk/docket/{dispute}")
    side = page.locator(".x-panes-side")
    expect(side.locator(".dp-line")).to_contain_text(re.compile("|".join(INSULTS)))
    press(side, say("disputes:deed.rule"))
    form = side.locator("form").first
    form.locator("select").nth(0).select_option("penalise")
    form.locator("select").nth(1).select_option("claimant")
    fill(form, say("disputes:page.reason"), "服务器记录显示客服辱骂买家")
    form.locator("select").nth(2).select_option("abuse")
    form.locator("select").nth(3).select_option("serious")
    expect(form).to_contain_text(say("disputes:page.effects"))
    shot(page, "chain-ruling")
    press(form, say("disputes:page.sign"))
    expect(side.locator("form")).to_have_count(0)
    page.close()


def appealed(court: Market, shop: str, penalty: str) -> str:
    """The shop appeals the points."""
    page = court.page("manager", f"desk/shop-appeals/{shop}/new?kind=penalty&target={penalty}")
    side = page.locator(".x-panes-side")
    fill(side, say("appeals:part.why"), "前文是买家先辱骂，且客服随后道歉")
    press(side, say("appeals:form.lodge"))
    expect(side).to_contain_text(say("appeals:state.assigned"))
    fine(page, "chain-appeal")
    appeal = page.url.rsplit("/", 1)[1]
    page.close()
    return appeal


def undone(court: Market, appeal: str) -> None:
    """Somebody who had no part in it takes it back."""
    judge = court.get("admin", f"/platform/v1/appeals/{appeal}")["judge"]["id"]
    page = court.page(login_of(court, judge), f"desk/appeals/{appeal}?view=mine")
    side = page.locator(".x-panes-side")
    press(side, say("appeals:deed.decide"))
    form = side.locator("form")
    form.get_by_text(say("appeals:result.upheld"), exact=True).click()
    fill(form, say("appeals:decide.facts"), "原认定程度过重")
    press(form, say("appeals:decide.send_upheld"))
    expect(side).to_contain_text(say("appeals:effect.points_back"))
    expect(side).to_contain_text(say("appeals:effect.visible_again"))
    expect(side).to_contain_text(say("appeals:effect.compensated"))
    shot(page, "chain-undone")
    page.close()
