"""From a path to what stands under it: a tree of words, where a word outranks a placeholder."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Router(Generic[T]):
    """Patterns such as `/shops/{shop}/queues`, each holding one thing."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def at(self, pattern: str, fresh: T) -> T:
        """The thing under a pattern, put there if there was none. Raises ValueError for clashing names."""
        node = self._root
        names: list[str] = []
        for word in pattern.strip("/").split("/"):
            if word.startswith("{"):
                names.append(word.strip("{}"))
                if node.placeholder is None:
                    node.placeholder = _Node()
                node = node.placeholder
            else:
                node = node.words.setdefault(word, _Node())
        if node.thing is None:
            node.thing, node.names = fresh, tuple(names)
        elif node.names != tuple(names):
            raise ValueError(
                f"{pattern}: the same path names its placeholders {', '.join(node.names)} elsewhere"
            )
        return node.thing

    def find(self, path: str) -> tuple[T, dict[str, str]] | None:
        """The thing a path leads to, with the texts of its placeholders."""
        if not path.startswith("/"):
            return None
        values: list[str] = []
        node = _walk(self._root, path[1:].split("/"), 0, values)
        if node is None or node.thing is None:
            return None
        return node.thing, dict(zip(node.names, values, strict=True))


class _Node(Generic[T]):
    __slots__ = ("names", "placeholder", "thing", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node[T]] = {}
        self.placeholder: _Node[T] | None = None
        self.thing: T | None = None
        self.names: tuple[str, ...] = ()


def _walk(node: _Node[T], words: list[str], depth: int, values: list[str]) -> _Node[T] | None:
    if depth == len(words):
        return node if node.thing is not None else None
    word = words[depth]
    if (known := node.words.get(word)) is not None:
        found = _walk(known, words, depth + 1, values)
        if found is not None:
            return found
    if node.placeholder is not None and word:
        values.append(word)
        found = _walk(node.placeholder, words, depth + 1, values)
        if found is not None:
            return found
        values.pop()
    return None
