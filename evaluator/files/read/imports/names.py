"""What a label names: a bid, a question, an evaluator or a theme, by its id, its name, its title or a part of these."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from evaluator.records.submissions.spellings import folded as _folded

folded = lru_cache(maxsize=1 << 16)(_folded)  # labels stand again in row after row

Dimension = Literal["bid", "question", "evaluator", "theme"]
WORDS: Mapping[Dimension, str] = {
    "bid": r"bid(?:der)?|supplier|tender(?:er)?|applica(?:nt|tion)|submission|response|organi[sz]ation|provider|vendor",
    "question": r"question|quest\.?|q|criteri(?:on|a)|method statement|ms|section|sub-?criteri(?:on|a)",
    "evaluator": r"evaluator|marker|assessor|reviewer|scorer|judge|panel(?: member)?|eval\.?",
    "theme": r"lot|theme|strand|category|service",
}
CONNECTED = r"(?: (?:no|number|ref|reference|id|name)\.?)?"
BESIDE = re.compile(
    r"[\[(][^\[\]()]{0,60}[\])]|\b[0-9.]+ ?%|\b(?:weight(?:ing)?|max(?:imum)?|out of) ?:? ?[0-9.]+%?", re.I
)
DATE_BEHIND = re.compile(r"\s+[(-]?\s*[0-3]?[0-9][./-][01]?[0-9][./-](?:20)?[0-9]{2}\)?$")  # a day behind a name
BRACKETS = re.compile(r"\(([^()]+)\)")
SEVERAL = re.compile(r"\s*/\s*|\s+or\s+", re.I)  # between what a label names of which each bid has one
PARTS = re.compile(r"\s+[-–—|/]+\s+|\s*[:|–—]\s*|[.)]\s+|\s+(?=\()|\s-|-\s")
NUMBERED = re.compile(r"((?:[A-Za-z]{1,8}[-/. ]?)?[0-9]+(?:\.[0-9]+)*[A-Za-z]?)[.):]?\s+(?=[^\W\d_])")
LEGAL = re.compile(r"\b(?:ltd|limited|cic|cio|plc|llp|uk|the|charity|registered)\b\.?|\(uk\)", re.I)
CUT = ("…", "...")
LEAST_START, SURE_START = 6, 12  # letters of a cut-off title
SHEET_NAME = 26  # letters from which a name may have been cut to fit a sheet's name
LONGEST_REST = 60  # characters that may stand behind an id and name nothing known
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_WORD = 3  # letters of a shortened word
SHORTEST = 3  # letters of a reference such as A or ii
BEGINS = "its id or name stands in it"
NEAR, MARGIN = 0.82, 0.08  # likeness at which a name is proposed, and by how much it must lead


@dataclass(frozen=True)
class Match:
    """The ids that a label may mean (several where it says no more), whether that is certain, and why."""

    ids: tuple[str, ...] = ()
    sure: bool = False
    why: str = ""

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.ids)


NO_MATCH = Match()


class Names:
    """Everything of one kind that a label can name.

    Parameters
    ----------
    entries : for each id its names, the fullest first.
    opened : whether labels may name what is not among the entries, since nothing tells them all.
    """

    def __init__(self, dimension: Dimension, entries: Mapping[str, Sequence[str]], *, opened: bool = False) -> None:
        self.dimension, self.entries, self.opened = dimension, entries, opened
        self.prefix = re.compile(rf"(?:{WORDS[dimension]}){CONNECTED}(?:[\s:#.–—-]+|(?=[0-9]))", re.I)
        self.ids: dict[str, set[str]] = {}
        self.forms: dict[str, set[str]] = {}
        self.numbers: dict[str, set[str]] = {}
        self.first_words: dict[str, set[str]] = {}
        for key, names in entries.items():
            self._add(key, [name for name in names if name.strip()])
        self._sorted = sorted(self.forms)
        self._found: dict[str, Match] = {}

    def _add(self, key: str, names: Sequence[str]) -> None:
        self.ids.setdefault(folded(key), set()).add(key)
        number = key.lstrip("".join(sorted({letter for letter in key if letter.isalpha()}))).strip(" -_/.")
        if number and number[0].isdigit():
            self.numbers.setdefault(_plain_number(number), set()).add(key)
        for name in names:
            for form in (name, LEGAL.sub(" ", name), BESIDE.sub(" ", name)):
                if folded(form).isalnum():
                    self.forms.setdefault(folded(form), set()).add(key)
            if self.dimension == "evaluator":
                for short in _short_names(name):
                    self.first_words.setdefault(folded(short), set()).add(key)

    def find(self, text: str) -> Match:
        """Say what a label names, without looking for what is only near it."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._find(" ".join(text.split())) if len(text) <= 300 else NO_MATCH
        return found

    def _find(self, text: str) -> Match:
        if not text or not any(letter.isalnum() for letter in text):
            return NO_MATCH
        bare = self._bare(text)
        for form in dict.fromkeys((text, bare)):
            if ids := self.exactly(form):
                return Match(ids, sure=True, why="it is its id or name")
        if self.dimension == "question" and (ids := self._each(text)):
            return Match(ids, sure=True, why="it names several, of which each theme asks one")
        prefixed = bool(self.prefix.match(text))
        both = (self._in_parts(bare, prefixed=prefixed), self._in_parts(text, prefixed=False))
        parts = min((one for one in both if one), key=lambda one: (not one.sure, len(one.ids)), default=NO_MATCH)
        return parts or self._cut(text, bare) or self._short(bare) or self._number(bare, prefixed=prefixed)

    def _bare(self, text: str) -> str:
        """Leave out weights in brackets, and the word for what is named."""
        text = text if self.dimension == "question" else DATE_BEHIND.sub("", text)
        text = BESIDE.sub(" ", text).strip(" :-–—.")
        start = self.prefix.match(text)
        return text[start.end() :].strip() if start and start.end() < len(text) else text

    def exactly(self, text: str) -> tuple[str, ...]:
        """Give what a text names by its whole id or name."""
        form = folded(text)
        found = self.ids.get(form) or self.forms.get(form)
        if not found and self.dimension == "bid":
            found = self.forms.get(folded(LEGAL.sub(" ", text)))
        return tuple(sorted(found or ()))

    def _each(self, text: str) -> tuple[str, ...]:
        """Give what ``A1 / D1`` names, where every part is the whole id or title of another."""
        found = [self.exactly(part) for part in SEVERAL.split(text)]
        each = {ids[0] for ids in found if len(ids) == 1}
        return tuple(sorted(each)) if len(each) == len(found) > 1 else ()

    def _in_parts(self, text: str, *, prefixed: bool) -> Match:
        """Read a reference with a name behind it, such as ``B2: Bow Advice``: what both say, if they agree."""
        for first, rest in _two_parts(text):
            by_id = self.ids.get(folded(first)) or self.numbers.get(_plain_number(first), set())
            by_name = set(self.exactly(rest)) or set(self._cut(rest, rest).ids)
            certain = folded(first) in self.ids or (prefixed and bool(by_id))
            if by_name and by_id:
                both = tuple(sorted(by_id & by_name))
                if both or certain:
                    why = "its number and its name agree" if both else "its number is one’s and its name another’s"
                    return Match(both or tuple(sorted(by_id | by_name)), sure=bool(both), why=why)
            if by_name:
                numbered = any(letter.isdigit() for letter in first) or len(first) <= SHORTEST
                return Match(tuple(sorted(by_name)), sure=True, why="it is its name" if numbered else BEGINS)
            if certain and by_id and len(rest) <= LONGEST_REST:
                near = self._nearest(rest)
                if not near or near in by_id:
                    return Match(tuple(sorted(by_id)), sure=True, why=BEGINS)
        return NO_MATCH

    def _cut(self, text: str, bare: str) -> Match:
        """Read a title that was cut off."""
        marked = text.rstrip().endswith(CUT)
        start = folded(bare.rstrip(".… "))
        if len(start) < LEAST_START or (len(start) < SURE_START and not marked):
            return NO_MATCH
        at = bisect_left(self._sorted, start)
        longer = takewhile(lambda form: form.startswith(start), self._sorted[at:])
        ids = {key for form in longer for key in self.forms[form]}
        # A bidder whose name begins as another's may be a third one, unless the name was cut, as sheets' names are.
        certain = marked or self.dimension != "bid" or len(bare) >= SHEET_NAME
        return Match(tuple(sorted(ids)), sure=certain, why="it is the beginning of its title") if ids else NO_MATCH

    def _short(self, bare: str) -> Match:
        """Read initials and first names."""
        ids = self.first_words.get(folded(bare), set()) if len(bare) <= 40 else set()
        return Match(tuple(sorted(ids)), sure=len(ids) == 1, why="it is a short form of the name") if ids else NO_MATCH

    def _number(self, bare: str, *, prefixed: bool) -> Match:
        ids = self.numbers.get(_plain_number(bare), set()) if re.fullmatch(r"[0-9.]+[A-Za-z]?", bare) else set()
        certain = prefixed and self.dimension != "evaluator"  # portals number reviewers as they come
        return Match(tuple(sorted(ids)), sure=certain, why="it has its number") if ids else NO_MATCH

    def _nearest(self, text: str) -> str:
        return next(iter(self.near(text).ids), "")

    def near(self, text: str) -> Match:
        """Propose what a label may mean: by its place, by shortened words, or as the most alike."""
        if placed := self._placed(text):
            return Match((placed,), sure=False, why="it stands at this place in the criteria")
        if len(shortened := self._shortened(text)) == 1:
            return Match(shortened, sure=False, why=f"its words begin those of “{self.shown(shortened[0])}”")
        return self.alike(text)

    def alike(self, text: str) -> Match:
        """Propose what is most like a label, where nothing else is nearly as like."""
        want = folded(self._bare(text))
        if len(want) < 3:
            return NO_MATCH
        likeness: dict[str, float] = {}
        for form, keys in self.forms.items():
            matcher = SequenceMatcher(None, want, form)
            if matcher.real_quick_ratio() < NEAR - MARGIN or matcher.quick_ratio() < NEAR - MARGIN:
                continue
            for key in keys:
                likeness[key] = max(likeness.get(key, 0), matcher.ratio())
        ranked = sorted(likeness.items(), key=lambda one: (-one[1], one[0]))
        if not ranked or ranked[0][1] < NEAR or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
            return NO_MATCH
        return Match((ranked[0][0],), sure=False, why=f"it is like “{self.shown(ranked[0][0])}”")

    def _placed(self, text: str) -> str:
        """Give the theme that ``Lot 2`` would be if lots were numbered as the criteria name them."""
        bare = self._bare(text)
        number = int(bare) if self.dimension == "theme" and bare.isdecimal() and len(bare) < SHORTEST else 0
        return list(self.entries)[number - 1] if 0 < number <= len(self.entries) and not self.numbers else ""

    def _shortened(self, text: str) -> tuple[str, ...]:
        """Give what has words that begin as all of a label’s do: ``Underst. of need``."""
        short = [word for word in WORD.findall(self._bare(text).casefold()) if len(word) >= SHORTEST_WORD]
        return tuple(
            key
            for key, names in sorted(self.entries.items())
            if short and any(_begin(short, WORD.findall(name.casefold())) for name in names)
        )

    def shown(self, key: str) -> str:
        """Name an entry for people."""
        names = [name for name in self.entries.get(key, ()) if name.strip() and name != key]
        return f"{key} {names[0]}" if names else key


def _begin(short: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in short)


def _two_parts(text: str) -> Iterator[tuple[str, str]]:
    """Split a label into a reference and a name, in the ways that people write them.

    >>> [list(_two_parts(text))[0] for text in ("1. Bow Advice", "7 – Mile End", "B2: Bow", "1.1 Approach")]
    [('1', 'Bow Advice'), ('7', 'Mile End'), ('B2', 'Bow'), ('1.1', 'Approach')]
    """
    for split in PARTS.finditer(text):
        first, rest = text[: split.start()].strip(" ()"), text[split.end() :].strip(" ()")
        if first and rest:
            yield first, rest
            yield rest, first
    if found := NUMBERED.match(text):
        yield found[1], text[found.end() :].strip()


def split_reference(text: str) -> tuple[str, str]:
    """Part a reference from the name behind it; where there is none, the whole is the name.

    >>> split_reference("1. Bow Advice"), split_reference("Bid 7 – Mile End"), split_reference("Bow Advice")
    (('1', 'Bow Advice'), ('7', 'Mile End'), ('', 'Bow Advice'))
    """
    bare = re.sub(rf"^(?:{WORDS['bid']}){CONNECTED}[\s:#.]+(?=[A-Za-z]{{0,4}}-?[0-9])", "", text.strip(), flags=re.I)
    for first, rest in _two_parts(bare):
        if re.fullmatch(r"[A-Za-z]{0,5}[-/ ]?[0-9]+[A-Za-z]?", first) and re.search(r"[^\W\d_]{2}", rest):
            return first, rest
    return "", text.strip()


def _plain_number(text: str) -> str:
    """Write a number without noughts before it: B007 and Bid 7 are one.

    >>> _plain_number("007"), _plain_number("1.10"), _plain_number("Q1")
    ('7', '1.10', 'q1')
    """
    return re.sub(r"^0+(?=[0-9])", "", folded_number(text))


def folded_number(text: str) -> str:
    """Give a reference without capitals and spaces; its full stops count."""
    return "".join(text.casefold().split()).strip(".:)")


def _short_names(name: str) -> Iterable[str]:
    """Give the short forms of a person's name: initials, first and last name, last name first.

    >>> sorted(_short_names("Anna Maria Khan"))
    ['A Khan', 'AK', 'AMK', 'Anna', 'Anna K', 'Anna Khan', 'Khan', 'Khan A', 'Khan Anna', 'Khan Anna Maria']
    """
    words = re.sub(r"^(?:mr|mrs|ms|miss|mx|dr|cllr|prof)\.? ", "", name.split(",")[0].strip(), flags=re.I).split()
    if len(words) < 2:
        return words
    first, last = words[0], words[-1]
    short = {f"{first[0]}{last[0]}", "".join(word[0] for word in words), first, last, f"{first} {last}"}
    return short | {
        f"{first[0]} {last}",
        f"{first} {last[0]}",
        f"{last} {first}",
        f"{last} {first[0]}",
        " ".join([last, *words[:-1]]),
    }
