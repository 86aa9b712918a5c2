"""The headings of registers as portals and officers write them, and which column of ours each stands for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evaluator.files.read.imports.names import Names
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.lines import PriceLine
from evaluator.records.programme.price.measured import MEASURED, Measured
from evaluator.records.submissions.spellings import folded

LEAD = r"lead (?:organi[sz]ation|bidder|partner)"
WHO = rf"(?:bidder|supplier|tenderer|applicant|organi[sz]ation|company|provider|vendor|account|{LEAD}|charity)"
WHAT = r"(?:bid|tender|application|submission|response|proposal|entry|project)"
REF = r"(?:id|ref|reference|no|number|code)"
REF_ALONE = r"(?:id|ref|reference|code)"
LOT = r"(?:lot|theme|strand|category|service(?: area)?|programme|fund)"
PEOPLE = r"(?:people|beneficiaries|participants|clients|users)"
AT = r"(?:on|at|date|time)"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "bid": (
        rf"{WHAT}(?: {REF})?",
        rf"(?:unique |our |portal |system )?{REF_ALONE}(?: {REF})?",
        r"multiple applications id",
        r"id number",
    ),
    "organisation": (rf"{WHO} (?:{REF}|registration)", r"organi[sz]ation"),
    "name": (rf"(?:name of )?(?:the )?{WHO}s?(?: organi[sz]ation)?(?: (?:legal |full |trading )?name)?",),
    "theme": (rf"{LOT}(?: (?:name|title|no|number|id|applied for|bid for))?",),
    "title": (rf"(?:name of )?{WHAT}(?: title| name)", r"title", r"project"),
    "members": (r"(?:consortium )?(?:members|partners)", r"partner organi[sz]ations", r"consortium"),
    "people": (rf"(?:no of |number of |total )?{PEOPLE}(?: (?:served|reached|supported|to be supported))?",),
    "hours": (r"contract management hours", r"hours"),
    "wards": (r"wards?(?: (?:served|covered))?", r"areas? covered"),
    "groups": (r"groups?(?: served)?",),
    "small": (r"small(?: organi[sz]ation)?", r"is small"),
    "sme": (r"sme", r"small (?:or|and) medium(?: sized)? enterprise"),
    "ngo": (r"ngo", r"vcse", r"non governmental organi[sz]ation", r"voluntary organi[sz]ation"),
    "income": (r"(?:yearly |annual )?(?:income|turnover)",),
    "received": (
        rf"(?:date|time|date (?:and |& )?time)? ?(?:received|submitted|of submission|of receipt)(?: {AT})?",
        rf"(?:submission|receipt|submitted) {AT}(?: (?:and|&)? ?time)?",
    ),
    "address": (r"(?:postal |full |registered |business |correspondence )?address",),
    "email": (rf"(?:contact |main contact |{WHO} )?e ?mail(?: address)?",),
    "identifier": (
        r"(?:unique )?identifier",
        r"(?:charity|company)(?: registration)? (?:no|number)",
        r"ppon|public procurement organi[sz]ation number",
    ),
    "variant": (r"variant(?: of)?",),
    "outcomes": (r"outcomes(?: worked towards)?",),
    "least_level": (r"least share of use",),
    "verified": (r"verified",),
}
LONGEST = 80  # characters of a heading that is not a gate's question
MATCHERS = {key: re.compile("|".join(words), re.I) for key, words in HEADINGS.items()}
MONEY = re.compile(
    r"\b(?:price|pricing|costs?|tender (?:sum|value)|bid (?:value|sum|amount)|amount|grant|fees?|ask|sum|value|funding|"
    r"requested|total)\b",
    re.I,
)
NO_PRICE = re.compile(
    r"\b(?:scores?|points?|rank|mark|weighted|weight|budget|(?<!commercial )(?<!financial )(?<!pricing )(?<!price )"
    r"envelope|maximum|quality|hourly|unit|rate|per|variance|"
    r"difference|percentage|match)\b|%",
    re.I,
)
WITH_VAT = re.compile(r"\b(?:inc|incl|including|inclusive|gross|with)\b(?:\W+(?:of\W+)?(?:vat|tax)\b)?", re.I)
WITHOUT_VAT = re.compile(
    r"\b(?:ex|exc|excl|excluding|exclusive|net|plus|without)\b(?:\W+(?:of\W+)?(?:vat|tax)\b)?", re.I
)
VAT_ALONE = re.compile(r"\bvat\b|\btax\b", re.I)
THOUSANDS = re.compile(r"£ ?(?:k|m|000)|\(k\)|thousand|million", re.I)
YEAR_NUMBER = re.compile(r"\b(?:year|yr|y) ?([1-9][0-9]?)\b", re.I)
YEAR_SPAN = re.compile(r"\b(?:20)?([0-9]{2}) ?[-/–] ?(?:20)?([0-9]{2})\b|\b20([0-9]{2})\b")


@dataclass(frozen=True)
class Target:
    """What a heading stands for: a key of the register; of prices whether they are ``with`` or ``without`` VAT."""

    key: str
    vat: str = ""
    thousands: bool = False


def plain(text: str) -> str:
    """Write a heading without signs: its words alone.

    >>> plain("Organisation's name*"), plain("E-mail (contact)"), plain("Application_ID")
    ('organisations name', 'e mail contact', 'application id')
    """
    bare = re.sub(r"['’]", "", text)
    bare = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare) if " " not in bare else bare
    return " ".join(re.sub(r"[^\w&%£]+|_", " ", bare).split()).casefold()


class RegisterHeadings:
    """Reads headings for one programme: its years, gates, measured figures and lines of a price are among them."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self.gates = Names("question", {gate.id: (gate.title, gate.question[:200]) for gate in criteria.gate})
        figures: tuple[Measured | PriceLine, ...] = (*criteria.measured, *criteria.price_line)
        self.figures = Names("question", {one.column: (one.id, *_titles(one.title, one.unit)) for one in figures})
        self.keys: dict[str, str] = {}
        self._kept: dict[str, Target | None] = {}

    def target(self, text: str) -> Target | None:
        """Say which column of the register a heading stands for, or None."""
        if text not in self._kept:
            self._kept[text] = self._read(text) if text and len(text) <= 200 else None
        return self._kept[text]

    def _read(self, text: str) -> Target | None:
        bare = plain(text)
        if text.casefold().startswith(("price:", "gate:", MEASURED)):
            return Target(text)
        if len(figure := self.figures.exactly(text)) == 1:
            return Target(figure[0])
        if len(gate := self.gates.exactly(text)) == 1:
            return Target(f"gate:{gate[0]}")
        if len(bare) > LONGEST:
            return None
        last = plain(text.rpartition(": ")[2])  # portals write Account: Account Name
        for form in dict.fromkeys((bare, last)):
            for key, matcher in MATCHERS.items():
                if matcher.fullmatch(form):
                    return Target(key)
        return self._price(text, bare)

    def gate(self, text: str) -> str:
        """Say which gate a heading speaks of: the only one whose title stands in it, or is like it."""
        words = set(plain(text).split())
        inside = [one.id for one in self.criteria.gate if set(plain(one.title).split()) <= words]
        if len(inside) == 1:
            return inside[0]
        match = self.gates.find(text)
        near = match if match and len(match.ids) == 1 else self.gates.alike(text)
        return near.ids[0] if near else ""

    def _price(self, text: str, bare: str) -> Target | None:
        """Read a heading of prices: of which year, and with or without VAT."""
        year = self.year(text)
        other = not year and (YEAR_NUMBER.search(text) or YEAR_SPAN.search(text))  # of a year that was not published
        if other or NO_PRICE.search(bare) or (not MONEY.search(bare) and not year):
            return None
        rest = WITHOUT_VAT.sub(" ", WITH_VAT.sub(" ", bare))
        vat = "without" if WITHOUT_VAT.search(bare) else "with" if WITH_VAT.search(bare) else ""
        if not vat and VAT_ALONE.search(rest):
            return Target("vat")
        return Target(f"price:{year}" if year else "price", vat, bool(THOUSANDS.search(text)))

    def year(self, text: str) -> str:
        """Say of which published year a text speaks; empty where of none."""
        years = self.criteria.years
        for year in years:
            if re.search(rf"(?<![0-9]){re.escape(year)}(?![0-9])", text):
                span = YEAR_SPAN.search(text)
                if year == text.strip() or not span or len(span[0]) <= len(year) or year[:4] == span[0][:4]:
                    return year
        if found := YEAR_NUMBER.search(text):
            number = int(found[1])
            return years[number - 1] if number <= len(years) else ""
        if found := YEAR_SPAN.search(text):
            start = found[1] or found[3]
            alike = [year for year in years if re.search(r"[0-9]{4}", year) and year[2:4] == start]
            return alike[0] if len(alike) == 1 else ""
        return ""


def _titles(title: str, unit: str) -> Iterator[str]:
    """Give the ways in which a heading names a figure or a line: by its title, with the unit behind it or without."""
    yield title
    if unit:
        yield f"{title} ({unit})"
        yield f"{title}, {unit}"


YES = frozenset(["yes", "y", "true", "✓", "✔", "✅", "☑", "tick", "ticked"])
NO = frozenset(["no", "n", "false", "✗", "✘", "❌", "☒"])
PASS = frozenset(["pass", "passed", "p", "met", "compliant", "satisfied", "satisfactory", "ok", "accepted", "complete"])
FAIL = frozenset(
    [*("fail", "failed", "f", "notmet", "noncompliant", "notcompliant", "notsatisfied", "unsatisfactory", "rejected")]
)
NEGATIVE = re.compile(
    r"\b(?:convict|exclu|debar|conflict|breach|insolv|bankrupt|offen[cs]e|fraud|corrupt|brib|any |fail|not |no |unpaid|"
    r"outstanding|litigation)",
    re.I,
)


def plain_word(text: str) -> str:
    """Write a short answer plainly."""
    bare = text.strip().strip(".!").casefold()
    return bare if len(bare) == 1 else folded(bare)
