"""What the templates of pages name, and which pages there are: for the tests of documents and of the desk alike."""

from collections.abc import Iterator

from jinja2 import Environment, meta, nodes


def pages_below(kind: type) -> list[type]:
    """Give every page below a kind that has a template of its own, in the order of these."""
    return sorted(set(_below(kind)), key=lambda page: page.template)


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        if "template" in vars(one):
            yield one
        yield from _below(one)


def trees_of(environment: Environment, template: str) -> Iterator[nodes.Template]:
    """Give a template's tree, and those of the templates that it extends or includes: they share their variables."""
    tree = environment.parse(environment.loader.get_source(environment, template)[0])
    yield tree
    for other in tree.find_all((nodes.Extends, nodes.Include)):
        yield from trees_of(environment, other.template.value)


def extended(environment: Environment, template: str) -> list[str]:
    """Name what a template extends, and what that extends."""
    return [one.template.value for tree in trees_of(environment, template) for one in tree.find_all(nodes.Extends)]


def names_in(environment: Environment, template: str) -> set[str]:
    """Give the variables that a template needs: all that it names, but for macros and what it sets or loops over."""
    trees = list(trees_of(environment, template))
    named = set().union(*map(meta.find_undeclared_variables, trees))
    imported = {name for tree in trees for one in tree.find_all(nodes.FromImport) for name in one.names}
    imported |= {one.target for tree in trees for one in tree.find_all(nodes.Import)}
    macros = {one.name for tree in trees for one in tree.find_all(nodes.Macro)}
    return named - imported - macros - set(environment.globals)
