"""What sentences say of the order in which things decide between equal totals."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.claims import Claim, question_meant, questions_named, within_titles
from evaluator.publication.checks.prose.figures import MONTHS
from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import Told


def ties(told: Told) -> Iterator[Claim]:
    """Read in which order things decide between equal totals."""
    sentence = told.sentence
    room = told.room == "TieBreak"
    if not (room or sentence.any("tie") or sentence.says("end with the same total | dead heat")) or _elsewhere(told):
        return
    steps: dict[str, int] = {}
    titles = within_titles(told)
    asked = tuple(questions_named(told))
    asked = (*asked, *(question_meant(told, asked) if room else ()))
    others = (one for one in _steps(told) if one[0] not in titles)
    for at, name in sorted((*others, *((at, f"question:{name}") for at, name in asked))):
        steps.setdefault(name, at)
    named = {name for name in steps if name.startswith("question:")}
    if told.question is not None and not steps and sentence.says("decides | decide | settles | used"):
        steps[f"question:{told.question.id}"] = 0
    later = LAST_OF_ALL.search(sentence.spoken)  # "price only where quality is level": what comes behind it is first
    at = len(sentence.spoken[: later.start()].split()) if later else 0
    ordered = tuple(sorted(steps, key=lambda name: (steps[name] < at, steps[name], _place(told, name), name)))
    apart = sentence.any("tie") if room else not sentence.denied and told.room != "Moderation"
    if not ordered and apart and "…" not in sentence.words and sentence.says(SETTLES):
        ordered = ("otherwise",)
    if (ordered and (room or "tie" in sentence.meanings)) or (named and ordered):
        yield Claim(
            told,
            "tie_break",
            ordered,
            "; then ".join(STEP_WORDS.get(one, one.replace("question:", "the mark for ")) for one in ordered),
        )


def _elsewhere(told: Told) -> bool:
    """Whether a sentence that speaks of what is equal tells of something else than what decides between equals."""
    sentence = told.sentence
    if told.room == "TieBreak":
        return bool(PLACED.search(sentence.spoken))
    if told.room == "PricePolicy" and EQUAL_PRICES.search(sentence.spoken):
        return True
    asked = told.asks and not sentence.says("same total | tie | tied | equal totals | are level | still level")
    marks = told.room == "Moderation" and sentence.says("mark | marks")
    chosen = told.room in ("ChoiceGround", "FinalChoice", "Stage")  # what a choice or a stage rests on
    return asked or marks or chosen or sentence.says(EQUAL) or bool(PLACED.search(sentence.spoken))


EQUAL = (
    "matter equally | count equally | equally important | matter the same | count the same | equal weight | "
    "equal treatment | treated equally | weighted equally | equally weighted | equal parts | equal opportunities | "
    "equality | shared equally | divided equally | split equally | equally by"
)
EQUAL_PRICES = re.compile(  # which points two equal prices earn is the method's business
    r" (?:equal|same|tied|identical|level) prices? | prices? (?:that |which )?(?:are|is) (?:equal|the same|level) |"
    r" equally (?:cheap|priced|low|dear) "
)
# Who goes on: "if there is a tie for fifth place".
PLACED = re.compile(r" (?:tie|ties|tied|level|equal) (?:for|with|in) (?:the )?\w+(?:th|first|second|third)(?: place)? ")


def _place(told: Told, step: str) -> int:
    """Give the place of a step in the published order: questions of one title in two themes are named together."""
    order = told.criteria.tie_break.order
    return order.index(step) if step in order else len(order)


LAST_OF_ALL = re.compile(r" only (?:when|where|if|after|once|for) ")
SETTLES = (
    "wins | is preferred | is taken | comes first | goes first | is chosen | gets it | is funded | "
    "is awarded | prevails"
)


STEP_WORDS = {
    "otherwise": "something else",
    "quality": "the higher quality",
    "lower_price": "the lower price",
    "casting": "lots or a casting vote",
    "first_come": "which came first",
    "small": "who the bidder is",
    "person": "what somebody decides",
    "again": "a further bid",
    "higher_price": "the higher price",
    "wards": "wards covered",
    "shared": "an award for each",
}


# "A tie on price stays a tie": that is not what decides, but in what bids are equal.
ON = tuple((tie, on) for tie in ("tie", "ties", "tied", "level", "equal", "draw", "same") for on in ("on", "in", "for"))


def _steps(told: Told) -> Iterator[tuple[int, str]]:
    for clause, first in _clauses_at(told):
        if clause.denied and not clause.any("if"):
            continue
        for meaning, step in (
            ("quality", "quality"),
            ("price", "lower_price"),
            ("casting", "casting"),
            ("first_come", "first_come"),
            ("small_first", "small"),
        ):
            for at in [
                one for one in clause.meanings.get(meaning, ()) if clause.words[max(0, one - 2) : one] not in ON
            ][:1]:
                dear = clause.words[at] in ("dear", "dearer", "dearest") or clause.words[max(0, at - 1) : at] in (
                    ("higher",),
                    ("highest",),
                )
                sum_of_money = step == "small" and not MONEY.isdisjoint(clause.words[at + 1 : at + 3])
                step_meant = "lower_price" if sum_of_money else step  # a smaller grant costs less
                yield first + at, "higher_price" if step_meant == "lower_price" and dear else step_meant
        yield from ((first + at, step) for at, step in _by_people(clause))


MONEY = frozenset({"grant", "grants", "sum", "sums", "amount", "award", "request", "cost", "price", "contract"})


def _by_people(clause: Passage) -> Iterator[tuple[int, str]]:
    """Give the steps by which equals are told apart otherwise than by what they scored."""
    if clause.any("power", "panel") and clause.has("final") and clause.says("decision of | choice of | word of"):
        yield clause.meanings["final"][-1], "person"
    if (
        clause.any("power", "panel")
        and clause.has("decides")
        and not clause.says("head to | we look for | we look at | we go by | we go on | we choose the | we take the")
        and MONTHS.isdisjoint(clause.words)  # when it was decided
    ):
        yield clause.meanings["decides"][-1], "person"
    if clause.any("again") and clause.any("price", "bid") and clause.any("invite", "modal"):
        yield 0, "again"
    if clause.says(
        (
            "fee is shared | contract is shared | money is shared | is divided equally | be divided equally | "
            "share the money | share the award | split the money | split the award | divide the money | divided "
            "between them | shared between them | both are funded | all are funded | both get | half each"
        ),
    ):
        yield 0, "shared"
    if clause.says("wards | ward"):
        yield 0, "wards"


def _clauses_at(told: Told) -> Iterator[tuple[Passage, int]]:
    first = 0
    for clause in told.sentence.clauses:
        yield clause, first
        first += len(clause.words)
