"""Names in a text: found whole whatever their case, and taken out where they are nobody's business."""

import re
from collections.abc import Iterable

SENTENCE = re.compile(r"(?:^|[.!?:]\s+)$")


class Names:
    """A list of names to look for in texts."""

    def __init__(self, names: Iterable[str]) -> None:
        listed = sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
        words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in listed)
        not_in_a_postcode = r"(?!\s?[0-9][A-Z]{2}\b)"
        self.pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w){not_in_a_postcode}", re.I) if listed else None

    def in_text(self, text: str) -> list[str]:
        """List the names that a text holds, each once, as and in the order in which they stand in it."""
        return list(dict.fromkeys(self.pattern.findall(text))) if self.pattern else []

    def replaced(self, text: str, words: str) -> str:
        """Put words in the place of every name, with a capital where a sentence starts.

        >>> Names(["E07"]).replaced("E07 gave 3. E07, and e07 again, near E07 4AB.", "an evaluator")
        'An evaluator gave 3. An evaluator, and an evaluator again, near E07 4AB.'
        """

        def word(found: re.Match[str]) -> str:
            return words[0].upper() + words[1:] if SENTENCE.search(text[: found.start()]) else words

        return self.pattern.sub(word, text) if self.pattern else text
