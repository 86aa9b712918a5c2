"""The elements of an HTML page as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "meta", "link", "img", "hr", "input", "col", "wbr"}


@dataclass(slots=True)
class Node:
    """An element with its attributes and children in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names in its ``class``."""
        return self.attrs.get("class", "").split()

    def elements(self, *tags: str) -> list["Node"]:
        """Give the child elements of these kinds, or all."""
        return [one for one in self.children if isinstance(one, Node) and (not tags or one.tag in tags)]

    def within(self, tag: str) -> Iterator["Node"]:
        """Give every element of a kind at any depth."""
        for one in self.elements():
            if one.tag == tag:
                yield one
            yield from one.within(tag)


class _Tree(HTMLParser):
    """Build the tree of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in [node.tag for node in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: str) -> Node:
    """Give a page's elements; one that is never closed ends with the one around it."""
    parser = _Tree()
    parser.feed(html)
    parser.close()
    return parser.root
