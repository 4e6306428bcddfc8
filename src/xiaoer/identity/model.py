"""The marketplace, its shops and people, and what they show of themselves on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from xiaoer.kernel.actor import Reach, Role

PersonKind = Literal["staff", "buyer", "visitor", "integration"]
StaffRole = Literal["agent", "manager", "officer", "administrator"]
ShopRole = Literal["agent", "manager"]
ShopState = Literal["active", "closed"]
Language = Literal["zh-Hans", "zh-Hant", "en", "es", "ja", "ko"]

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Login = Annotated[str, Meta(min_length=1, max_length=200)]
Password = Annotated[str, Meta(min_length=1, max_length=200)]
ONE_LINE = r"^(?![\s\S]*[\r\n])"
"""`$` also stands before a last line break; a value that goes into a header must have none."""
EMAIL_PATTERN = ONE_LINE + r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
PHONE_PATTERN = ONE_LINE + r"\+?([ ()-]*[0-9]){5,20}[ ()-]*$"
SLUG_PATTERN = ONE_LINE + r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
Email = Annotated[str, Meta(max_length=200, pattern=EMAIL_PATTERN)]
Phone = Annotated[str, Meta(max_length=40, pattern=PHONE_PATTERN)]
Moment = Annotated[datetime, Meta(tz=True)]
ExternalId = Annotated[str, Meta(min_length=1, max_length=200)]
Origin = Annotated[str, Meta(max_length=200, pattern=ONE_LINE + r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$")]
TimeZone = Annotated[str, Meta(min_length=1, max_length=60)]
Slug = Annotated[str, Meta(pattern=SLUG_PATTERN)]


class Marketplace(Struct, frozen=True):
    """The whole market place; its id is the tenant."""

    tenant: UUID
    slug: str
    name: str
    time_zone: str
    currency: str
    language: str
    secret_number: int
    secret_turned_at: datetime | None
    created_at: datetime


class Shop(Struct, frozen=True):
    """A seller on the marketplace; `allowed_origins` are the web origins its widget may stand on."""

    id: UUID
    external_id: str | None
    name: str
    state: ShopState
    language: str
    time_zone: str
    allowed_origins: tuple[str, ...]
    created_at: datetime


class Membership(Struct, frozen=True):
    """What somebody is in one shop, or in the whole marketplace when `shop_id` is null."""

    role: StaffRole
    shop_id: UUID | None = None


class Person(Struct, frozen=True):
    """Anyone with an id."""

    id: UUID
    kind: PersonKind
    external_id: str | None
    display_name: str
    email: str | None
    phone: str | None
    language: str
    merged_into: UUID | None
    disabled_at: datetime | None
    created_at: datetime
    memberships: tuple[Membership, ...] = ()


class PaymentMethod(Struct, frozen=True, omit_defaults=True):
    """A way in which a buyer pays; `balance_minor` of `currency` is what a stored-value one still holds."""

    id: str
    kind: str
    brand: str | None = None
    last_four: str | None = None
    balance_minor: int | None = None
    currency: str | None = None


class BuyerProfile(Struct, frozen=True):
    """What a buyer has left with the marketplace: where he lives and how he pays."""

    id: UUID
    external_id: str | None
    display_name: str
    email: str | None
    address: dict[str, str]
    payment_methods: list[PaymentMethod]


class Credentials(Struct, frozen=True):
    """What a password is checked against."""

    person: UUID
    kind: PersonKind
    password_hash: str | None
    disabled_at: datetime | None
    merged_into: UUID | None


class Bearer(Struct, frozen=True):
    """Who stands behind a session or token, as the database says at this moment."""

    person: UUID
    kind: PersonKind
    display_name: str
    language: str
    memberships: tuple[Membership, ...]
    token: UUID | None = None
    scopes: tuple[str, ...] | None = None
    shops: tuple[UUID, ...] | None = None
    seen_at: datetime | None = None
    expires_at: datetime | None = None
    ends_at: datetime | None = None
    rotate: bool = False


class MyMarketplace(Struct, frozen=True):
    """The marketplace as its people see it."""

    id: UUID
    slug: str
    name: str
    time_zone: str
    currency: str
    language: str


class MyShop(Struct, frozen=True):
    """A shop one works for."""

    id: UUID
    name: str
    role: StaffRole


class Me(Struct, frozen=True):
    """Who is signed in, and how far each right goes."""

    id: UUID
    role: Role
    display_name: str
    language: str
    marketplace: MyMarketplace
    shops: list[MyShop]
    visitor: bool
    rights: dict[str, Reach]


class Admission(Struct, frozen=True):
    """A fresh session: the token for programs and frames that keep no cookies, and who it is for."""

    token: str
    me: Me


class SessionView(Struct, frozen=True):
    """One place where somebody is signed in."""

    id: UUID
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    about: str
    current: bool


class TokenView(Struct, frozen=True):
    """A program's token; its secret is shown once, when it is made."""

    id: UUID
    person_id: UUID
    name: str
    scopes: list[str]
    shop_ids: list[UUID] | None
    expires_at: datetime | None
    last_used_at: datetime | None
    created_by: UUID
    created_at: datetime


class Scope(Struct, frozen=True):
    """What a token can be given, and the deeds it opens."""

    scope: str
    deeds: list[str]


class NewToken(Struct, frozen=True):
    """A token just made."""

    secret: str
    token: TokenView


class Member(Struct, frozen=True):
    """Somebody on a shop's team."""

    person_id: UUID
    display_name: str
    email: str | None
    phone: str | None
    role: ShopRole
    disabled: bool
    seen_at: datetime | None


class PublicShop(Struct, frozen=True):
    """A shop as anybody may see it."""

    id: UUID
    name: str


class PublicMarketplace(Struct, frozen=True):
    """What a sign-in page needs to know."""

    slug: str
    name: str
    language: str
    languages: list[str]


class WidgetKey(Struct, frozen=True):
    """The key a marketplace signs its buyers' ids with."""

    key: str
    number: int
    previous_accepted_until: datetime | None


class SignInWish(Struct, forbid_unknown_fields=True):
    """E-mail or phone, and the password."""

    login: Login
    password: Password
    marketplace: Slug | None = None


class PasswordWish(Struct, forbid_unknown_fields=True):
    """A new password, proved by the old one."""

    old: Password
    new: Password


class ProfileWish(Struct, forbid_unknown_fields=True):
    """What one may change about oneself."""

    display_name: Name | UnsetType = UNSET
    language: Language | UnsetType = UNSET


class IdentifyWish(Struct, forbid_unknown_fields=True):
    """A buyer, vouched for by his marketplace: `identifier_hash` is the HMAC of `buyer_id` in hex."""

    marketplace: Slug
    buyer_id: ExternalId
    identifier_hash: Annotated[str, Meta(min_length=64, max_length=64)]
    display_name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None


class VisitWish(Struct, forbid_unknown_fields=True):
    """Somebody without a name at a shop's door."""

    shop_id: UUID
    marketplace: Slug | None = None


class ShopWish(Struct, forbid_unknown_fields=True):
    """A new shop."""

    name: Name
    external_id: ExternalId | None = None
    language: Language | None = None
    time_zone: TimeZone | None = None
    allowed_origins: Annotated[list[Origin], Meta(max_length=50)] = []


class ShopChange(Struct, forbid_unknown_fields=True):
    """What may change about a shop."""

    name: Name | UnsetType = UNSET
    state: ShopState | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    allowed_origins: Annotated[list[Origin], Meta(max_length=50)] | UnsetType = UNSET


class MembershipWish(Struct, forbid_unknown_fields=True, frozen=True):
    """A role, in a shop for agents and managers, in the marketplace for the others."""

    role: StaffRole
    shop_id: UUID | None = None


Memberships = Annotated[list[MembershipWish], Meta(max_length=200)]


class PersonWish(Struct, forbid_unknown_fields=True):
    """A new colleague."""

    display_name: Name
    email: Email | None = None
    phone: Phone | None = None
    password: Password | None = None
    language: Language | None = None
    memberships: Memberships = []


class PersonChange(Struct, forbid_unknown_fields=True):
    """What an administrator may change about a person."""

    display_name: Name | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    memberships: Memberships | UnsetType = UNSET


class SetPasswordWish(Struct, forbid_unknown_fields=True):
    """A password an administrator hands out."""

    password: Password


class TokenWish(Struct, forbid_unknown_fields=True):
    """A new token for a program."""

    name: Name
    scopes: Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(min_length=1, max_length=50)]
    shop_ids: Annotated[list[UUID], Meta(min_length=1, max_length=200)] | None = None
    expires_at: Moment | None = None


class MarketplaceChange(Struct, forbid_unknown_fields=True):
    """What may change about a marketplace."""

    name: Name | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    language: Language | UnsetType = UNSET


class MemberWish(Struct, forbid_unknown_fields=True):
    """Somebody for the team: a colleague who is already here, by his login, or a new one."""

    role: ShopRole
    login: Login
    display_name: Name | None = None
    password: Password | None = None


class MemberChange(Struct, forbid_unknown_fields=True):
    """Another role in the shop."""

    role: ShopRole
