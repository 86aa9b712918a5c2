"""What is read from a spreadsheet of another maker: what each label was taken for, and every value with its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evaluator.records.findings.finding import Finding, Source

What = Literal["register", "marks"]
About = Literal["column", "bid", "question", "evaluator", "theme", "setting"]
LEFT_OUT = "left out"
SCHEMA = "import-mapping/1"
WHAT_IT_IS = "what the file is"  # the label of the setting that says register or marks
OF_ONE_FILE = "whose marks"  # how a label begins of which the answer holds for one file alone


@dataclass(frozen=True)
class Decided:
    """What one label of a file means.

    ``becomes`` is empty where nothing can be proposed; a person confirms what is not ``sure``. ``choices`` are what it
    can become.
    """

    about: About
    text: str
    becomes: str
    sure: bool
    where: Source
    why: str
    choices: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether a person has to say."""
        return not self.sure


@dataclass(frozen=True)
class Answers:
    """A mapping that a person confirmed: what labels mean, and the headings of the file that it was made for."""

    what: str = ""
    headings: tuple[str, ...] = ()
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by what it is about, and the label
    places: Mapping[tuple[str, str], Source] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A sheet as a page shows it: what each column and row became, and each cell that was taken, asked or refused."""

    title: str
    texts: Mapping[tuple[int, int], str]
    columns: Mapping[int, str]  # what a column became
    cells: Mapping[tuple[int, int], str]  # taken, label, asked, refused or left out
    turned: bool = False


@dataclass(frozen=True)
class Imported:
    """A file as it was read.

    ``rows`` are those of our own table, ``origins`` the cells of the file that they came from, by key.
    """

    what: What
    file: str
    rows: tuple[Mapping[str, str], ...] = ()
    origins: tuple[Mapping[str, Source], ...] = ()
    decided: tuple[Decided, ...] = ()
    findings: tuple[Finding, ...] = ()
    headings: tuple[str, ...] = ()
    sheets: tuple[Shown, ...] = ()

    @property
    def asked(self) -> tuple[Decided, ...]:
        """What a person has to confirm before anything is written."""
        return tuple(one for one in self.decided if one.is_asked)
