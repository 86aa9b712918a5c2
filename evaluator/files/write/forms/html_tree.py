"""The elements of an HTML page as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


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


def tree(html: str) -> Node:
    """Give a page's elements; one that is never closed ends with the one around it."""
    from lxml import etree  # which only pages in print need

    reader = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    return Node("root", children=[_node(etree.HTML(html, reader))])


def _node(element: Any) -> Node:
    node = Node(element.tag, dict(element.attrib))
    if element.text:
        node.children.append(element.text)
    for child in element:
        node.children.append(_node(child))
        if child.tail:
            node.children.append(child.tail)
    return node
