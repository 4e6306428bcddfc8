"""The page of figures: what people wrote about them stays, the last ones come below."""

from collections.abc import Mapping, Sequence
from typing import Final

from bench.figures import Figure, markdown

TITLE: Final = "# Performance\n"
LAST: Final = "## The last figures"


def page(figures: Sequence[Figure], about: Mapping[str, str], before: str = TITLE) -> str:
    """The whole page; of the page as it was `before`, what stands above the last figures is kept."""
    machine = "\n".join(f"- {name}: {value}" for name, value in about.items())
    words = before.partition(LAST)[0].rstrip()
    return f"{words}\n\n{LAST}\n\n{machine}\n\n{markdown(figures)}".rstrip() + "\n"
