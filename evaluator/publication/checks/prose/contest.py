"""What a sentence says of the contest that no value holds: who is preferred, what counts, who gets what, and when not.

Other readers know what a rule is by its value. Here it is known by who and what it speaks of: a sentence that says what
        becomes of bids, marks or money is a rule, in whatever words, and needs a value, or somebody who
        declares that it is none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from evaluator.publication.checks.prose.claims import of_itself
from evaluator.publication.checks.prose.explained import is_reference, is_why
from evaluator.publication.checks.prose.sentences import Passage, Sentence
from evaluator.publication.checks.prose.told import Told, lists_contents
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding

RULES = frozenset({"Scale", "PricePolicy", "Rounding", "Moderation", "TieBreak", "AllocationPolicy"})
TOLD = frozenset({"Theme", "Criteria", "Budget", "ThemeBudget", "YearBudget"})  # what bidders are told
PROSE = TOLD | RULES
ASKED = TOLD | {"Question"}
EVERYWHERE = PROSE | {"Question"}
PAST = (
    "last year | last round | last time | in the last round | in earlier rounds | in the past | was | were | "
    "had | asked "
    "| told us | said | drew | consultation | survey | replies"
)


@dataclass(frozen=True)
class Saying:
    """A kind of thing that a sentence can say of a contest.

    Parameters
    ----------
    about : what it tells, in words.
    of : meanings that must all stand in one clause that denies nothing; a bar stands between two that will do.
    rooms : the records in whose texts it is looked for.
    but : phrases that make it something else.
    code : its finding.
    rule : the kind of rule that would publish it.
    denied : whether what is denied counts too: "not both".
    """

    about: str
    of: tuple[str, ...]
    rooms: frozenset[str] = EVERYWHERE
    but: str = PAST
    code: str = "E-CRIT-980"
    rule: str = ""
    denied: bool = False


SAYINGS = (
    Saying(
        "what marks are taken away or added for",
        ("mark", "deduct"),
        ASKED | {"Scale", "Moderation"},
        but="nothing is taken | for example",
    ),
    Saying("what marks are taken away or added for", ("mark", "taken_off"), frozenset({"Gate"}), but="", denied=True),
    Saying(
        "what earns no mark",
        ("no_mark", "bid | bidder | answer | length | mark"),
        frozenset({"Question"}),
        f"{PAST} | loses no | lose no | is lost | are lost | takes no | no vote | gives no | carries no | carry no",
        denied=True,
    ),
    Saying("what earns no mark", ("no_mark", "bid | bidder | answer | length"), PROSE, f"{PAST} | for each | down to"),
    Saying(
        "who or what is preferred",
        ("preferred", "bid | bidder | answer | newness | local | price"),
        ASKED | {"Term"},
        but=f"{PAST} | unfair advantage | as welcome",
    ),
    Saying("who or what is preferred", ("would_rather", "us"), ASKED | TOLD | {"Term"}, but=""),
    Saying(
        "what counts more than something else",
        ("importance", "comparison", "bid | bidder | answer | criterion | quality | price"),
        TOLD,
    ),
    Saying("what counts more than something else", ("weighs_more",), TOLD, f"{PAST} | people | residents | users"),
    Saying(
        "that there are more criteria than these", ("panel | power | us | mark", "more_criteria"), code="E-CRIT-920"
    ),
    Saying(
        "that no reasons are given", ("panel | power | us", "no_reasons"), EVERYWHERE, "", "E-CRIT-925", denied=True
    ),
    Saying("that one bidder has more than one lot", ("both_to_one", "bidder | power | us"), PROSE),
    Saying("for how many lots one may bid", ("one_only", "bid | bidder", "lots_bid"), PROSE, "", denied=True),
    Saying(
        "how much one bidder may win",
        ("one_only", "bidder", "win | outcome"),
        PROSE,
        "no limit | any number of | as many as",
        rule="organisation_awards",
        denied=True,
    ),
    Saying("how the money is divided", ("purse", "divided"), PROSE),
    Saying("that bids may come late", ("late", "bid | bidder | accepted | grace"), PROSE, "", "E-CRIT-925"),
    Saying(
        "that something enters which no question asks for",
        ("taken_in", "panel | power | mark | bid | us"),
        PROSE,
        f"{PAST} | contract management | takes notes | take notes | each other | one another",
        "E-CRIT-926",
    ),
    Saying(
        "that something enters which no question asks for",
        ("taken_in", "panel | us | decides"),
        frozenset({"Question"}),
        "how | tell us | show us | describe | do you | will you",
        "E-CRIT-926",
    ),
    Saying(
        "that some are seen again before it is decided",
        ("leading", "further_stage"),
        PROSE,
        "best practice | lead provider",
        "E-CRIT-921",
    ),
    Saying("that there is a short list", ("shortlisted",), PROSE, "", "E-CRIT-921"),
    Saying("that there is a short list", ("cut_down",), EVERYWHERE, "how | your | costs | waste", "E-CRIT-921"),
    Saying(
        "what papers the evaluators go by",
        ("panel", "paper", "goes_by"),
        EVERYWHERE,
        "descriptor | the scale | this appendix | how will",
        "E-CRIT-920",
    ),
    Saying(
        "that something rests on a paper that comes later",
        ("paper", "given_later", "abide"),
        EVERYWHERE,
        "how | do you | will you | accounts | policy",
        "E-CRIT-920",
    ),
    Saying(
        "that answers are held against a paper of the council's own",
        ("held_against", "our_paper"),
        EVERYWHERE,
        "",
        "E-CRIT-920",
    ),
    Saying(
        "who decides",
        ("decides", "bid | bidder | who_gets", "panel | power"),
        PROSE,
        f"{PAST} | in writing | to award nothing | as these rules | agree | agrees | "
        "look at the mark | look at the price",
        "E-CRIT-924",
    ),
    Saying("that it is for somebody to say who wins", ("who_gets", "decides | opinion"), PROSE, PAST, "E-CRIT-924"),
    Saying(
        "that rules may not be kept",
        ("rules", "give_way"),
        EVERYWHERE,
        "no rule",
        "E-CRIT-923",
    ),
    Saying("how many are looked for", ("sought", "counted_partner"), PROSE),
    Saying(
        "that other bids may be made than what is asked for",
        ("other_bid", "bid | bidder | welcomed"),
        EVERYWHERE,
        "",
        "E-CRIT-928",
    ),
    Saying("that bids wait for money", ("waiting", "bid | bidder | us"), PROSE, rule="reserve_list"),
    Saying(
        "what becomes of bids in another place",
        ("aftermath", "elsewhere"),
        EVERYWHERE,
        f"{PAST} | how | tell us | describe | explain | tells | describes",
    ),
    Saying("what becomes of bids", ("ended", "bid | bidder | answer"), frozenset({"Question"}), "how | complaint"),
    Saying("what becomes of bids", ("out", "bid | bidder"), PROSE, f"{PAST} | whether | vat | failing that"),
)


def contested(told: Told) -> Iterator[Finding]:
    """Find a sentence that tells of the contest what no published value says."""
    code, about = _contested(told)
    if code:
        facts = {"about": about} if code == "E-CRIT-980" else {}
        yield finding(code, told.place, what=told.what, sentence=told.quoted, **facts)


def _contested(told: Told) -> tuple[str, str]:
    """Give the finding of a sentence, and what it tells of; nothing where it tells of nothing."""
    if told.declared or (told.room in RULES and is_why(told.sentence)):
        return "", ""
    about = next((about for tells, about in TELLS if tells(told)), "")
    if about:
        return "E-CRIT-980", about
    asked = told.asks and (told.sentence.words[-1:] == ("?",) or lists_contents(told))
    saying = next((one for one in SAYINGS if not asked and _is_said(told, one)), None)
    if saying:
        return saying.code, saying.about
    if not _of_bids(told):
        return "", ""
    about = _of_judging(told)
    figures = [one for one in told.sentence.figures if one.kind in ("money", "percent")]
    if not about and figures and all(one.percent in told.setting.values for one in figures):
        return "", ""
    return ("E-CRIT-980", about) if about else ("E-CRIT-981", "")


def _of_judging(told: Told) -> str:
    """Say what a sentence that speaks of bids or of those who judge tells of judging; empty where it tells nothing."""
    sentence = told.sentence
    outsiders = sentence.has("outsider") and sentence.any("bid", "mark", "answer")
    deciding = told.room == "Theme" and (outsiders or sentence.any("decides", "win", "tie"))
    judged = sentence.any("mark", "criterion", "quality", "price") and not sentence.says(REASSURES)
    if deciding or (
        judged
        and not _are_shares(told)
        and (sentence.any("comparison", "weighs_more") or sentence.says(COMPARED) or bool(sentence.figures))
    ):
        return "how bids are judged"
    does = told.room == "Question" and (sentence.says(JUDGES) or (sentence.has("us") and sentence.any("may")))
    return "what those who judge may do" if does and not sentence.says(REASSURES) else ""


def _is_said(told: Told, saying: Saying) -> bool:
    if told.room not in saying.rooms or not _has_all(told.sentence, saying.of):
        return False
    if saying.but and told.sentence.says(saying.but):
        return False
    if saying.rule and any(rule.kind == saying.rule for rule in told.criteria.rules):
        return False
    return saying.denied or any(_has_all(passage, saying.of) for passage in _affirmed(told.sentence))


def _has_all(passage: Passage, of: tuple[str, ...]) -> bool:
    return not any(passage.meanings.keys().isdisjoint(either) for either in _either(of))


@cache
def _either(of: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(either.split(" | ")) for either in of)


def _affirmed(sentence: Sentence) -> tuple[Passage, ...]:
    """Give a sentence that denies nothing whole, and of another the clauses that deny nothing."""
    return tuple(one for one in sentence.clauses if not one.denied) if sentence.denied else (sentence,)


def _are_shares(told: Told) -> bool:
    """Whether several figures are what things weigh: "over half, 55 to be exact, the other 45 for cost"."""
    exact = [one for one in told.sentence.figures if one.kind != "part" or one.side == "exactly"]
    if told.question is not None:
        own = {Fraction(theme.weights.get(told.question.id, 0)) for theme in told.themes}
        return bool(exact) and {one.percent for one in exact} <= own
    exact = [one for one in exact if not one.of_unit("question")]  # "the first two questions" are of a run of them
    several = len(exact) > 1 or any(one.of in told.criteria.wholes for one in exact)
    return several and all(one.share in told.setting.shares for one in exact)


FIGURED = ("mark", "answer", "panel")


def _counts(told: Told) -> bool:
    """Whether what bidders are told has a figure beside what bids are judged by."""
    sentence = told.sentence
    if told.room not in TOLD or sentence.says(f"{PAST} | for example | feedback | told"):
        return False
    figures = [
        one for one in sentence.figures if one.kind != "money" and one.value != 1 and one.unit[:1] not in UNITS_OF_TIME
    ]
    named = sentence.has("quality", "price") or (
        sentence.any("price", "quality") and any(f.kind == "part" for f in figures)
    )
    label = (
        len(sentence.words) < 8 and sentence.any("price", "quality") and any(one.kind == "percent" for one in figures)
    )
    named = named or label
    if all(one.percent in told.setting.values | told.setting.shares for one in figures) or _are_shares(told):
        return False
    return bool(figures) and (named or sentence.any(*FIGURED) or _of_totals(sentence))


def _of_totals(sentence: Sentence) -> bool:
    """Whether a sentence speaks of totals of scores, and not of what makes up a total of something else."""
    return sentence.says("total | totals | overall") and not sentence.says("make up | makes up | made up")


def _keeps_some_out(told: Told) -> bool:
    """Whether what bidders are told lets only some bids go on, by a figure or by their place."""
    sentence = told.sentence
    some = sentence.says("only | top half | best half | upper half | first") or bool(sentence.figures)
    return (
        told.room in TOLD
        and sentence.has("bid")
        and some
        and (sentence.any("out") or (sentence.has("onward") and sentence.says("only | first")))
        and not sentence.denied
        and not sentence.says(f"{PAST} | closing | deadline | late | received by | arrive")
    )


def _limits_the_ask(told: Told) -> bool:
    """Whether what bidders are told says a sum that a bid may ask for, and no rule has it."""
    sentence = told.sentence
    money = [one for one in sentence.figures if one.kind == "money"]
    return (
        told.room in TOLD
        and bool(money)
        and sentence.says(
            "ask for | asks for | apply for | bid for | bids of | bids over | bids under | bids above | bids for"
        )
        and not sentence.says(PAST)
        and not all(one.value in told.setting.values for one in money)
    )


def _shares_out(told: Told) -> bool:
    """Whether a sentence gives a share of the money to some bidders, and no rule has that share."""
    sentence = told.sentence
    shares = [one for one in sentence.figures if one.kind in ("percent", "part")]
    return (
        told.room in (*TOLD, "AllocationPolicy")
        and bool(shares)
        and sentence.has("purse", "bidder")
        and not sentence.says(f"{PAST} | for example | comes from | come from")
        and not any(one.percent in told.setting.values for one in shares)
    )


TELLS: tuple[tuple[Callable[[Told], bool], str], ...] = (
    (_counts, "a figure by which bids are judged"),
    (_shares_out, "what share of the money is for whom"),
    (_keeps_some_out, "which bids go on"),
    (_limits_the_ask, "how much a bid may ask for"),
)
UNITS_OF_TIME = frozenset(
    (one + end,) for one in ("year", "month", "week", "day", "hour", "working") for end in ("", "s")
)


def _of_bids(told: Told) -> bool:
    """Whether a sentence that nobody accounts for speaks of bids, marks or those who judge, where it need not."""
    sentence = told.sentence
    if lists_contents(told) or _are_shares(told):
        return False
    if sentence.denied or "…" in sentence.words or sentence.says(f"{PAST} | {PROCESS}") or is_reference(told):
        return False
    if told.room == "Theme":
        of_us = sentence.says("we | us")
        of_bids = any(sentence.words[at] not in REPLIES for at in sentence.meanings.get("bid", ()))
        return of_us or of_bids or sentence.any("mark", "panel", "answer", "criterion") or _of_totals(sentence)
    if told.room == "Criteria":
        return sentence.any("bid", "answer") or sentence.says("we | us")
    asked = told.room == "Question" and told.text.key in ("text", "good_answer")
    asked = asked and not (told.text.key == "good_answer" and THE_POINTS.search(sentence.spoken))
    return (
        asked and sentence.words[-1:] != ("?",) and (of_itself(told) or sentence.says(CREDIT) or sentence.says(JUDGES))
    )


REPLIES = frozenset({"reply", "replies", "response", "responses", "offer", "offers"})  # of a service too
THE_POINTS = re.compile(r" (?:each|all|both|every one) of (?:the|these|those)(?: \w+)? points ")  # of an answer
COMPARED = (
    "also | primary | main | principal | greater | more | most | half | only | less | later | solely | wholly "
    "| chiefly | mainly | higher"
)
REASSURES = (
    "every mark | all marks can | any size | of every kind | of any kind | "
    "for example | can earn | can be earned | as welcome | everyone | "
    "each answer | "
    "no more than | for the marks | explains"
)
JUDGES = "the panel | panel | evaluators | assessors | the evaluator | markers | our readers"
PROCESS = (
    "portal | in writing | of every kind | of any kind | need not be | "
    "welcome | encouraged | every bidder | every bid | all bidders | everyone | ask | "
    "write to us | "
    "feedback | at the same time | closing date | opened by | may be made | may apply | in word or pdf | "
    "large print | told | on the same day"
)
CREDIT = "marks | credit | mark | scores | points | score | full marks | bottom marks | top marks"
