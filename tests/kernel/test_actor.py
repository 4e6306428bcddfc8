"""A manager leads only the shops he manages."""

from uuid import UUID

from xiaoer.kernel.actor import Actor

SHOP, OTHER, FOREIGN = UUID(int=1), UUID(int=2), UUID(int=3)


def test_a_manager_is_an_agent_where_he_does_not_manage():
    actor = Actor(UUID(int=9), UUID(int=8), "manager", shops=(SHOP, OTHER), managed=(SHOP,))
    assert [actor.role_in(shop) for shop in (SHOP, OTHER, FOREIGN, None)] == [
        "manager",
        "agent",
        "manager",
        "manager",
    ]
    assert Actor(UUID(int=9), UUID(int=8), "officer", shops=(SHOP,)).role_in(SHOP) == "officer"
