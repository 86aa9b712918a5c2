"""What sentences say of those who mark: how many they are, and how far apart their marks may be."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact, of_itself
from evaluator.publication.checks.prose.told import Told


def panels(told: Told) -> Iterator[Claim]:
    """Read how many people mark."""
    sentence = told.sentence
    marked_by = bool(MARKED_BY.search(sentence.spoken))
    if told.asks and not (marked_by and (of_itself(told) or sentence.any("bid"))):
        return
    by_people = (
        marked_by
        or (told.room == "Moderation" and bool(re.search(rf" (?:{DO}) ", sentence.spoken)))
        or sentence.has("panel")
        or (sentence.has("mark") and sentence.says("by | of us | score | scores | mark | marks | read | reads"))
    )
    if (
        told.room not in PANELS_SAID
        or not by_people
        or sentence.says("interest | recused | stands aside | must agree | apart")
    ):
        return
    counts = [
        one.value
        for one in sentence.figures
        if one.kind == "number"
        and (
            one.of_unit(*PEOPLE)
            or one.unit[:2] == ("of", "them")
            or sentence.words[max(0, one.first - 2) : one.first] == ("panel", "of")
        )
    ]
    if not counts and sentence.says(
        (
            "single assessor | single evaluator | single officer | sole assessor | one person | single person | lone "
            "evaluator | single marker | single reader"
        ),
    ):
        counts.append(Fraction(1))
    if not counts and (
        ALONE.search(sentence.spoken) or (told.room == "Moderation" and ONE_MARKS.search(sentence.spoken))
    ):
        counts.append(Fraction(1))
    if counts and (
        marked_by or sentence.says("panel of") or sentence.any("mark") or told.room in ("Moderation", "Scale")
    ):
        yield Claim(told, "evaluators", tuple(map(exact, counts)), " or ".join(map(exact, counts)))


WHO = "assessor|evaluator|officer|person|marker|reader|expert|manager|member|reviewer|judge"
DOES = "marks|scores|reads|assesses|judges|evaluates"
DO = f"{DOES}|mark|score|read|assess|judge|evaluate|do the marking|does the marking"
MARKED_BY = re.compile(
    rf" (?:assessed|evaluated|marked|read|judged|scored) by | of us (?:will )?(?:{DOES}|mark|score|read|assess|judge) |"
    rf" only (?:our|the|one) (?:\w+ ){{1,4}}(?:{DOES}) this "
)
ALONE = re.compile(rf" (?:single|sole|lone) (?:\w+ ){{0,3}}(?:{WHO}) | only (?:our|one) (?:\w+ ){{1,4}}(?:{DOES}) ")
ONE_MARKS = re.compile(  # a singular that marks: "the clerk marks all the quotes"
    r"^ (?:the|our|one|a) (?!panel|team|group|board|committee|chair)(?:(?!each|every|who|and)\w+ ){1,4}?"
    rf"(?:{DOES}|does the marking) (?:all|every|each|the|answers|bids) "
)
PANELS_SAID = frozenset({"Moderation", "Scale", "Theme", "Criteria", "AllocationPolicy", "Question"})


PEOPLE = (
    "evaluator",
    "expert",
    "assessor",
    "scorer",
    "marker",
    "judge",
    "people",
    "officer",
    "reader",
    "resident",
    "trustee",
    "councillor",
    "volunteer",
    "colleague",
    "reviewer",
    "staff",
    "person",
    "moderator",
    "member",
    "us",
)


DIFFER = (
    "variance of | "
    "apart | differ by | differs by | differing by | difference of | of each other | of one another | gap of | "
    "spread of"
)
APART = frozenset(
    {"variance", "apart", "differ", "differs", "differing", "difference", "other", "another", "gap", "spread"}
)


TALKED = "discuss | discussed | talk | talked | explain | explained | meet | moderated | looked at | marked again"
ONE_MARK = re.compile(r"(?:agree|agrees|come to|comes to|reach|reaches|settle on|settles on|agree on) one mark$")


def apart(told: Told) -> Iterator[Claim]:
    """Read how far marks must be apart to be talked about."""
    sentence = told.sentence
    differ = sentence.says(DIFFER) and (sentence.has("mark") or told.room == "Moderation") and not told.asks
    differ = differ and (told.room != "Scale" or sentence.says(TALKED))  # how far its own marks are apart
    for figure in sentence.figures if differ else ():
        near = sentence.words[max(0, figure.first - 4) : figure.last + 5]
        people = bool(figure.unit) and figure.unit[0].rstrip("s") in PEOPLE
        agreed = sentence.words[figure.first : figure.last + 1] == ("one",) and not {*figure.unit[:1]} & {
            "or",
            "mark",
            "point",
        }
        agreed = agreed or bool(ONE_MARK.search(" ".join(sentence.words[: figure.last + 2])))
        if people or agreed or APART.isdisjoint(near):
            continue  # "two officers mark apart from each other"
        yield Claim(told, "spread_trigger", figure.value, exact(figure.value))
