"""What readers of scores have in common: what can be weighed, and how it is named."""

import re

from evaluator.publication.checks.prose.claims import of_itself, questions_named
from evaluator.publication.checks.prose.told import Told

QUALITY, PRICE_LEAF = "quality", "price"
EVERY = "*"
EXAMPLE = "for example | e . g | example | for instance | suppose"
POINTS = ("point", "mark")
# What the whole of an answer earns: "do all that and you get a 5", "with everything there it attains five marks".
FULL = re.compile(
    r" (?:all(?: of)? (?:these|this|that|those|it|four|five|six|the (?:parts|elements|points))|everything|every "
    r"(?:part|element|point))(?: [\w,]+){0,8} (?:get|gets|earn|earns|attains?|scores?|is given|receives?|is worth) "
)


NO_WEIGHTS = frozenset(
    {"Rounding", "TieBreak", "ScaleMark", "Gate", "Budget", "YearBudget", "ThemeBudget", "ThemeAwards", "Moderation"}
)


def what_is_weighed(told: Told) -> list[tuple[int, str]]:
    """Give what a sentence says a weight of, and where: quality, price, or questions by their ids."""
    found = [(at, QUALITY) for at in told.sentence.meanings.get("quality", ())]
    found += [(at, PRICE_LEAF) for at in told.sentence.meanings.get("price", ())]
    found += list(questions_named(told))
    if not found and told.question is not None and (told.text.key != "good_answer" or of_itself(told)):
        found = [(0, told.question.id)]
    if not found and told.room == "PricePolicy":
        found = [(0, PRICE_LEAF)]
    kept: dict[str, int] = {}
    for at, name in sorted(found):
        kept.setdefault(name, at)
    return [(at, name) for name, at in kept.items()]
