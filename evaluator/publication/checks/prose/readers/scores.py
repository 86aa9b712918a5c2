"""What sentences say of scores: weights, shares within a question, minimums, and the marks that can be given."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact, of_itself, questions_named
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.told import Told
from evaluator.records.english import VALUES

QUALITY, PRICE_LEAF = "quality", "price"
EVERY = "*"
EXAMPLE = "for example | e . g | example | for instance | suppose | say"
LEVEL = ("exactly", "most")
MARKS = ("point", "mark", "score", "per", "cent")
POINTS = ("point", "mark")


NO_WEIGHTS = frozenset(
    {"Rounding", "TieBreak", "ScaleMark", "Gate", "Budget", "YearBudget", "ThemeBudget", "ThemeAwards", "Moderation"}
)


def weights(told: Told) -> Iterator[Claim]:
    """Read what a sentence says that quality, price or a question weighs."""
    if told.sentence.says(EXAMPLE):
        return
    figures = [one for one in told.sentence.figures if _may_weigh(told, one)]
    names = _named(told)
    yield from _alone(told)
    yield from _split(told)
    if told.sentence.says(EQUALLY) and not figures:
        yield from _equally(told, {name for _, name in names})
        return
    yield from _ratio(told, names)
    if not figures or not _weighs(told, figures, names):
        return
    if told.sentence.says(EVERY_QUESTION) and len(figures) == 1 and told.question is None:
        asked = {one.id for theme in told.themes for one in told.criteria.questions(theme.id)}
        names = [(0, name) for name in sorted(asked)]
        yield from (Claim(told, "weight", figures[0].percent, exact(figures[0].percent), name) for _, name in names)
        return
    for figure, name in _paired(figures, names, told):
        yield Claim(told, "weight", figure.percent, exact(figure.percent), name)


ALONE = tuple(
    (
        " | ".join(
            f"{word} {name}" for word in ("wholly on", "solely on", "only on", "only at", "entirely on", "purely on")
        ),
        other,
    )
    for name, other in (("quality", PRICE_LEAF), ("price", QUALITY))
)
UNCOUNTED = re.compile(r" price (?:is|does|will) not (?:be )?(?:count|counted|matter|considered|scored|looked) ")
SPLIT = re.compile(r" ([0-9]{1,2}) (?:/|:|-) ([0-9]{1,2}) (?:\w+ ){0,3}(quality|price)")


def _alone(told: Told) -> Iterator[Claim]:
    """Read that only quality, or only price, counts."""
    if told.asks or told.room in NO_WEIGHTS:
        return
    found = [other for phrases, other in ALONE if told.sentence.says(phrases)]
    found += [PRICE_LEAF] if UNCOUNTED.search(told.sentence.spoken) else []
    for name in found[:1]:
        yield Claim(told, "weight", Fraction(0), "nothing", name)


def _split(told: Told) -> Iterator[Claim]:
    """Read a split such as "75/25 quality and price"."""
    said = None if told.asks else SPLIT.search(told.sentence.spoken)
    if said and int(said.group(1)) + int(said.group(2)) == told.criteria.whole:
        name = QUALITY if said.group(3) == "quality" else PRICE_LEAF
        yield Claim(told, "weight", Fraction(said.group(1)), said.group(1), name)


EVERY_QUESTION = "both questions | each question | every question | all questions"
EQUALLY = (
    "in equal measure | equal footing | equal regard | half and half | "
    "equal weight | equally weighted | weighted equally | the same weight | equal weighting | equal weightings | "
    "counts the same | count the same | counts equally | count equally | worth the same | equal importance | "
    "equally important | carries the same | carry the same | as much as any other | equal marks | equal points"
)


def _equally(told: Told, names: set[str]) -> Iterator[Claim]:
    """Read that quality and price, or all questions, or those that are named, weigh the same."""
    asked_about = names - {QUALITY, PRICE_LEAF}
    for theme in told.themes if len(asked_about) > 1 else ():
        carried = sorted((Fraction(theme.weights[name]), name) for name in asked_about if name in theme.weights)
        if carried and carried[0][0] != carried[-1][0]:
            yield Claim(told, "weight", carried[-1][0], "the same as another", carried[0][1])
            return
    if told.sentence.says("question | questions | answer | answers | criterion | criteria | section | sections"):
        for theme in told.themes:
            asked = [one.id for one in told.criteria.questions(theme.id) if theme.weights.get(one.id)]
            share = (told.criteria.whole_of(theme.id) - theme.price_weight) / max(1, len(asked))
            for name in [one for one in asked if Fraction(theme.weights[one]) != share][:1]:
                yield Claim(told, "weight", share, f"the same for each, {exact(share)}", name)
        return
    halves = {told.criteria.whole_of(theme.id) / 2 for theme in told.themes}
    for name, half in ((name, half) for name in sorted(names & {QUALITY, PRICE_LEAF}) for half in sorted(halves)):
        yield Claim(told, "weight", half, exact(half), name)


GREATEST = (
    "most important | most heavily | counts most | matters most | counts for most | counts for more than any | "
    "principal consideration | main consideration | chief consideration | primary consideration | decisive factor | "
    "main factor | principal factor | overriding | comes before everything | most weight | greatest weight | "
    "highest weighting | heaviest | deciding element | deciding factor | comes down to | decisive"
)
MORE = (
    "more about | matters more | more important | counts more | counts for more | outweighs | more weight | "
    "weighs more "
    "| above all | takes precedence | more heavily | ahead of quality | ahead of price | more highly"
)
TIMES = (
    ("twice as", 2),
    ("two times", 2),
    ("three times", 3),
    ("four times", 4),
    ("double the", 2),
    ("half as", Fraction(1, 2)),
    ("four times as", 4),
    ("three times as", 3),
    ("five times", 5),
)


def _ratio(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read how many times quality weighs what price does, or the other way round."""
    both = [name for _, name in sorted(names) if name in (QUALITY, PRICE_LEAF)]
    if len(both) == 2 and told.sentence.says(MORE) and not told.sentence.figures and not told.sentence.denied:
        wholes = [(one.price_weight, told.criteria.whole_of(one.id)) for one in told.themes]
        if any((price if both[0] == PRICE_LEAF else whole - price) <= whole / 2 for price, whole in wholes):
            yield Claim(told, "weight", "the greater", f"of {both[0]} the greater", both[0])
    yield from _first_of_two(told, names)
    yield from _greatest(told, names)
    yield from _in_order(told, names)
    yield from _to_one(told, both)
    for phrase, times in TIMES if len(both) == 2 and told.sentence.has("weight") else ():
        if told.sentence.says(phrase):
            for whole in sorted({told.criteria.whole_of(one.id) for one in told.themes}):
                share = whole * Fraction(times) / (1 + Fraction(times))
                yield Claim(told, "weight", share, f"{exact(share)}%", both[0])


TO_ONE = re.compile(r" (\w+) (?:to|:) (?:one|1) ")


def _to_one(told: Told, both: list[str]) -> Iterator[Claim]:
    """Read how many times the first of two weighs what the other does: "by three to one"."""
    said = TO_ONE.search(told.sentence.spoken) if len(both) == 2 else None
    times = (VALUES.get(said.group(1)) or (said.group(1).isdigit() and int(said.group(1)))) if said else 0
    if times:
        share = told.criteria.whole * Fraction(times, times + 1)
        yield Claim(told, "weight", share, f"{exact(share)}%", both[0])


DESCENDING = (
    "descending order | order of importance | most important first | order of weight | most first | heaviest first"
)


def _in_order(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read an order of importance: none weighs more than the one that is named before it."""
    listed = [name for _, name in sorted(names)]
    if len(listed) < 2 or not told.sentence.says(DESCENDING):
        return
    for theme in told.themes:
        carried = {QUALITY: told.criteria.whole - theme.price_weight, PRICE_LEAF: Fraction(theme.price_weight)}
        own = [carried.get(name, Fraction(theme.weights.get(name, 0))) for name in listed]
        wrong = next((name for name, one, two in zip(listed, own, own[1:], strict=False) if one < two), "")
        if wrong:
            yield Claim(told, "weight", "more than what follows it", "more than what follows it", wrong)
            return


def _greatest(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read that one thing weighs more than every other."""
    sentence = told.sentence
    if len(names) != 1 or not sentence.says(GREATEST) or sentence.denied or told.text.key == "good_answer":
        return
    name = names[0][1]
    for theme in told.themes:
        own = {QUALITY: told.criteria.whole - theme.price_weight}.get(name, Fraction(theme.weights.get(name, 0)))
        others = [Fraction(each) for leaf, each in theme.weights.items() if leaf != name]
        others = [Fraction(theme.price_weight)] if name == QUALITY else others
        others = [told.criteria.whole - theme.price_weight] if name == PRICE_LEAF else others
        if others and own <= max(others):
            yield Claim(told, "weight", "the greatest", "the greatest", name)
            return


def _first_of_two(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read that of two questions the one that is named first weighs more."""
    named = [name for _, name in sorted(names)]
    if len(named) != 2 or told.sentence.figures or told.sentence.denied or not told.sentence.says(MORE):
        return
    for theme in told.themes:
        first, second = (theme.weights.get(name) for name in named)
        if first is not None and second is not None and first <= second:
            yield Claim(told, "weight", "the greater", f"of {named[0]} the greater", named[0])


def _may_weigh(told: Told, figure: Figure) -> bool:
    words = told.sentence.words
    around = words[max(0, figure.first - 6) : figure.last + 5]
    plain = (
        figure.kind in ("percent", "part")
        or words[max(0, figure.first - 2) : figure.first] in (("weighted", "at"), ("weight", "of"), ("weighting", "of"))
        or figure.of_unit(*POINTS)
        or figure.unit[:1]
        in (
            (":",),
            ("/",),
            ("for",),
            (")",),
            (".",),
            (",",),
            (),
            ("and",),
            ("each",),
            ("hang",),
            ("go",),
            ("on",),
            ("-",),
        )
    )
    if words[figure.first : figure.last + 1] == ("one",) and not figure.of_unit(*POINTS):
        return False
    low = {"mean", "average", "discount", "below", "above", "lowest", "vat", "residents"} & set(around)
    return plain and figure.kind != "money" and figure.side in ("exactly", "most") and figure.percent <= 100 and not low


def _weighs(told: Told, figures: list[Figure], names: list[tuple[int, str]]) -> bool:
    sentence = told.sentence
    if (
        told.room in NO_WEIGHTS
        or sentence.any("threshold", "tie")
        or (told.asks and not sentence.any("mark", "weight") and not _in_brackets(told))
    ):
        return False
    both = {QUALITY, PRICE_LEAF} <= {name for _, name in names}
    shares = any(one.kind != "number" or one.of_unit(*POINTS) for one in figures) or sentence.says(
        "split | mix | ratio | balance | judged | scored | award | best mix"
    )
    label = bool(names) and ":" in sentence.words and len(sentence.words) < 8 and not told.asks
    short = told.question is not None and len(sentence.words) < 5 and any(one.of_unit(*POINTS) for one in figures)
    return (
        sentence.has("weight")
        or label
        or short
        or (both and (shares or ":" in sentence.words))
        or bool(_in_brackets(told))
    )


def _in_brackets(told: Told) -> bool:
    """Whether a question has a share in brackets after its words: "(25%)", "[20 marks]"."""
    words = told.sentence.words
    return told.question is not None and any(
        (one.kind in ("percent", "part") or one.of_unit(*POINTS))
        and words[max(0, one.first - 1) : one.first] in (("(",), ("[",))
        for one in told.sentence.figures
    )


def _named(told: Told) -> list[tuple[int, str]]:
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


def _paired(figures: list[Figure], names: list[tuple[int, str]], told: Told) -> Iterator[tuple[Figure, str]]:
    """Give each name its figure: in order where there are as many, one for all, or the nearest."""
    if not names:
        return
    if len(figures) == len(names):
        yield from zip(figures, (name for _, name in sorted(names)), strict=True)
    elif len(figures) == 1 and told.sentence.says("each | both"):
        yield from ((figures[0], name) for _, name in names)
    else:
        for figure in figures:
            _, name = min(names, key=lambda one: abs(one[0] - figure.first))
            yield figure, name


def shares_within(told: Told) -> Iterator[Claim]:
    """Read the shares that a question's words give to parts of its answer."""
    sentence, question = told.sentence, told.question
    if question is None or sentence.denied or told.text.key not in ("text", "good_answer"):
        return
    top = Fraction(told.criteria.scale.highest)
    shares = [
        one for one in sentence.figures if _is_share(told, one) and not (one.kind == "number" and one.value == top)
    ]
    own = {Fraction(theme.weights[question.id]) for theme in told.themes if question.id in theme.weights}
    whole = [one for one in shares if one.percent in own and len(shares) == 1]
    partly = sentence.says("of your score | of the mark | of the marks | of your mark | of the points")
    if shares and not whole and (len(shares) > 1 or told.text.key == "good_answer" or partly):
        yield Claim(
            told,
            "shares",
            sum((one.percent for one in shares), Fraction(0)),
            " + ".join(exact(one.percent) for one in shares),
            question.id,
        )
    elif (
        not shares
        and sentence.has("share_word")
        and sentence.says(
            "twice as | double | most of the | more than the | the most | twice the | half as | outweigh | "
            "outweighs | heaviest | above all"
        )
    ):
        yield Claim(told, "shares", "", "", question.id)


def _is_share(told: Told, figure: Figure) -> bool:
    sentence = told.sentence
    over = (
        figure.side in ("over", "least") and figure.kind in ("part", "percent") and sentence.says("marks for | points")
    )
    if not (figure.side in LEVEL or over) or figure.kind == "money" or sentence.has("threshold") or sentence.has("out"):
        return False
    if sentence.has("weight") or (
        sentence.has("mark")
        and sentence.says(
            (
                "of the marks | of the mark | marks for | marks are for | points for | points are for | mark for this "
                "question"
            ),
        )
    ):
        return figure.kind in ("percent", "part") or figure.of_unit(*POINTS)
    if sum(one.of_unit(*POINTS) for one in sentence.figures) > 1 and figure.of_unit(*POINTS):
        return True
    before = sentence.words[max(0, figure.first - 1) : figure.first]
    bare = [one.value for one in sentence.figures if one.unit[:1] == (")",) and one.kind == "number"]
    listed = [one for one in sentence.figures if one.kind in ("percent", "part") and one.side == "exactly"]
    counted = len(sentence.figures) > 2 and sentence.says("count | counts | are worth | carry | weighted")
    if counted and listed and figure.kind in ("percent", "number") and figure.unit[:1] != ("parts",):
        return figure in listed or figure.unit[:1] in ((",",), ("and",))
    if figure in listed and len(listed) > 1 and sentence.has("mark"):
        return True
    if figure.value in bare and len(bare) > 1 and sum(bare) in (*told.criteria.wholes, told.criteria.scale.highest):
        return True
    out_of = figure.of is not None and figure.unit[:1] in ((")",), ("]",))
    return before in (("(",), ("[",), (":",)) and (figure.kind == "percent" or figure.of_unit(*POINTS) or out_of)


NO_MINIMUMS = frozenset({"Rounding", "ScaleMark", "Gate", "Budget", "YearBudget", "ThemeBudget", "ThemeAwards"})
OTHER_UNITS = frozenset(
    [
        "people",
        "member",
        "members",
        "year",
        "years",
        "month",
        "months",
        "day",
        "days",
        "contract",
        "contracts",
        "lot",
        "lots",
        "award",
        "awards",
        "evaluators",
        "assessors",
        "word",
        "words",
        "decimal",
        "place",
        "places",
        "bids",
        "bidders",
        "week",
        "weeks",
        "hour",
        "hours",
        "session",
        "sessions",
        "markers",
        "examples",
        "times",
        "visits",
        "minutes",
        "callers",
        "residents",
    ]
)


def minimums(told: Told) -> Iterator[Claim]:
    """Read the least that a sentence asks of a mark, of quality, or of the total."""
    sentence = told.sentence
    if (
        told.room in NO_MINIMUMS
        or sentence.any("tie")
        or sentence.says("no minimum | no threshold | no pass mark | mean | average | apart | font", EXAMPLE)
    ):
        return
    figures = [one for one in sentence.figures if _speaks_of_scores(told, one)]
    low = [
        one
        for one in figures
        if one.side == "exactly" and _keeps_out(told) and _is_mark(told, one) and not sentence.any("threshold")
    ]
    least = [one for one in figures if one not in low and _is_least(told, one)]
    low = low if not told.asks or _of_marks(told) else []
    if low and not least:
        yield from _least(told, max(low, key=lambda one: one.value), above=True)
    for figure in least:
        yield from _least(told, figure, above=figure.side in ("most", "over"))
    if not figures and _keeps_out(told):
        yield from _by_label(told)


def _of_marks(told: Told) -> bool:
    """Whether a sentence of a question speaks of its marks or of bids, and not of the people who are served."""
    return told.sentence.any("mark", "threshold", "bid") or of_itself(told) or told.sentence.says("get | gets | got")


def _keeps_out(told: Told) -> bool:
    """Whether a sentence says that a bid does not go on."""
    sentence = told.sentence
    return (
        sentence.any("out")
        or sentence.has("not", "onward")
        or sentence.says("ends the | end of the | goes no further")
        or bool(PARTED.search(sentence.spoken))
    )


PARTED = re.compile(r" (?:rule|rules|put|puts|leave|leaves|throw|throws|turn|turns) (?:\w+ ){1,3}(?:out|aside|away) ")


def _is_mark(told: Told, figure: Figure) -> bool:
    marks = told.criteria.scale.marks
    return _target(told, figure)[0] == "minimum_mark" and figure.value in {Fraction(mark) for mark in marks}


def _speaks_of_scores(told: Told, figure: Figure) -> bool:
    """Whether a figure is one of scores: by its unit, by the words around it, or because it is about a question."""
    words, sentence = told.sentence.words, told.sentence
    if figure.kind == "money" or OTHER_UNITS & (set(figure.unit) | {words[figure.last]}):
        return False
    if (
        words[figure.first : figure.last + 1] == ("one",)
        and not figure.of_unit(*POINTS)
        and "or" not in (*words[figure.first - 1 : figure.first], *figure.unit[:1])
    ) or (told.room == "Moderation" and figure.unit[:1] in (("agreed",), ("mark",), ("common",))):
        return False
    near = any(
        abs(at - figure.first) <= 6
        for name in ("mark", "quality", "total", "threshold")
        for at in sentence.meanings.get(name, ())
    )
    itself = of_itself(told) or (figure.kind == "number" and bool(list(questions_named(told))))
    itself = itself or _ends_with_share(told, figure)
    itself = itself or (told.question is not None and sentence.says(GET) and figure.unit[:1] in ((".",), ()))
    return (figure.of_unit(*MARKS, "quality") and near) or near or itself


GET = "must get | need to get | needs to get | have to get | must score | need to score | must earn | get less than"


def _ends_with_share(told: Told, figure: Figure) -> bool:
    """Whether a sentence on which bids go on ends with a share and nothing that it would be a share of."""
    last = {*told.sentence.words[figure.last + 1 :]} - {"or", "and", "above", "more", "over", "better", "higher", "."}
    return figure.kind == "percent" and figure.side == "least" and told.sentence.has("bid", "onward") and not last


def _is_least(told: Told, figure: Figure) -> bool:
    """Whether a sentence makes a figure the least that is enough."""
    sentence = told.sentence
    if told.asks and not (sentence.any("mark", "threshold") or of_itself(told) or sentence.says(GET)):
        return False
    if any(abs(at - figure.first) <= 7 for at in sentence.meanings.get("threshold", ())):
        return True
    if (
        any(0 < figure.first - at <= 6 for at in sentence.meanings.get("need", ()))
        and _keeping(told)
        and figure.side == "exactly"
    ):
        return told.room != "PricePolicy" or sentence.any("out", "onward", "quality")
    return (
        figure.side in ("least", "under", "over", "most")
        and (_keeping(told) or _keeps_out(told))
        and not (
            sentence.has("share_word") and (figure.side != "least" or not sentence.says("must | need to | needs to"))
        )
    )


def _keeping(told: Told) -> bool:
    sentence = told.sentence
    return (
        sentence.any("need", "onward")
        or (sentence.has("outcome") and sentence.says("only | unless | until"))
        or told.room == "AllocationPolicy"
    )


def _target(told: Told, figure: Figure) -> tuple[str, str]:
    """Say of what a figure is the least, and of which question."""
    sentence = told.sentence
    top = told.criteria.scale.highest
    small = figure.kind == "number" and figure.value <= top
    near = sentence.words[max(0, figure.first - 5) : figure.last + 6]
    named = [name for _, name in questions_named(told)]
    if small and named:
        return "minimum_mark", named[0]
    every = sentence.says(
        "any question | each question | every question | all questions | any of the questions | any one "
        "question | both questions"
    )
    if small and told.question is not None and not every:
        return "minimum_mark", told.question.id
    if small and (every or sentence.says("any answer | an answer | every answer | each answer | all answers")):
        return "minimum_mark", EVERY
    quality = [at for at in sentence.meanings.get("quality", ()) if abs(at - figure.first) <= 8]
    total = "total" in near or "overall" in near or "altogether" in near
    if quality and not total:
        return "minimum_quality", ""
    if small and told.room in ("Scale", "Moderation", "ScaleMark"):
        return "minimum_mark", EVERY
    return (
        ("minimum_quality", "") if quality and "total" not in near and "overall" not in near else ("minimum_score", "")
    )


def _least(told: Told, figure: Figure, *, above: bool) -> Iterator[Claim]:
    subject, of = _target(told, figure)
    value = figure.percent
    if subject == "minimum_mark":
        marks = sorted(Fraction(mark) for mark in told.criteria.scale_for(of).marks)
        value = next((mark for mark in marks if mark > value), value) if above else value
    elif figure.of is not None:
        value = 100 * figure.value / figure.of
    elif subject == "minimum_quality" and figure.kind == "number" and figure.of_unit(*POINTS, "quality"):
        available = {told.criteria.whole_of(theme.id) - theme.price_weight for theme in told.themes}
        value = 100 * figure.value / max(available)
    yield Claim(told, subject, value, exact(value), of)


def _by_label(told: Told) -> Iterator[Claim]:
    """Read a minimum by the name of a mark: "an answer marked as Weak or worse"."""
    words, marks = told.sentence.words, sorted(told.criteria.scale.mark, key=lambda one: one.mark)
    for at, point in enumerate(marks[:-1]):
        label = tuple(point.label.lower().split())
        here = [n for n in range(len(words)) if words[n : n + len(label)] == label]
        after = words[here[0] + len(label) : here[0] + len(label) + 2] if here else ()
        if after in (("or", "worse"), ("or", "below"), ("or", "lower")) or (here and _is_marked(told, point.label)):
            value = Fraction(marks[at + 1].mark)
            yield Claim(told, "minimum_mark", value, exact(value), told.question.id if told.question else EVERY)


def _is_marked(told: Told, label: str) -> bool:
    """Whether the name of a mark stands as one: with its capital, within a sentence of a question or of a theme."""
    return f" {label}" in told.sentence.text and told.room in ("Question", "Theme", "Criteria")


def marks_of_the_scale(told: Told) -> Iterator[Claim]:
    """Read what a sentence says of the marks that can be given."""
    sentence = told.sentence
    if not (
        sentence.has("mark")
        or of_itself(told)
        or told.room in ("Scale", "Moderation")
        or sentence.says("point scale | answers are")
    ):
        return
    if (
        sentence.any("threshold", "out", "tie")
        or (sentence.any("weight") and told.room != "Scale")
        or told.room
        in (
            "ScaleMark",
            "Rounding",
            "Gate",
            "PricePolicy",
            "TieBreak",
            "Term",
        )
    ):
        return
    yield from _top(told)
    yield from _steps(told)
    yield from _given(told)
    if sentence.has("half_marks") and not any(clause.denied for clause in sentence.clauses) and _halves(told):
        yield Claim(told, "half_marks", "allowed", "half marks")


STEPS = re.compile(r" (?:in (?:steps|increments|intervals) of|in) (\S+) ")


def _steps(told: Told) -> Iterator[Claim]:
    """Read marks in other steps, "in tens", and a mark between those of the scale, "give it 2.5"."""
    marks = [Fraction(one) for one in told.criteria.scale.marks]
    low, high = min(marks), max(marks)
    said = STEPS.search(told.sentence.spoken)
    step = VALUES.get(said.group(1)) or VALUES.get(said.group(1).removesuffix("s")) if said else None
    step = step or (int(said.group(1)) if said and "of" in said.group() and said.group(1).isdigit() else None)
    if step and told.room in ("Scale", "Moderation") and (high - low) % step == 0:
        yield Claim(told, "number_of_marks", (high - low) / step + 1, f"in steps of {step}")
    whole = all(mark.denominator == 1 for mark in marks)
    for figure in told.sentence.figures if whole and told.sentence.says("give | gives | given | award | mark") else ():
        between = figure.kind == "number" and figure.value.denominator > 1 and low < figure.value < high
        if between and told.room in ("Scale", "Moderation") and figure.unit[:1] in ((), (".",), (";",)):
            yield Claim(told, "half_marks", "allowed", exact(figure.value))


def _halves(told: Told) -> bool:
    """Whether a sentence lets marks stand between those of the scale."""
    sentence = told.sentence
    marked = sentence.says(
        (
            "half mark | half marks | half points | half a mark | a half | in between | decimals | quarter marks | "
            "marks between | intermediate marks | between two marks | fractions of a mark | intermediate scores | "
            "between two descriptors"
        ),
    )
    return (
        marked
        and (
            (sentence.any("may", "modal") and not sentence.says("nothing between | none between | no half | no mark"))
            or sentence.says("are used | is used | are given | are possible | are allowed | permitted")
        )
    ) and not told.asks


def _top(told: Told) -> Iterator[Claim]:
    sentence, words = told.sentence, told.sentence.words
    for figure in sentence.figures:
        before = words[max(0, figure.first - 3) : figure.first]
        after = words[figure.last + 1 : figure.last + 3]
        if figure.kind != "number" or figure.side in ("least", "under", "over") or figure.of is not None:
            continue
        out_of = before[-2:] == ("out", "of") and sentence.any("mark", "bid")
        scale = after[:2] == ("point", "scale") or after[:2] == ("mark", "scale")
        full = before[-1:] in (("full",), ("maximum",), ("all",)) and figure.of_unit(*POINTS) and told.asks
        ranged = before[-1:] in (("to",), ("-",), ("and",)) and _from_mark(told, figure)
        most = figure.side == "most" and sentence.says("score of | mark of | scored | marked") and not told.asks
        most = most or (told.room == "Scale" and bool(HIGHEST.search(" ".join(words[: figure.first]))))
        most = most or (told.room == "Scale" and bool(TOPMOST.match(" ".join(words[figure.last + 1 :]))))
        counted = figure.unit[:1] in (("marks",), ("steps",), ("grades",)) and (
            figure.first == 0 or sentence.says("there are | only the | marks shown")
        )
        if (
            scale
            or (told.room == "Scale" and counted)
            or (
                told.room == "Scale"
                and after[:2] in (("possible", "marks"), ("marks", "in"), ("marks", "are"), ("different", "marks"))
            )
        ):
            yield Claim(told, "number_of_marks", figure.value, exact(figure.value))
        elif out_of or full or ranged or most:
            yield Claim(told, "top_mark", figure.value, exact(figure.value))
            if ranged:
                low = next(one for one in sentence.figures if one.last == figure.first - 2)
                yield Claim(told, "lowest_mark", low.value, exact(low.value))


HIGHEST = re.compile(r"(?:goe?s? up to|(?:top|highest|maximum|best) mark(?: is| of|,| :)?)$")


GIVEN = "score of | scores of | mark of | marks of | mark such | marks such | give | gives | given | the marks are | marks are"
TOPMOST = re.compile(r"^(?:is|are) (?:the|our|always the) (?:top|highest|best|maximum|full)")


def _given(told: Told) -> Iterator[Claim]:
    """Read a mark that the scale does not have: "a mark of 5 is for exceptional answers"."""
    sentence = told.sentence
    if told.room != "Scale" or not sentence.says(GIVEN):
        return
    for figure in sentence.figures:
        before = sentence.words[max(0, figure.first - 1) : figure.first]
        plain = figure.kind == "number" and figure.of is None and figure.side in ("exactly", "most")
        unit = figure.unit[:1] in ((), (".",), (",",), (";",), ("and",), ("or",), ("can",), ("is",), ("may",), ("are",))
        if plain and unit and before in (("of",), ("as",), (",",), ("and",), ("or",), ("give",), ("a",), ("are",)):
            yield Claim(told, "a_mark", figure.value, f"a mark of {exact(figure.value)}")


def _from_mark(told: Told, figure: Figure) -> bool:
    """Whether a figure ends a range that begins with another: "from 0 to 5", "between one and four"."""
    sentence = told.sentence
    first = [
        one for one in sentence.figures if one.last == figure.first - 2 and one.kind == "number" and one.value in (0, 1)
    ]
    return bool(first) and (
        told.room in ("Scale", "Moderation")
        or sentence.has("mark")
        or sentence.says("given between | scale of | scale from")
    )
