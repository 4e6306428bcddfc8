"""Say a simplified wording in traditional script, for a message that is written so."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(maxsize=1)
def _convert() -> Callable[[str], str]:
    # Read only when somebody writes in traditional script: the command line starts faster without it.
    opencc: Any = import_module("opencc")
    return opencc.OpenCC("s2twp").convert


def traditional(text: str) -> str:
    """The same words in traditional script with the usage of Taiwan."""
    return _convert()(text)
