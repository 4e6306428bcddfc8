"""Disputes and appeals in a real browser: a buyer on a phone, the shop and the officers at a desk."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests import make
from tests.pages.deeds import HEADERS, Json, Market, dialog, fine, marketplace, press, say, send, shot, sure
from tools.sights import PASSWORD, settle
from xiaoer.compensation.actions import grants
from xiaoer.compensation.model import GrantWish
from xiaoer.disputes.actions import jury
from xiaoer.ledger.model import POINTS
from xiaoer.plumbing import postgres
from xiaoer.plumbing.clock import new_id, now
from xiaoer.plumbing.db import Database

OFFICERS = ("officer", "second", "third")
BUYERS = tuple(f"buyer{number}" for number in range(2, 10))


def seated(market: Market) -> Market:
    """A second and a third officer; no ruling is read by two."""
    for login in OFFICERS[1:]:
        wish = {"display_name": login, "email": f"{login}@demo.xiaoer", "password": PASSWORD}
        market.post("admin", "/platform/v1/people", wish | {"memberships": [{"role": "officer"}]})
    none = {"value": 0, "reason": "test"}
    market.put("admin", "/platform/v1/rulebook/disputes.second_reading_percent", none)
    return market


def login_of(court: Market, person: str) -> str:
    """The officer of this id."""
    return next(name for name in OFFICERS if court.get(name, "/public/v1/me")["id"] == person)


@pytest.fixture(scope="module")
def court(
    postgres_server: postgres.Server, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    """A marketplace with three officers."""
    home = tmp_path_factory.mktemp("home")
    with marketplace(postgres_server, "xiaoer_disputes", home, browser) as made:
        yield seated(made)


@pytest.fixture(scope="module")
def refused(court: Market) -> Json:
    """A case of the buyer that the shop has refused."""
    return turned_down(court)


def turned_down(court: Market) -> Json:
    """The first order of the buyer that takes a case; the shop refuses it."""
    shops = {one["id"] for one in court.get("manager", "/public/v1/me")["shops"]}
    for order in court.get("buyer", "/public/v1/orders?limit=50")["data"]:
        if order["shop_id"] not in shops:
            continue
        wish = {"kind": "refund_only", "reason": "quality", "text": "袖口开线"}
        path = f"/public/v1/orders/{order['id']}/cases"
        answer = court.person("buyer").request.post(path, data=wish, headers=HEADERS)
        if answer.ok and answer.json()["state"] == "asked_money":
            one = answer.json()
            reason = {"reason": "used", "text": "已使用过"}
            court.post("manager", f"/api/v1/shops/{one['shop_id']}/cases/{one['id']}/refuse", reason)
            return one
    raise AssertionError("no order takes a case")


@pytest.fixture(scope="module")
def story(refused: Json) -> dict[str, str]:
    """What the tests of this file hand on to each other: they are one quarrel, step by step."""
    return {"shop": refused["shop_id"]}


def picture() -> bytes:
    """A small photo."""
    kept = BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "PNG")
    return kept.getvalue()


def fill(place: Page | Locator, label: str, text: str) -> None:
    place.get_by_label(label).first.fill(text)


def test_the_buyer_asks_for_a_ruling(court: Market, refused: Json, story: dict[str, str]) -> None:
    page = court.page("buyer", f"buyer/disputes/new?case={refused['id']}", "phone")
    fill(page, say("disputes:page.happened"), "袖口开线，有照片")
    fine(page, "dispute-open")
    press(page, say("disputes:page.open_submit"))
    main = page.locator("main")
    expect(main).to_contain_text(say("disputes:state.negotiation"))
    story["dispute"] = page.url.rsplit("/", 1)[1]
    press(page, say("disputes:deed.show"))
    page.get_by_label(say("disputes:page.kind_of")).select_option("statement")
    fill(page, say("disputes:page.says"), "收到当天就发现了")
    press(page.locator("form"), say("disputes:deed.show"))
    expect(main).to_contain_text("收到当天就发现了")
    fine(page, "dispute-buyer")
    page.close()
    page = court.page("buyer", "buyer/disputes", "phone")
    expect(page.locator(".x-card-link")).to_have_count(1)
    fine(page, "disputes")
    page.close()


def test_the_shop_proposes_and_the_buyer_declines(court: Market, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    page = court.page("manager", f"desk/disputes/{shop}")
    page.locator(f"a[href$='{dispute}']").click()
    side = page.locator(".x-panes-side")
    press(side, say("disputes:deed.propose"))
    fill(side, say("disputes:page.amount"), "1.00")
    fill(side, say("disputes:page.words"), "补偿一元")
    press(side.locator("form"), say("disputes:deed.propose"))
    expect(side).to_contain_text("补偿一元")
    fine(page, "dispute-shop")
    page.close()
    page = court.page("buyer", f"buyer/disputes/{dispute}", "phone")
    expect(page.locator("main")).to_contain_text("补偿一元")
    press(page, say("disputes:page.decline"))
    expect(page.get_by_role("button", name=say("disputes:page.decline"), exact=True)).to_have_count(0)
    page.close()
    page = court.page("officer", f"desk/docket/{dispute}")
    offers = page.get_by_role("region", name=say("disputes:page.proposals"))
    expect(offers).to_contain_text("补偿一元")
    expect(offers).to_contain_text(say("disputes:page.proposal_state.declined"))
    expect(offers).to_contain_text(say("disputes:page.said.no"))
    fine(page, "bench-proposals")
    page.close()


def test_an_officer_weighs_waits_and_gives_it_away(court: Market, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    court.post("buyer", f"/public/v1/me/disputes/{dispute}/ready")
    court.post("manager", f"/api/v1/shops/{shop}/disputes/{dispute}/ready")
    mine = login_of(court, court.get("officer", f"/platform/v1/disputes/{dispute}")["officer"]["id"])
    page = court.page(mine, f"desk/docket/{dispute}")
    side = page.locator(".x-panes-side")
    press(side, say("disputes:page.weigh_exhibit").replace("{{number}}", "1"))
    form = side.locator("form")
    form.get_by_label(say("disputes:page.weigh_as")).select_option("weak")
    fill(form, say("disputes:page.reason"), "只有一方的说法")
    fine(page, "bench-weigh")
    press(form, say("disputes:deed.weigh"))
    expect(side.locator(".dp-exhibit").first).to_contain_text("只有一方的说法")
    press(side, say("disputes:deed.suspend_it"))
    form.get_by_label(say("disputes:page.suspend_for")).select_option("police")
    fill(form, say("disputes:page.words"), "已报案")
    fine(page, "bench-suspend")
    press(form, say("disputes:deed.suspend_it"))
    expect(side).to_contain_text(say("disputes:state.with_police"))
    press(side, say("disputes:deed.resume"))
    fill(form, say("disputes:page.words"), "未立案")
    press(form, say("disputes:deed.resume"))
    expect(side).to_contain_text(say("disputes:state.evidence"))
    press(side, say("disputes:deed.assign"))
    chosen = form.get_by_label(say("disputes:page.assign_whom"))
    expect(chosen.locator("option")).to_have_count(3)
    chosen.select_option(index=1)
    press(form, say("disputes:deed.assign"))
    expect(side.locator("form")).to_have_count(0)
    page.close()
    after = court.get("officer", f"/platform/v1/disputes/{dispute}")
    assert login_of(court, after["officer"]["id"]) != mine


def test_a_buyer_says_whether_he_would_sit_in_juries(court: Market) -> None:
    page = court.page("buyer2", "buyer/jury", "phone")
    main = page.locator("main")
    expect(main).to_contain_text(say("disputes:jury.no_calls"))
    page.get_by_role("switch").click()
    expect(page.get_by_role("switch")).to_be_checked()
    expect(main).to_contain_text(say("disputes:refused.no_jury_here"))
    fine(page, "jury")
    page.close()


def test_an_officer_rules_on_the_bench(court: Market, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    court.post("buyer", f"/public/v1/me/disputes/{dispute}/ready")
    court.post("manager", f"/api/v1/shops/{shop}/disputes/{dispute}/ready")
    bench = court.get("officer", f"/platform/v1/disputes/{dispute}")
    page = court.page(login_of(court, bench["officer"]["id"]), "desk/docket")
    page.keyboard.press("j")
    expect(page).to_have_url(f"{court.address}/desk/docket/{dispute}?view=all")
    side = page.locator(".x-panes-side")
    expect(side.locator(".dp-claims tbody tr")).to_have_count(1)
    expect(side.locator(".dp-line li").first).to_be_visible()
    settle(page)
    fine(page, "bench")
    press(side, say("disputes:deed.rule"))
    form = side.locator("form").first
    form.locator("select").nth(0).select_option("refund")
    form.locator("select").nth(1).select_option("claimant")
    fill(form, say("disputes:page.amount"), "2.00")
    fill(form, say("disputes:page.reason"), "说明一致")
    for box in form.get_by_label(say("disputes:page.why_not")).all():
        box.fill("仅为单方陈述")
    fine(page, "ruling-editor")
    press(form, say("disputes:page.sign"))
    expect(side.locator("form")).to_have_count(0)
    expect(side).to_contain_text(say("disputes:page.ruling"))
    shot(page, "bench-ruled")
    page.close()
    page = court.page("officer", f"desk/docket/{dispute}", "phone")
    expect(page.locator(".dp-claims tbody tr")).to_have_count(1)
    fine(page, "bench")
    page.close()


def test_the_buyer_reads_it_and_the_shop_carries_it_out(court: Market, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    page = court.page("buyer", f"buyer/disputes/{dispute}", "phone")
    expect(page.locator("main")).to_contain_text(say("disputes:page.ruling"))
    fine(page, "ruling")
    page.close()
    page = court.page("manager", f"desk/disputes/{shop}/{dispute}")
    press(page, say("disputes:deed.execute"))
    sure(page)
    expect(page.locator(".x-panes-side")).to_contain_text(say("disputes:state.decided"))
    page.close()


def test_the_shop_appeals_and_the_buyer_answers(court: Market, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    ruling = court.get("buyer", f"/public/v1/me/disputes/{dispute}")["ruling"]["id"]
    page = court.page("manager", f"desk/disputes/{shop}/{dispute}")
    page.get_by_role("link", name=say("disputes:page.appeal"), exact=True).click()
    expect(page).to_have_url(f"{court.address}/desk/shop-appeals/{shop}/new?kind=ruling&target={ruling}")
    side = page.locator(".x-panes-side")
    fill(side, say("appeals:part.why"), "照片不是本店商品")
    fill(side, say("appeals:part.new_facts"), "出库质检记录")
    press(side, say("appeals:form.add_evidence"))
    fill(side, say("appeals:form.says"), "质检员签字的出库记录")
    with page.expect_file_chooser() as chooser:
        press(side, say("appeals:form.add_photo"))
    chooser.value.set_files({"name": "出库.png", "mimeType": "image/png", "buffer": picture()})
    expect(side.get_by_role("listitem").filter(has_text="出库.png")).to_be_visible()
    fine(page, "appeal-form")
    press(side, say("appeals:form.lodge"))
    expect(side).to_contain_text(say("appeals:state.assigned"))
    expect(side.get_by_role("link", name="出库.png")).to_be_visible()
    fine(page, "appeal-shop")
    story["appeal"] = page.url.rsplit("/", 1)[1]
    page.close()
    page = court.page("buyer", "buyer/appeals", "phone")
    page.locator(".x-card-link").first.click()
    press(page, say("appeals:deed.answer"))
    fill(page, say("appeals:form.words"), "就是这家店发的货")
    press(page, say("appeals:form.send"))
    expect(page.locator("main")).to_contain_text("就是这家店发的货")
    fine(page, "appeal-other")
    page.close()


def test_an_appeal_is_given_to_another_officer(court: Market, story: dict[str, str]) -> None:
    appeal = story["appeal"]
    judge = login_of(court, court.get("admin", f"/platform/v1/appeals/{appeal}")["judge"]["id"])
    page = court.page(judge, f"desk/appeals/{appeal}?view=mine")
    side = page.locator(".x-panes-side")
    press(side, say("appeals:deed.assign"))
    whom = side.get_by_label(say("appeals:people.assign_whom"))
    expect(whom.locator("option")).to_have_count(3)
    fine(page, "appeal-assign")
    judges = {
        one["person"] for one in court.get("officer", f"/platform/v1/disputes/{story['dispute']}")["judges"]
    }
    for person in [one.get_attribute("value") for one in whom.locator("option").all()]:
        if not person:
            continue
        whom.select_option(person)
        press(side.locator("form"), say("appeals:deed.assign"))
        if person in judges:
            expect(side.get_by_role("alert")).to_be_visible()
            continue
        expect(side.locator("form")).to_have_count(0)
        assert court.get("admin", f"/platform/v1/appeals/{appeal}")["judge"]["id"] == person
        break
    page.close()


def test_another_officer_undoes_it(court: Market, story: dict[str, str]) -> None:
    appeal = story["appeal"]
    judge = court.get("admin", f"/platform/v1/appeals/{appeal}")["judge"]["id"]
    page = court.page(login_of(court, judge), "desk/appeals?view=mine")
    page.locator(f"a[href*='{appeal}']").click()
    side = page.locator(".x-panes-side")
    press(side, say("appeals:deed.decide"))
    form = side.locator("form")
    form.get_by_text(say("appeals:result.upheld"), exact=True).click()
    expect(form).to_contain_text(say("appeals:decide.then_upheld_ruling"))
    fill(form, say("appeals:decide.facts"), "出库记录可信，原裁决认定有误")
    fine(page, "appeal-decide")
    press(form, say("appeals:decide.send_upheld"))
    expect(side).to_contain_text(say("appeals:effect.ruling_undone"))
    fine(page, "appeal-upheld")
    page.close()
    page = court.page("third", "desk/appeals/figures")
    expect(page.locator(".x-rows tbody tr").first).to_be_visible()
    fine(page, "reversal-rates")
    page.close()
    page = court.page("admin", "admin/reversals")
    expect(page.locator(".x-rows tbody tr").first).to_be_visible()
    page.close()
    page = court.page("buyer", f"buyer/disputes/{story['dispute']}", "phone")
    expect(page.locator("main")).to_contain_text(say("disputes:page.reversed"))
    page.close()


def test_a_jury_votes_in_secret_and_its_finding_is_the_ruling(court: Market) -> None:
    for name, value in (("open", True), ("size", 3), ("win", 2), ("orders", 0)):
        court.put("admin", f"/platform/v1/rulebook/disputes.jury_{name}", {"value": value, "reason": "test"})
    shop, dispute = quarrel(court)
    jurors = [name for name in BUYERS if not court.get(name, f"/public/v1/orders?shop={shop}")["data"]][:2]
    tenant = UUID(court.get("buyer", "/public/v1/me")["marketplace"]["id"])
    court.does(lambda database: third_juror(database, tenant))
    for name in jurors:
        assert court.put(name, "/public/v1/me/jury", {"willing": True})["eligible"]
    bench = court.get("officer", f"/platform/v1/disputes/{dispute}")
    desk = court.page(login_of(court, bench["officer"]["id"]), f"desk/docket/{dispute}")
    side = desk.locator(".x-panes-side")
    press(side, say("disputes:deed.jury"))
    sure(desk)
    expect(side).to_contain_text(say("disputes:state.jury"))
    for place, name in enumerate(jurors):
        mine = court.page(name, "buyer/jury", "phone")
        mine.locator(".x-card-link").first.click()
        main = mine.locator("main")
        expect(main).to_contain_text(say("disputes:jury.secret"))
        expect(main).not_to_contain_text("王小明")
        mine.get_by_label(say("disputes:page.stands.claimant")).check()
        fine(mine, "jury-vote")
        press(mine, say("disputes:jury.send"))
        expect(main).to_contain_text(say("disputes:jury.thanks"))
        mine.close()
        seen = court.get("buyer", f"/public/v1/me/disputes/{dispute}")
        assert (seen["state"] == "jury") == (place == 0), "nobody learns anything before the end"
    expect(side).to_contain_text(say("disputes:page.ruling"))
    fine(desk, "jury-ruled")
    desk.close()


async def third_juror(database: Database, tenant: UUID) -> None:
    """Somebody who never bought anything, and will not vote."""
    person = await make.person(database, tenant, role="visitor")
    async with database.transaction(tenant) as tx:
        await jury.set_willing(tx, person.id, now(), willing=True)


def quarrel(court: Market) -> tuple[str, str]:
    """Another case of the buyer that the shop refused, as far as the hearing: the shop, the dispute."""
    one = turned_down(court)
    wish = {"issues": [{"issue": "visible_quality", "words": "袖口开线", "remedy": "refund"}], "text": ""}
    made = court.post("buyer", f"/public/v1/cases/{one['id']}/dispute", wish | {"numbers": [], "files": []})
    for _ in range(2):
        for login, place in (("buyer", "/public/v1/me"), ("manager", f"/api/v1/shops/{one['shop_id']}")):
            path = f"{court.address}{place}/disputes/{made['id']}/ready"
            court.person(login).request.post(path, data={}, headers=HEADERS)
    assert court.get("officer", f"/platform/v1/disputes/{made['id']}")["state"] == "hearing"
    return one["shop_id"], made["id"]


def test_a_buyer_makes_a_coupon_of_his_points(court: Market) -> None:
    me = court.get("buyer3", "/public/v1/me")
    court.does(lambda database: gives(database, UUID(me["marketplace"]["id"]), UUID(me["id"])))
    page = court.page("buyer3", "buyer/compensation", "phone")
    press(page, "compensation:exchange.do")
    box = dialog(page)
    points = box.get_by_label(say("compensation:exchange.points"))
    expect(points).to_have_value("350")
    points.fill("351")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box.locator(".ant-form-item-explain-error")).to_be_visible()
    points.fill("300")
    expect(box).to_contain_text(say("compensation:exchange.worth").replace("{{sum}}", "¥3.00"))
    fine(page, "points-exchange")
    send(page)
    coupon = page.get_by_role("article", name=say("compensation:kind.coupon"))
    expect(coupon).to_contain_text("3.00")
    expect(coupon).to_contain_text(say("compensation:state.held"))
    expect(page.get_by_text(say("compensation:points.have").replace("{{count}}", "50"))).to_be_visible()
    fine(page, "points-exchanged")
    page.close()


async def gives(database: Database, tenant: UUID, person: UUID) -> None:
    """Points for the time a wrong block took."""
    wish = GrantWish(
        id=new_id(), key="gift", kind="points", bearer="marketplace", to_kind="person", receiver=person,
        amount_minor=350, currency=POINTS, purpose="time", subject_kind="block", subject=new_id(),
    )  # fmt: skip
    async with database.transaction(tenant) as tx:
        await grants.grant(tx, wish, now())
