"""The watch over the watchers, as administrators see it."""

from datetime import timedelta

from tests.blocks.yard import Yard
from xiaoer.blocks.actions import watch
from xiaoer.rulebook import queries as rulebook


async def past(yard: Yard, who: str, count: int, wrong: int) -> None:
    """So many blocks of somebody lately, and how many were wrong."""
    await yard.owner.execute(
        "insert into blocks.block (tenant, id, side, subject_kind, subject, ground, facts, evidence, scope, "
        "danger, approval, fit_row, fit_basis, state, version, proposed_by, approved_by, decided_text, "
        "begins_at, ends_at, lifted_at, rules_at, rules_version, proposed_at, moved_at) "
        "select $1, gen_random_uuid(), 'marketplace', 'person', $2, 'fraud', 'x', '{E1}', 'account', false, "
        "'marketplace', 'r', 'b', case when n <= $5 then 'lifted_wrong' else 'ended' end, 1, $3, $4, 'x', "
        "$6, $6, $6, $6, '1', $6, $6 from generate_series(1, $7::integer) as n",
        yard.tenant, yard.people["buyer"].id, yard.people[who].id, yard.people["third"].id, wrong,
        yard.now - timedelta(days=1), count,
    )  # fmt: skip


async def test_whoever_is_wrong_clearly_more_often_is_named_once_to_administrators(yard: Yard):
    await past(yard, "officer", 20, 12)
    await past(yard, "second", 60, 2)
    await past(yard, "manager", 2, 2)
    for _ in range(2):
        async with yard.database.transaction(yard.tenant) as tx:
            await watch.look(tx, await rulebook.book(tx, None, yard.now), yard.now)
    client = yard.client("administrator")
    found = (await client.get("/platform/v1/block-figures", by="proposer")).json
    by_name = {found["names"][one["subject"]]: one for one in found["rows"]}
    officer = by_name[yard.people["officer"].display_name]
    assert (officer["blocks"], officer["wrong"], officer["stands_out"]) == (20, 12, True)
    assert by_name[yard.people["manager"].display_name]["small"]
    assert not by_name[yard.people["second"].display_name]["stands_out"]
    alerts = (await client.get("/platform/v1/block-alerts")).json["data"]
    assert [(one["alert"]["looked_at"], one["name"]) for one in alerts] == [
        ("proposer", yard.people["officer"].display_name)
    ]
    assert (await yard.client("agent").get("/platform/v1/block-figures")).status == 403
