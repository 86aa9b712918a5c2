"""The settings of a programme: whose it is, who works on it, who decided and when, and how long what is kept."""

from dataclasses import dataclass, fields

from evaluator.records.submissions.table_layouts import Column, Layout

LAYOUT = 1  # the version of the settings workbook that this engine writes; older ones are read, newer ones refused


@dataclass(frozen=True)
class Person:
    """Somebody who works on the programme; ``records`` says that the ledger's entries are theirs."""

    name: str
    role: str = ""
    email: str = ""
    records: bool = False

    @property
    def signature(self) -> str:
        """Name and role, as the ledger says who recorded something.

        >>> Person("Sam Lee", "Commissioning Manager").signature, Person("Sam Lee").signature
        ('Sam Lee, Commissioning Manager', 'Sam Lee')
        """
        return ", ".join(filter(None, (self.name, self.role)))


@dataclass(frozen=True)
class Retention:
    """How long something is kept: what, until which day (empty while nobody has said), and on what that rests."""

    what: str
    until: str = ""
    why: str = ""


@dataclass(frozen=True)
class Settings:
    """What the settings workbook says; all of it may be empty. Days are written as 2026-12-01."""

    layout: int = LAYOUT
    title: str = ""
    authority: str = ""
    opened: str = ""
    decided_by: str = ""
    role: str = ""
    decided: str = ""
    sent: str = ""
    notice: str = ""
    contact: str = ""
    methodology: str = ""
    people: tuple[Person, ...] = ()
    retention: tuple[Retention, ...] = ()

    @property
    def recorder(self) -> Person | None:
        """Who records in the ledger: the person marked so, or the only one there is."""
        marked = [one for one in self.people if one.records]
        return marked[0] if marked else self.people[0] if len(self.people) == 1 else None


WORDS = {  # of each single setting: its label, and what it is for
    "layout": ("Layout", "The version of this file's layout. Leave it as it is."),
    "title": ("Programme", "What the programme is called."),
    "authority": ("Authority", "The council or other body that buys or grants."),
    "opened": ("Opened", "The day on which this folder was begun, such as 2026-12-01."),
    "decided_by": ("Decided by", "Who takes the decision to award: a name. Letters are drafts until it is said."),
    "role": ("In the role of", "The office of whoever decides, such as Director of Communities."),
    "decided": ("Decided on", "The day of the decision, such as 2026-12-01."),
    "sent": ("Letters sent on", "The day on which all letters go out together."),
    "notice": ("Notice published on", "The day on which the platform confirmed that the award notice is published."),
    "contact": ("Bidders write to", "The address or person that letters name for questions."),
    "methodology": ("Methodology", "Where the full published methodology can be read, such as a web address."),
}
DAYS = ("opened", "decided", "sent", "notice")
SETTINGS = Layout(
    "the settings",
    "Settings",
    "",
    (Column("setting", "Setting", width=24), Column("value", "Your entry", "long_text", width=50)),
    harmless=("what it is for",),
    beside=("People", "Retention"),
)
PEOPLE = Layout(
    "the people who work here",
    "People",
    "",
    (
        Column("name", "Name", width=30),
        Column("role", "Role", required=False, width=34),
        Column("email", "E-mail", required=False, width=34),
        Column("records", "Records in the ledger", "yes_no", required=False, width=20),
    ),
    beside=None,
)
RETENTION = Layout(
    "the retention dates",
    "Retention",
    "",
    (
        Column("what", "What is kept", "long_text", width=50),
        Column("until", "Keep until", "date", required=False, width=16),
        Column("why", "On what this rests", "long_text", required=False, width=60),
    ),
    beside=None,
)

assert set(WORDS) == {one.name for one in fields(Settings)} - {"people", "retention"}
