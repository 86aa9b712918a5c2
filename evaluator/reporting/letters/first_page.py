"""What a letter's first page has room for: what people wrote at length stands in the annex, and the page says so."""

from collections.abc import Iterable

LONGEST = 70  # words of a person's reason that the first page has room for
LONGEST_FACT = 40  # of what else was written: a condition, a ground, how a bidder was heard


def brief(text: str, longest: int = LONGEST, what: str = "reason") -> str:
    """Give what a person wrote where the first page has room for it, or else where it stands.

    >>> brief("No cover.", what="ground"), brief("No cover. " * 40, what="ground")
    ('No cover.', 'The ground stands in the annex.')
    """
    return text if len(text.split()) <= longest else f"The {what} stands in the annex."


def for_annex(texts: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str], ...]:
    """Give the texts for which the first page has no room, by what they are; each comes with its longest length."""
    return tuple((what, text) for what, text, longest in texts if brief(text, longest) != text)
