"""Names and ids that differ only in how they are written, or by a slip of the keyboard."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

ALIKE = 0.9  # the least likeness, of 1, at which two names are noted as perhaps one


def folded(text: str) -> str:
    """Give what is left of a name without capitals, spaces and signs; the text itself where nothing is left.

    >>> folded("Org-\u00a01"), folded("ＯＲＧ 1"), folded("--")
    ('org1', 'org1', '--')
    """
    if text.isascii() and text.isalnum():  # nearly every id
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, plain)) or text


def place_key(name: str) -> str:
    """Give what names of one ward have in common, however they are written.

    >>> place_key("St Katharine's & Wapping"), place_key("ST KATHARINES AND WAPPING WARD")
    ('stkatharinesandwapping', 'stkatharinesandwapping')
    """
    return folded(name.replace("&", " and ")).removesuffix("ward") or folded(name)


def all_apart(names: Collection[str]) -> bool:
    """Whether no two different names are alike; one look at all together shows of nearly all ids that they are plain.

    Parameters
    ----------
    names : each once.

    >>> all_apart({"Bow East", "Mile End"}), all_apart({"ORG1", "org1"})
    (True, False)
    """
    whole = "".join(names)
    if whole.isascii() and whole.isalnum() and (whole.isupper() or whole.islower()):
        return True
    plain = str.lower if whole.isascii() and whole.isalnum() else folded
    return len(set(map(plain, names))) == len(names)


def other_spellings(times: Mapping[str, int]) -> dict[str, str]:
    """Give for every spelling of a name but the most frequent one that most frequent one; of equals the first by order.

    >>> other_spellings({"Bow East": 2, "bow east": 1, "Bow-East": 1, "Mile End": 1})
    {'Bow-East': 'Bow East', 'bow east': 'Bow East'}
    """
    if all_apart(times):
        return {}
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(times, key=lambda name: (-times[name], name)):
        alike[folded(name)].append(name)
    return {other: usual for usual, *others in alike.values() for other in sorted(others)}


def near_misses(times: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Pair each name that is used once with a name used more often from which it is one slip away, sorted.

    A slip is one letter too many, too few or exchanged, with a likeness of 0.9 or more; names with different numbers
    in them are different names. The time grows with the number of names, not with the number of pairs.

    >>> near_misses({"Bethnal Green East": 3, "Bethnall Green East": 1, "Ward 1": 1, "Ward 11": 4})
    (('Bethnall Green East', 'Bethnal Green East'),)
    """
    shortened: dict[str, set[str]] = defaultdict(set)
    for name in (name for name, number in times.items() if number > 1):
        for part in _shortened(folded(name)):
            shortened[part].add(name)
    return tuple(sorted(_pairs((name for name, number in times.items() if number == 1), shortened)))


def _pairs(rare: Iterable[str], shortened: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    for name in rare:
        near: set[str] = set().union(*(shortened.get(part, ()) for part in _shortened(folded(name))))
        alike = sorted(known for known in near if folded(known) != folded(name) and _alike(name, known))
        yield from ((name, known) for known in alike[:1])


def _shortened(text: str) -> set[str]:
    """Give a text, and the text without each of its letters: two texts that are one slip apart share one of these."""
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


def _alike(one: str, other: str) -> bool:
    numbers = [[c for c in text if c.isdigit()] for text in (one, other)]
    return numbers[0] == numbers[1] and SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= ALIKE
