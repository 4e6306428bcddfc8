"""What is shipped: the tables on the shelf, the parameters, and the profiles that differ from them."""

from collections.abc import Mapping

from xiaoer.rulebook.model import Parameter, Profile, ShelfTable
from xiaoer.rulebook.rules.shipment import PROFILE, current

__all__ = ["PROFILE", "parameters", "profiles", "shelf", "shipped", "texts"]


def shipped() -> Mapping[str, Parameter]:
    """Every parameter by its name, in the order of tables/parameters.toml."""
    return current().shipped


def shelf() -> Mapping[str, ShelfTable]:
    """Every decision table by its full name, with its shipped text, in the order of shelf.toml."""
    return current().shelf


def profiles() -> Mapping[str, Profile]:
    """Every profile by its name; the first option of the parameter `rulebook.profile` changes nothing."""
    return current().profiles


def parameters(profile: str) -> Mapping[str, Parameter]:
    """Every parameter as a profile ships it: its default, and how far law lets anybody go."""
    return current().parameters(profile)


def texts(profile: str) -> Mapping[str, str]:
    """The text of every table on the shelf as a profile ships it."""
    return current().texts(profile)
