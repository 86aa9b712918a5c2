"""Names in a text: found whole whatever their case, and taken out where they are nobody's business."""

import re
from collections.abc import Iterable

SHORTEST_PART = 4  # letters of a name that is looked for alone
SENTENCE = re.compile(r"(?:^|[.!?:]\s+)$")


class Names:
    """A list of names to look for in texts."""

    def __init__(self, names: Iterable[str]) -> None:
        longest_first = sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
        alternatives = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
        not_in_a_postcode = r"(?!\s?[0-9][A-Z]{2}\b)"
        pattern = rf"(?<!\w)(?:{alternatives})(?!\w){not_in_a_postcode}"
        self.pattern = re.compile(pattern, re.I) if longest_first else None

    def in_text(self, text: str) -> list[str]:
        """List the names that a text holds, each once, as and in the order in which they stand in it."""
        return list(dict.fromkeys(self.pattern.findall(text))) if self.pattern else []

    def replaced(self, text: str, substitute: str) -> str:
        """Put a substitute in the place of every name, with a capital where a sentence starts.

        >>> Names(["E07", "E02"]).replaced("E07 gave 3. E07, near E07 4AB. Both e07 and E02 agree.", "an evaluator")
        'An evaluator gave 3. An evaluator, near E07 4AB. Both evaluators agree.'
        """

        def word(found: re.Match[str]) -> str:
            return substitute[0].upper() + substitute[1:] if SENTENCE.search(text[: found.start()]) else substitute

        if self.pattern is None:
            return text
        several = re.compile(
            rf"\b{re.escape(substitute)}(?:(?:,? and |, | or | & ?|/){re.escape(substitute)})+\b", re.I
        )
        noun = substitute.split(" ", 1)[-1]

        def together(found: re.Match[str]) -> str:
            return (noun.capitalize() if found[0][0].isupper() else noun) + "s"

        return several.sub(together, self.pattern.sub(word, text))


Parts = re.Pattern[str] | None


def parts_of(people: Iterable[str]) -> Parts:
    """Look for single names and initials of people who are listed in full, written with their capitals.

    >>> parts_of(["Ruth Adeyemi-Cole", "E01"]).findall("RAC agrees; so does Adeyemi-Cole, and E01, and Ruthless.")
    ['RAC', 'Adeyemi-Cole']
    """
    found = set()
    for person in people:
        words = [word for word in person.replace(".", " ").split() if word[0].isupper() and word.isascii()]
        if len(words) < 2 or any(one.isdigit() for one in person):
            continue
        found |= {word for word in words if len(word) >= SHORTEST_PART}
        initials = ["".join(one[0] for one in re.split("-", word) if one) for word in words]
        found |= {"".join(initials), ".".join([*"".join(initials), ""]), "".join(one[0] for one in initials)}
    alternatives = "|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word))))
    return re.compile(rf"(?<![\w.])(?:{alternatives})(?!\w)") if alternatives else None
