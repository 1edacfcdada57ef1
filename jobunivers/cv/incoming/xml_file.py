"""XML from strangers as a small tree: no document type (so no entities that grow or fetch), few
levels, few elements, nothing fetched.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from jobunivers.cv.incoming.parts_file import Unreadable

DEEPEST, MOST = 40, 20_000


@dataclass
class Node:
    """An element by its local name, with the text directly in it."""

    name: str
    space: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(self.said).strip()

    def every(self, *path: str) -> Iterator["Node"]:
        """All elements on a path of names below this one."""
        for child in self.children:
            if child.name == path[0]:
                yield from child.every(*path[1:]) if path[1:] else (child,)

    def one(self, *path: str) -> str:
        """The text of the first element on the path that has some."""
        return next((node.text for node in self.every(*path) if node.text), "")


def tree(data: bytes) -> Node:
    """The root element. Raises Unreadable("broken") for anything that is not plain, small XML."""
    stack, count = [Node("")], 0

    def refuse(*_what: object) -> None:
        raise Unreadable("broken")

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > DEEPEST or count > MOST:
            refuse()
        space, _blank, local = name.rpartition(" ")
        node = Node(local, space, attributes)
        stack[-1].children.append(node)
        stack.append(node)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = begin, lambda _name: stack.pop()
    parser.CharacterDataHandler = lambda piece: stack[-1].said.append(piece)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        refuse()
    return stack[0].children[0]
