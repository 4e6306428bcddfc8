"""Who may do what, whose password will do, how long a session holds: decided without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.identity import rules
from xiaoer.identity.model import Membership, PersonKind, StaffRole
from xiaoer.kernel.actor import Actor, Role
from xiaoer.kernel.refusal import Refused

NOW = datetime(2026, 11, 11, 8, 0, tzinfo=UTC)
TENANT, PERSON, SHOP, OTHER, THIRD = (UUID(int=number) for number in range(1, 6))


def actor(role: Role, **more: object) -> Actor:
    return Actor(TENANT, PERSON, role, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "deed", "shop", "expected"),
    [
        (actor("buyer"), "conversations.send", SHOP, "own"),
        (actor("buyer", visitor=True), "my_orders.read", None, "none"),
        (actor("buyer"), "my_orders.read", None, "own"),
        (actor("agent", shops=(SHOP,)), "conversations.send", SHOP, "own"),
        (actor("agent", shops=(SHOP,)), "conversations.send", OTHER, "none"),
        (actor("agent", shops=(SHOP,)), "team.write", SHOP, "none"),
        (actor("manager", shops=(SHOP, OTHER), managed=(SHOP,)), "team.write", SHOP, "team"),
        (actor("manager", shops=(SHOP, OTHER), managed=(SHOP,)), "team.write", OTHER, "none"),
        (actor("manager", shops=(SHOP, OTHER), managed=(SHOP,)), "conversations.send", OTHER, "own"),
        (actor("manager", shops=(SHOP, OTHER), managed=(SHOP,)), "team.write", THIRD, "none"),
        (actor("officer"), "conversations.read", SHOP, "none"),
        (actor("administrator"), "shops.write", None, "all"),
        (actor("administrator"), "conversations.read", SHOP, "none"),
        (actor("integration", scopes=frozenset({"orders:read"}), token=PERSON), "orders.read", SHOP, "all"),
        (actor("integration", scopes=frozenset({"orders:read"}), token=PERSON), "shops.read", None, "none"),
        (
            actor("integration", scopes=frozenset({"orders:read"}), token=PERSON, shops=(SHOP,)),
            "orders.read",
            OTHER,
            "none",
        ),
        (actor("integration", scopes=frozenset(), token=PERSON), "me.read", None, "own"),
    ],
)
def test_reach(who: Actor, deed: str, shop: UUID | None, expected: str) -> None:
    assert rules.reach(who, deed, shop) == expected


def test_a_deed_that_is_not_in_the_table_is_our_mistake() -> None:
    with pytest.raises(LookupError):
        rules.reach(actor("buyer"), "things.nobody_named")


def test_another_shop_looks_as_if_it_did_not_exist() -> None:
    manager = actor("manager", shops=(SHOP,), managed=(SHOP,))
    answer = rules.check(manager, "team.write", "/api/v1/shops/x/team", OTHER)
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.code) == ("not_found", "plumbing.unknown_shop")


def test_a_buyer_has_the_right_and_the_wrong_door() -> None:
    assert rules.check(actor("buyer"), "conversations.send", "/public/v1/x", None) == "own"
    answer = rules.check(actor("buyer"), "conversations.send", "/api/v1/x", None)
    assert isinstance(answer, Refused)
    assert answer.kind == "not_allowed"


@pytest.mark.parametrize(
    "text",
    [
        '[doors]\n[deeds]\n"a.b" = { emperor = "all" }',
        '[doors]\n[deeds]\n"a.b" = { agent = "some" }',
        '[doors]\n[deeds]\n"ab" = { agent = "all" }',
        '[doors]\n[deeds]\n"a.b" = { integration = "all" }',
        '[doors]\n[deeds]\n"a.b" = { agent = "all", scope = "a:read" }',
        '[doors]\n[deeds]\n"a.b" = { integration = "all", scope = "everything" }',
        '[doors]\n"/x/" = ["emperor"]\n[deeds]',
    ],
)
def test_a_table_with_a_meaningless_word_is_not_accepted(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        rules.Rights.parse(text)


@pytest.mark.parametrize(
    ("kind", "held", "expected"),
    [
        ("staff", [], None),
        ("staff", [Membership("agent", SHOP)], ("agent", (SHOP,), ())),
        (
            "staff",
            [Membership("agent", SHOP), Membership("manager", OTHER)],
            ("manager", (SHOP, OTHER), (OTHER,)),
        ),
        (
            "staff",
            [Membership("officer"), Membership("manager", SHOP)],
            ("officer", (SHOP,), (SHOP,)),
        ),
        ("staff", [Membership("administrator"), Membership("agent", SHOP)], ("administrator", (SHOP,), ())),
        ("buyer", [], ("buyer", (), ())),
        ("visitor", [], ("buyer", (), ())),
        ("integration", [], ("integration", (), ())),
    ],
)
def test_the_highest_role_counts(kind: PersonKind, held: list[Membership], expected: object) -> None:
    assert rules.role_of(kind, held) == expected


@pytest.mark.parametrize(
    ("held", "code"),
    [
        ([("agent", None)], "identity.role_place"),
        ([("manager", None)], "identity.role_place"),
        ([("officer", SHOP)], "identity.role_place"),
        ([("agent", SHOP), ("manager", SHOP)], "identity.role_twice"),
        ([("officer", None), ("administrator", None)], "identity.role_twice"),
        ([("officer", None), ("manager", SHOP), ("agent", OTHER)], None),
    ],
)
def test_roles_have_their_place(held: list[tuple[StaffRole, UUID | None]], code: str | None) -> None:
    flaw = rules.memberships_flaw([Membership(*one) for one in held])
    assert (flaw.code if flaw else None) == code


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "identity.password_short"),
        ("九个字符的密码不够", "identity.password_short"),
        ("PassWord1234", "identity.password_known"),
        ("abababababab", "identity.password_known"),
        ("li@example.com", "identity.password_personal"),
        ("correct horse", None),
        ("我家的猫不会唱戏曲", "identity.password_short"),
        ("我家的猫从来不会唱戏曲", None),
    ],
)
def test_passwords(password: str, code: str | None) -> None:
    flaw = rules.password_flaw(password, "Li@example.com", None, "李")
    assert (flaw.code if flaw else None) == code


@given(key=st.text(min_size=1), buyer=st.text(min_size=1), other=st.text(min_size=1))
def test_only_the_key_makes_the_signature(key: str, buyer: str, other: str) -> None:
    signed = rules.signature(key, buyer)
    assert rules.vouched([key], buyer, signed)
    assert rules.vouched(["another key", key], buyer, signed.upper())
    if other != buyer:
        assert not rules.vouched([key], other, signed)
    if other != key:
        assert not rules.vouched([other], buyer, signed)
    assert not rules.vouched([], buyer, signed)


def test_the_signature_is_the_one_integrators_know() -> None:
    """Ruby's and Node's documentation of HMAC-SHA256 in hex give this value."""
    expected = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    assert rules.signature("key", "The quick brown fox jumps over the lazy dog") == expected


def test_the_old_key_is_accepted_for_its_hours() -> None:
    turned = NOW - rules.access().old_key
    assert rules.accepted_numbers(3, None, NOW) == (3,)
    assert rules.accepted_numbers(3, turned + timedelta(seconds=1), NOW) == (3, 2)
    assert rules.accepted_numbers(3, turned, NOW) == (3,)


@given(
    kind=st.sampled_from(["staff", "buyer", "visitor", "integration"]),
    later=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=800)),
)
def test_a_session_slides_but_never_beyond_its_end(kind: PersonKind, later: timedelta) -> None:
    ends_at = rules.session_last(kind, NOW)
    expires_at = rules.session_end(kind, ends_at, NOW + later)
    assert expires_at <= ends_at
    assert expires_at == ends_at or expires_at > NOW + later


@given(st.from_regex(rules.PHONE_PATTERN, fullmatch=True).filter(lambda text: len(text) <= 40))
def test_a_phone_is_kept_as_digits(text: str) -> None:
    kept = rules.usable_phone(text)
    assert kept is not None
    assert kept.removeprefix("+").isdigit()
    assert 5 <= len(kept.removeprefix("+")) <= 20
    assert rules.usable_phone(kept) == kept


@pytest.mark.parametrize("text", ["", "x", "a@b c", "@", "a@", "李@example.com", "a" * 70 + "@b.cn", None])
def test_what_is_no_address_is_not_kept(text: str | None) -> None:
    assert rules.usable_email(text) is None
