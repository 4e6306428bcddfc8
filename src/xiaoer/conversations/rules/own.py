"""A buyer's own data: repeated to him they are no leak (D10; see docs/guard.md)."""

from typing import Final

from xiaoer.guard.model import Finding, Review

_KINDS: Final = frozenset({"personal_data", "outside_contact"})
_DIGITS_LEAST: Final = 5


def may_be_theirs(review: Review, text: str) -> bool:
    """Whether knowing the buyer's own data could change what the guard says.

    Not where something else holds the words back anyway.
    """
    about = [_is_datum(finding, text) for finding in review.findings]
    return any(about) and (review.sendable or all(about))


def _is_datum(finding: Finding, text: str) -> bool:
    """A number or an address written out."""
    said = text[finding.start : finding.end]
    return finding.kind in _KINDS and ("@" in said or sum(one.isdigit() for one in said) >= _DIGITS_LEAST)
