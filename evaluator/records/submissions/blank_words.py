"""Words that people type where nothing belongs: they are read as an empty cell wherever an id or a list is expected."""

from evaluator.records.submissions.spellings import folded

EVERYTHING = "*"  # the one sign that says something: all organisations that are not named
NOTHING = frozenset(
    [
        *("na", "none", "nil", "no", "null", "nothing", "nobody", "noone", "blank", "empty"),
        *("notapplicable", "notapplic", "notknown", "unknown", "notyetknown", "notrelevant", "notrequired"),
        *("notprovided", "notstated", "notgiven", "notany", "noneyet", "nothingyet", "noneknown", "noneatpresent"),
        *("nopartners", "nopartner", "noothers", "noother", "noneother", "nootherorganisations", "noconsortium"),
        *("tbc", "tba", "tbd", "tobeconfirmed", "tobeadvised", "tobeagreed", "tobeannounced", "tobedecided"),
        *("tobedetermined", "yettobeconfirmed", "pending", "awaited", "awaitingconfirmation"),
    ]
)


def says_nothing(text: str) -> bool:
    """Whether a text that is not empty says nothing: a word such as n/a or tbc in any writing, or signs alone.

    >>> [says_nothing(text) for text in ("N/A", " n. a. ", "None.", "To be confirmed", "–", "?", "(none)")]
    [True, True, True, True, True, True, True]
    >>> [says_nothing(text) for text in ("", "*", "Nonesuch Trust", "NO1", "0")]
    [False, False, False, False, False]
    """
    plain = folded(text.strip())
    if not plain:
        return bool(text.strip())
    return plain in NOTHING or (plain != EVERYTHING and not any(map(str.isalnum, plain)))


def with_meaning(text: str) -> str:
    """Give a list without its entries that say nothing.

    >>> with_meaning("N/A"), with_meaning("ORG-1; n/a"), with_meaning("ORG-1; ORG-2")
    ('', 'ORG-1', 'ORG-1; ORG-2')
    """
    parts = text.split(";")
    kept = [part for part in parts if not says_nothing(part)]
    return text if len(kept) == len(parts) else ";".join(kept).strip()
