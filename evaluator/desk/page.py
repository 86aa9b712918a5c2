"""Pages of the desk: a frozen dataclass each, written by its template, inside the layout that all share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import ClassVar
from urllib.parse import quote, unquote

from jinja2 import ChoiceLoader, Environment, PackageLoader

from evaluator.desk.remedies import alike, remedy_here
from evaluator.reporting.shared.pages import environment as of_documents


@dataclass(frozen=True)
class Problem:
    """Something that was filled in wrongly: a sentence, and the name of the field that it links to."""

    says: str
    field: str = ""


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; ``here`` where that is the page itself, or the part that it belongs to."""

    words: str
    address: str
    here: bool = False


@dataclass(frozen=True)
class Notice:
    """What is said once at the head of a page: that something was done, or what has to be known."""

    says: str
    good: bool = True


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else has changed since the page was opened: what stands there now, and what was typed."""

    label: str
    there: str
    typed: str


@dataclass(frozen=True)
class Shell:
    """What the layout needs around every page: whose programme, the way through it, and the tokens of forms."""

    programme: str = ""
    navigation: tuple[Link, ...] = ()
    notice: Notice | None = None
    form_token: Callable[[str], str] | None = None
    read_only: bool = False

    def sent_to(self, address: str) -> str:
        """Give the address that a form is sent to, with the token that lets it change something there."""
        path, _, query = address.partition("?")
        token = self.form_token(unquote(path)) if self.form_token else ""
        return f"{path}?{query}{'&' if query else ''}form={token}"


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that one template of the desk is given, beside the ``shell``: its fields are the template's variables.

    A page is a frozen dataclass below this one that names its ``template``, a file in ``desk/templates``. Its ``title``
    is heading and title; ``problems`` are what was filled in wrongly, told above it and at their fields.
    """

    template: ClassVar[str]
    status: ClassVar[int] = 200
    title: str
    problems: tuple[Problem, ...] = ()


@cache
def environment() -> Environment:
    """Give the templates' environment: that of the documents, with the desk's templates before theirs."""
    found = of_documents()
    made = found.overlay(loader=ChoiceLoader([PackageLoader("evaluator.desk"), PackageLoader("evaluator.reporting")]))
    made.filters = {**found.filters, "part": part, "problem_at": problem_at, "remedy_here": remedy_here, "alike": alike}
    return made


def part(text: str) -> str:
    """Write a text as one part of an address.

    >>> part("A&B/../C")
    'A%26B%2F..%2FC'
    """
    return quote(text, safe="")


def paged(count: int, each: int, asked: str, at: Callable[[str], str]) -> tuple[slice, tuple[Link, ...]]:
    """Give which of a long list stand on the page that is asked for, and links to all of its pages.

    >>> paged(5, 2, "2", lambda number: f"?number={number}")[0], paged(5, 2, "99", str)[0], paged(0, 2, "", str)[0]
    (slice(2, 4, None), slice(4, 6, None), slice(0, 2, None))
    """
    last = max(1, -(-count // each))
    number = max(1, min(int(asked), last)) if asked.isdecimal() and len(asked) < 7 else 1
    links = (Link(str(one), at(str(one)), here=one == number) for one in range(1, last + 1))
    return slice((number - 1) * each, number * each), tuple(links)


def problem_at(problems: Sequence[Problem], name: str) -> str:
    """Give what is wrong with a field, or an empty text."""
    return " ".join(one.says for one in problems if one.field == name)


def write(page: Page, shell: Shell) -> str:
    """Write a page from its template, as a whole HTML document."""
    variables = {field.name: getattr(page, field.name) for field in fields(page)}
    return environment().get_template(page.template).render(variables, shell=shell)
