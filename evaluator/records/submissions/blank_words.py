"""Words that people type where nothing belongs: they are read as an empty cell wherever an id or a list is expected."""

import re
from collections.abc import Collection, Iterable

from evaluator.records.submissions.spellings import folded

EVERYTHING = "*"  # the one sign that says something: all organisations that are not named
NOTHING = frozenset(
    [
        *("na", "none", "nil", "no", "null", "nothing", "nobody", "noone", "blank", "empty"),
        *("notapplicable", "notapplic", "notknown", "unknown", "notyetknown", "notrelevant", "notrequired"),
        *("notprovided", "notstated", "notgiven", "notany", "noneyet", "nothingyet", "noneknown", "noneatpresent"),
        *("nopartners", "nopartner", "noothers", "noother", "noneother", "nootherorganisations", "noconsortium"),
        *("solebidder", "soleapplicant", "singlebidder", "singleapplicant", "notaconsortium", "webidalone"),
        *("tbc", "tba", "tbd", "tobeconfirmed", "tobeadvised", "tobeagreed", "tobeannounced", "tobedecided"),
        *("tobedetermined", "yettobeconfirmed", "pending", "awaited", "awaitingconfirmation"),
    ]
)

# Such a word, and then in other words the same: "N/A - we bid alone". One alone may begin a name, such as No 1 Trust.
BEGINNING = re.compile(r"(?:n ?[/.\\] ?a\.?|none|not applicable|tbc|to be confirmed) ?(?:[,:;(.]| [-–—] |[–—]).*")
LISTS = {
    "members": "a list of organisations",
    "wards": "a list of wards",
    "groups": "a list of groups",
    "outcomes": "a list of outcomes",
    "questions": "a list of questions",
    "bids": "a list of bids",
    "excludes": "a list of bids",
}
WANTED = LISTS | {
    "bid": "the id of a bid",
    "theme": "a theme",
    "organisation": "an organisation",
    "name": "a name",
    "variant": "the name of a variant",
    "address": "an address",
    "email": "an e-mail address",
    "identifier": "an identifier",
    "question": "the id of a question",
    "evaluator": "an evaluator",
    "subject": "what the decision is about",
    "date": "a day",
    "asked": "a day",
    "answered": "a day",
    "event": "the id of an event",
    "successor": "an evaluator",
}


def named_by_rules(rules: Iterable[object]) -> frozenset[str]:
    """Give the themes, wards and groups that rules of award name: they say something, whatever they look like."""
    named = (getattr(rule, key, None) for rule in rules for key in ("theme", "ward", "group"))
    return frozenset(filter(None, named))


def says_nothing(text: str) -> bool:
    """Whether a text that is not empty says nothing: a word such as n/a or tbc in any writing, or signs alone.

    >>> [says_nothing(text) for text in ("N/A", " n. a. ", "None.", "To be confirmed", "–", "?", "(none)")]
    [True, True, True, True, True, True, True]
    >>> [says_nothing(text) for text in ("N/A - we bid alone", "None, sole bidder", "Not applicable (one bidder)")]
    [True, True, True]
    >>> [says_nothing(text) for text in ("", "*", "Nonesuch Trust", "NO1", "0", "None-such Trust", "No 1 - Trust")]
    [False, False, False, False, False, False, False]
    """
    if text.isascii() and text.isalnum():  # nearly every id: one word, which is neither signs nor the beginning of more
        return text.lower() in NOTHING
    plain = folded(text.strip())
    if not plain:
        return bool(text.strip())
    if plain in NOTHING or (plain != EVERYTHING and not any(map(str.isalnum, plain))):
        return True
    return BEGINNING.fullmatch(" ".join(text.casefold().split())) is not None


def all_say_something(texts: Collection[str]) -> bool:
    """Whether a look at all texts together shows that none says nothing: most columns of ids are plain words.

    >>> all_say_something({"B1", "ORG2", ""}), all_say_something({"B1", "NA"}), all_say_something({"B-1"})
    (True, False, False)
    """
    whole = "".join(texts)
    if not (whole.isascii() and whole.isalnum()):
        return False
    together = whole.lower()
    return not any(word in together for word in NOTHING) or NOTHING.isdisjoint(map(str.lower, texts))


def with_meaning(text: str, known: Collection[str] = (), *, several: bool = False) -> str:
    """Give a cell's text without what says nothing; of ``several`` entries between semicolons, without those that do.

    Parameters
    ----------
    known : texts that say something, whatever they look like.

    >>> with_meaning("N/A"), with_meaning("ORG-1; n/a", several=True), with_meaning("none", ["none"])
    ('', 'ORG-1', 'none')
    """
    parts = text.split(";") if several else [text]
    kept = [part for part in parts if part.strip() in known or not says_nothing(part)]
    return text if len(kept) == len(parts) else ";".join(kept).strip()
