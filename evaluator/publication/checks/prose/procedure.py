"""What sentences say of price, rounding, ties, the panel, words, money, time and awards."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact, questions_named
from evaluator.publication.checks.prose.figures import CLOCK, DENIED, MONTHS, Figure
from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import Told
from evaluator.records import dates

BASES: tuple[tuple[str, str], ...] = (
    (
        "first_year",
        (
            "first year | year one | year 1 | first year's | opening year | one year's price | first twelve "
            "months | first 12 months | initial year | first years | cost for one year | service for one year | "
            "in one year | a single year | one year alone | only one year | the opening twelve"
        ),
    ),
    (
        "unit_cost",
        (
            "per head | per person | per learner | per client | per user | per session | per hour | per visit | "
            "per participant | per case | unit cost | unit price | unit costs | hourly rate | hourly rates | "
            "daily rate | day rate | for each person | price of a session | price of an hour | cost of a session | cost of an hour | for each learner | each hour | for each hour | for each "
            "session | for each client | per unit"
        ),
    ),
    (
        "yearly",
        (
            "yearly price | annual price | annual cost | price per year | cost per year | price for each year | "
            "cost for each year | yearly cost | price a year | per annum | cost of a year | annual sum | average "
            "yearly | average annual | annual charge | yearly charge | annual fee | each year's price | one "
            "year's cost | cost of one year | average of the annual | average of the yearly | mean of the "
            "annual | annual contract | yearly contract | annual value | yearly sum | annual total | yearly "
            "total | annual amount | yearly amount | divided by the number of years | divided by two before | "
            "divided by "
            "three | divided by four | divided by five | price of a year | price of one year"
        ),
    ),
    ("discounted", "discounted | present value | discount rate | net present | discounting"),
    (
        "indexed",
        (
            "add inflation | inflation added | adding inflation | inflation of | uplifted for inflation | "
            "adjusted for "
            "inflation | allowance for inflation | indexed before | indexed prior | inflated by"
        ),
    ),
    (
        "whole_life",
        (
            "whole life | sum of all years | sum of both years | sum for both | sum for the | sum of the | both years together | over the whole | prices of all |  all years | years' prices | prices of all | "
            "total price | whole term | whole contract | full term | added up | total cost | life of the contract"
        ),
    ),
)
FITS = {
    "unit_cost": {"unit_cost", "whole_life"},
    "yearly": {"yearly", "whole_life"},
    "whole_life": {"whole_life"},
    "discounted": {"discounted", "whole_life"},
}
METHODS_SAID: tuple[tuple[str, str], ...] = (
    ("per_point", "price divided by quality | divided by quality score | divided by the quality | price for each point"),
    (
        "ratio",
        (
            "times the lowest | x lowest | × lowest | x the lowest | × the lowest | times lowest | a proportion of | ratio of the lowest | its share | in proportion | pro rata | proportionately | divided by the price | lowest price / its price | "
            "divided by the bid's | inverse proportion | divided by its"
        ),
    ),
    (
        "rank",
        (
            "rank order of | second lowest | next lowest gets | third lowest | second cheapest | by its place | "
            "place in the "
            "order of price"
        ),
    ),
    (
        "fixed",
        (
            "gets all the price points | under our budget | below our budget | within our budget | within the "
            "budget gets | same price points | all bids within budget | "
            "full price points if | pass or fail on price"
        ),
    ),
    (
        "limits",
        "against the budget | against a maximum | at the budget gets | against the maximum | against our budget",
    ),
    ("steps", "in steps | in bands | price bands | banded"),
    (
        "line",
        (
            "twice the lowest price | twice the lowest | double the lowest | straight line | sliding scale | linearly | to zero at | to nought at | "
            "linear | dearest none | highest none | highest price none | dearest nought | most expensive none | dearest bid gets nothing | dearest gets nothing | highest gets nothing | "
            "highest price gets nothing | dearest bid gets none | dearest gets none | highest gets none | dearest bid "
            "earns nothing | dearest earns nothing | dearest scores nothing | dearest bid scores nothing"
        ),
    ),
    (
        "mean",
        (
            "average of all | mean of all | average price | mean price | mean of the bids | average of the bids | "
            "distance to the average | from the average | from the mean | the average bid"
        ),
    ),
    (
        "percent",
        (
            "per cent above the lowest | % above the lowest | percent above the lowest | per cent above the "
            "cheapest | % above the cheapest | percent above the cheapest | per cent dearer | % dearer | for "
            "every percentage point | for each percentage point | for every per cent | for "
            "each per cent | for every percent | for each percent"
        ),
    ),
    (
        "none",
        ("price is not scored | price carries no points | cheapest wins | lowest price wins | price is not evaluated"),
    ),
)
FAMILIES = {
    "per_point": ("price_per_quality_point", "value_for_money"),
    "ratio": (
        "lowest_price_ratio",
        "qcbs",
        "georgia_ratio",
        "french_classic",
        "spain_proportional",
        "discount_ratio",
        "price_per_quality_point",
        "value_for_money",
    ),
    "line": (
        "linear_above_lowest",
        "range",
        "fixed_limits",
        "linear_whole_points",
        "pppfa",
        "french_linear",
        "consip_range",
        "weighted_score_limits",
        "bilinear_discount",
    ),
    "mean": ("mean_deviation", "graduated_to_inflection", "bilinear_discount", "narbona", "normalised_both_sides"),
    "percent": ("linear_above_lowest", "linear_whole_points", "pppfa", "french_linear", "mean_deviation", "narbona"),
    "none": (),
    "rank": ("ranking_points",),
    "limits": ("fixed_limits", "weighted_score_limits", "damped_discount", "discount_ratio", "bilinear_discount"),
    "steps": (),
    "fixed": (),
}


def prices(told: Told) -> Iterator[Claim]:
    """Read which price is scored, and by which method."""
    sentence = told.sentence
    policy = told.room == "PricePolicy"
    if told.asks or not (
        policy
        or (
            (sentence.has("price") and sentence.any("mark", "weight"))
            or sentence.says("best on price | does best | wins | compared | judged | comparison | assessed | basis | compare | set against")
        )
    ):
        return
    yield from _bases_said(told)
    if policy or sentence.has("price"):
        yield from _methods_said(told)


def _bases_said(told: Told) -> Iterator[Claim]:
    affirmed = [clause for clause in told.sentence.clauses if not clause.denied]
    said = [name for name, phrases in BASES if any(_before_not(clause, phrases) for clause in told.sentence.clauses)]
    if "discounted" in said and not any(
        c.says("year | years | present value | present | discount rate | a year") for c in affirmed
    ):
        said.remove("discounted")
    if told.sentence.says("years 1 to | years one to | first two years | first three years | first 2 years"):
        said = ["first_year"]
    policies = (told.criteria.price_policy(theme.id) for theme in told.themes)
    for basis in sorted({one.basis for one in policies if one}) if said else ():
        wrong = [one for one in said if one not in FITS[basis]]
        if basis in said and not wrong:
            yield Claim(told, "basis", basis, basis.replace("_", " "))
        if wrong and not (basis in said and "first_year" not in said):
            yield Claim(told, "basis", wrong[0], wrong[0].replace("_", " "))
            return


def _before_not(clause: Passage, phrases: str) -> bool:
    """Whether a clause says one of the phrases with no "not" before it: "the price for each person, not the total"."""
    if not clause.denied:
        return clause.says(phrases)
    first = min(clause.meanings.get("not", (0,)))
    return clause.within(0, first).says(phrases)


def _methods_said(told: Told) -> Iterator[Claim]:
    sentence = told.sentence
    method = (
        "percent"
        if any(_per_cent_dearer(sentence, one) for one in sentence.figures)
        else next(
            (name for name, phrases in METHODS_SAID if any(clause.says(phrases) for clause in sentence.clauses)), ""
        )
    )
    if (
        method
        and not sentence.any("threshold")
        and not sentence.says(
            (
                "abnormally | below the mean | looked at | under the mean | below the average | half the average | "
                "times the average"
            ),
        )
    ):
        yield Claim(told, "price_method", method, METHOD_WORDS[method])


def _per_cent_dearer(sentence: Passage, figure: Figure) -> bool:
    """Whether points are lost by the percent that a price is above the lowest."""
    after = set(sentence.words[figure.last + 1 : figure.last + 9])
    return (
        figure.kind == "percent"
        and bool(after & {"dearer", "above", "over", "costlier", "more"})
        and bool(after & {"cheapest", "lowest"})
    )


METHOD_WORDS = {
    "per_point": "the price for each point of quality",
    "ratio": "the lowest price divided by each",
    "line": "a straight line",
    "mean": "the distance to the mean",
    "percent": "points lost for each per cent",
    "none": "no points for price",
    "rank": "points by the order of prices",
    "limits": "points by the distance to a limit",
    "steps": "points in steps",
    "fixed": "the same points for all",
}


def taxes(told: Told) -> Iterator[Claim]:
    """Read whether prices are with VAT, without it, or either."""
    sentence = told.sentence
    if (
        not sentence.has("vat")
        or told.asks
        or not (
            sentence.any("price", "bid")
            or told.room == "PricePolicy"
            or sentence.says("sums | figures | amounts | quoted | costs | budgets | budget | bids")
        )
    ):
        return
    at = sentence.meanings["vat"][0]
    near = set(sentence.words[max(0, at - 5) : at])
    without = bool(
        near & {"without", "exclude", "excludes", "excluding", "exclusive", "excl", "net", "excluded", "ex"}
    ) or sentence.says("vat is excluded | vat is not included | excludes vat")
    with_ = bool(
        near & {"with", "include", "includes", "including", "inclusive", "incl", "gross", "plus"}
    ) or sentence.says("vat is included")
    without = without or sentence.says("net of vat | ex vat | without vat | excluding vat | exclusive of vat")
    with_ = with_ or sentence.says("with vat | including vat | inclusive of vat | plus vat | gross of vat")
    open_ = (with_ and without) or (
        sentence.any("either")
        and (sentence.says("whether | or not | leave it out | either") or (with_ and sentence.says("may | can")))
    )
    if open_:
        yield Claim(told, "vat", "open", "with VAT or without")
    elif with_ != without:
        yield Claim(told, "vat", "with" if with_ else "without", "with VAT" if with_ else "without VAT")


def roundings(told: Told) -> Iterator[Claim]:
    """Read to how many places, which way and at which point numbers are rounded."""
    sentence = told.sentence
    if (
        told.asks
        or (told.room == "Scale" and "rounded" not in sentence.words)
        or not (told.room == "Rounding" or sentence.says(ROUNDED))
    ):
        return
    for figure in sentence.figures:
        if (
            figure.of_unit("decimal", "dp")
            or (told.room == "Rounding" and figure.of_unit("place"))
            or figure.unit[:2] == ("d", ".")
            or figure.unit[:3] == ("places", "of", "decimals")
        ):
            yield Claim(told, "places", figure.value, exact(figure.value))
    yield from _steps_of_rounding(told)
    for mode, phrases in MODES:
        if any(clause.says(phrases) and not clause.denied for clause in sentence.clauses):
            yield Claim(told, "mode", mode, mode.replace("_", " "))
            break
    for point, phrases in POINTS_SAID:
        if sentence.says(phrases) and not sentence.says("rounded again | rounded twice"):
            yield Claim(told, "point", point, POINT_WORDS[point])
            break


ROUNDED = (
    "rounded | decimal | decimals | decimal places | whole number | whole numbers | whole points | whole point"
)


def _steps_of_rounding(told: Told) -> Iterator[Claim]:
    """Read places that are said without their number: whole points, the nearest half, what is past a decimal."""
    sentence = told.sentence
    if sentence.says(
        "whole number | whole numbers | whole point | whole points | integer | fractions of a point | no decimal places | "
        "without decimals | no decimals"
    ):
        yield Claim(told, "places", Fraction(0), "0")
    if sentence.says(
        "nearest half | nearest quarter | nearest ten | nearest five | nearest 5 | nearest 10 | half point"
    ):
        yield Claim(told, "places", "to another step", "another step")
    for places, decimal in enumerate(("first decimal", "second decimal", "third decimal"), start=1):
        if sentence.says(decimal) and sentence.says("past | after"):
            yield Claim(told, "places", Fraction(places), str(places))


MODES = (
    (
        "down",
        (
            "cut off | chop off | truncated | rounded down | dropped | ignored | disregarded | round down | "
            "rounding down | "
            "chopped | lopped | discarded | truncate | always down | left off | left out | thrown away | not "
            "counted | taken off | struck off | everything down | all down | each down | it down | them down | totals down | scores down"
        ),
    ),
    ("half_even", "nearest even | half even | to even | bankers | banker's | even digit"),
    (
        "half_up",
        (
            "half up | half upwards | half away from nought | half away from zero | halves up | halves upwards | "
            "half rounded up | a half is rounded up | half goes up | 5 upwards | halves go up | halves are "
            "rounded up"
        ),
    ),
    ("up", "rounded up | always up | next whole | rounding up | round up | rounded upwards"),
)
POINTS_SAID = (
    (
        "total",
        (
            "only final totals | final totals are rounded | only the final total | only the total | only "
            "that total | until the total | total alone is rounded | only once at the end | "
            "only the final | until the end | only totals are rounded | final total is rounded | rounded only at "
            "the end"
        ),
    ),
    (
        "shown",
        (
            "rest on what is shown | on the rounded figures | what is shown decides | rounded figures decide | on "
            "the figures shown"
        ),
    ),
    (
        "display",
        (
            "is not rounded | are not rounded | never rounded | do not round | does not round | nothing is "
            "rounded | rest on the exact | exact figures | exact totals "
            "| unrounded"
        ),
    ),
    (
        "parts",
        (
            "each part once | each rounded once | each part is rounded | parts are rounded | each score is "
            "rounded | each question is rounded"
        ),
    ),
)
POINT_WORDS = {
    "total": "only the total is rounded",
    "display": "ranks rest on exact figures",
    "parts": "each part is rounded once",
    "shown": "ranks rest on what is shown",
}


def ties(told: Told) -> Iterator[Claim]:
    """Read in which order things decide between equal totals."""
    sentence = told.sentence
    room = told.room == "TieBreak"
    if not (room or sentence.any("tie") or sentence.says("end with the same total | dead heat")) or (
        sentence.says("mark | marks") and told.room == "Moderation"
    ):
        return
    if told.asks and not sentence.says("same total | tie | tied | equal totals | level"):
        return
    if (
        sentence.says(
            (
                "equal weight | equal treatment | treated equally | weighted equally | equally weighted | equal parts "
                "| equal opportunities | equality"
            ),
        )
        and not room
    ):
        return
    steps: dict[str, int] = {}
    for at, name in sorted((*_steps(told), *((at, f"question:{name}") for at, name in questions_named(told)))):
        steps.setdefault(name, at)
    named = {name for name in steps if name.startswith("question:")}
    if told.question is not None and not steps and sentence.says("decides | decide | settles | used"):
        steps[f"question:{told.question.id}"] = 0
    ordered = tuple(sorted(steps, key=lambda name: (steps[name], name)))
    if not ordered and not room and not sentence.denied and sentence.says(SETTLES) and told.room != "Moderation":
        ordered = ("otherwise",)
    if (ordered and (room or "tie" in sentence.meanings)) or (named and ordered):
        yield Claim(
            told,
            "tie_break",
            ordered,
            "; then ".join(STEP_WORDS.get(one, one.replace("question:", "the mark for ")) for one in ordered),
        )


SETTLES = "wins | is preferred | is taken | comes first | goes first | is chosen | gets it | is funded | is awarded | prevails"
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
            for at in clause.meanings.get(meaning, ())[:1]:
                dear = clause.words[at] in ("dear", "dearer", "dearest") or clause.words[max(0, at - 1) : at] in (
                    ("higher",),
                    ("highest",),
                )
                yield first + at, "higher_price" if step == "lower_price" and dear else step
        yield from ((first + at, step) for at, step in _by_people(clause))


def _by_people(clause: Passage) -> Iterator[tuple[int, str]]:
    """Give the steps by which equals are told apart otherwise than by what they scored."""
    if clause.any("power", "panel") and clause.has("final") and clause.says("decision of | choice of | word of"):
        yield clause.meanings["final"][-1], "person"
    if clause.any("power", "panel") and clause.has("decides") and not clause.says("head to"):
        yield clause.meanings["decides"][-1], "person"
    if clause.any("again") and clause.any("price", "bid") and clause.any("invite", "modal"):
        yield 0, "again"
    if clause.says(
        (
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


def panels(told: Told) -> Iterator[Claim]:
    """Read how many people mark."""
    sentence = told.sentence
    by_people = sentence.has("panel") or (
        sentence.has("mark") and sentence.says("by | of us | score | scores | mark | marks | read | reads")
    )
    if (
        told.asks
        or told.room not in PANELS_SAID
        or not by_people
        or sentence.says("interest | recused | stands aside | must agree | apart")
    ):
        return
    counts = [
        one.value
        for one in sentence.figures
        if one.kind == "number"
        and (one.of_unit(*PEOPLE) or sentence.words[max(0, one.first - 2) : one.first] == ("panel", "of"))
    ]
    if sentence.says(
        (
            "single assessor | single evaluator | single officer | sole assessor | one person | single person | lone "
            "evaluator | single marker | single reader"
        ),
    ):
        counts.append(Fraction(1))
    if counts and (sentence.any("mark") or told.room in ("Moderation", "Scale")):
        yield Claim(told, "evaluators", tuple(map(exact, counts)), " or ".join(map(exact, counts)))


PANELS_SAID = frozenset({"Moderation", "Scale", "Theme", "Criteria", "AllocationPolicy", "Question"})
PEOPLE = (
    "evaluator",
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
    "us",
)


def apart(told: Told) -> Iterator[Claim]:
    """Read how far marks must be apart to be talked about."""
    for figure in told.sentence.figures if told.sentence.says("apart") and told.sentence.has("mark") else ():
        near = told.sentence.words[max(0, figure.first - 4) : figure.last + 4]
        people = bool(figure.unit) and figure.unit[0].rstrip("s") in PEOPLE
        if people or "apart" not in near:
            continue  # "two officers mark apart from each other"
        yield Claim(told, "spread_trigger", figure.value, exact(figure.value))


def lengths(told: Told) -> Iterator[Claim]:
    """Read how many words an answer may have."""
    sentence = told.sentence
    if told.question is None and not (
        told.room in ("Theme", "Criteria", "Term") and sentence.says("answer | answers | question | questions")
    ):
        return
    for figure in sentence.figures:
        limit = (
            figure.side != "exactly"
            or told.text.key == "text"
            or sentence.says("limit | maximum | you have | word limit | word count | no longer")
            or sentence.words[figure.last + 1 : figure.last + 3] == ("word", "limit")
        )
        named = bool(
            {"word", "words"} & set(sentence.words[max(0, figure.first - 4) : figure.first])
        ) and sentence.says("word limit | words | number of words | word count | limit")
        if figure.kind == "number" and (figure.of_unit("word") or named) and limit and figure.side not in ("least",):
            yield Claim(
                told, "word_limit", figure.value, exact(figure.value), told.question.id if told.question else ""
            )


def pages(told: Told) -> Iterator[Claim]:
    """Read how many pages an answer may have, where words are counted."""
    sentence = told.sentence
    limited = told.question is not None and any(
        told.criteria.word_limit(told.question, one.id) for one in told.themes
    )
    if told.question is None or not (
        sentence.says("answer | answers | response | responses | write | reply | replies")
        or (limited and sentence.says("keep it | keep to | use"))
    ):
        return
    for figure in sentence.figures:
        if figure.of_unit("side", "page", "a4") and (
            figure.side in ("most", "under", "over") or (limited and figure.side != "least" and told.text.key == "text")
        ):
            yield Claim(told, "word_limit", f"{exact(figure.value)} pages", f"{exact(figure.value)} pages")


def budgets(told: Told) -> Iterator[Claim]:
    """Read how much money there is."""
    sentence = told.sentence
    if told.asks or told.room in ("Term", "Tier", "ScaleMark", "Question"):
        return
    rule = told.room in ("Budget", "YearBudget", "ThemeBudget")
    speaks = sentence.says(
        (
            "there is | there are | given out | we have | is worth | hand out | handed out | share out | budget | "
            "available | pot | envelope | set aside | shared out | to be shared | to award | to spend | to give out | "
            "to be given | fund of | programme has | total value | funding | can spend | will spend | may spend "
            "| value of "
            "the contract | contract value | estimated value | estimated at | contract is worth | money for this"
        ),
    )
    past = sentence.says("last year | last round | had | spent | was | were | spends")
    rule = rule and told.text.key == "title"
    for figure in sentence.figures if (speaks or rule) and not past else ():
        if figure.kind == "money" and not sentence.says("each | per bid | for each | themes 2 and 3 share"):
            yield Claim(told, "budget", figure.value, f"£{exact(figure.value)}")


def terms(told: Told) -> Iterator[Claim]:
    """Read how many years contracts run."""
    sentence = told.sentence
    if (
        told.asks
        or not sentence.says(
            (
                "contract | contracts | term | run for | funding lasts | agreement | agreements | grants run | "
                "services run | service runs | will run | will last | for the next | partner for | provider for | "
                "award is for | paid for | arrangement | funding is | grant is | grants are | funded for "
                "| partnership"
            ),
        )
        or sentence.says("kept for | experience | accounts")
    ):
        return
    if sentence.any("bidder") and sentence.says("held a contract | past | last"):
        return
    years = [
        replace(one, value=one.value / 12) if one.of_unit("month") else one
        for one in sentence.figures
        if (one.of_unit("year") or (one.of_unit("month") and one.value >= 12 and sentence.says("term | contract")))
        and one.kind == "number"
        and one.side in ("exactly", "most")
    ]
    if years and sentence.says(
        (
            "last | lasts | run | runs | term | length | for | year contract | year contracts | in all | initial | "
            "next | over"
        ),
    ):
        yield Claim(told, "years", years[0].value, exact(years[0].value))


def days(told: Told) -> Iterator[Claim]:
    """Read dates of the timetable."""
    sentence = told.sentence
    subject = next((key for key, phrases in DATES if sentence.says(phrases)), "")
    if told.asks or not subject or told.room == "Procurement":
        return
    for at in range(len(sentence.words)):
        said = _day(sentence.words[at : at + 5])
        if said:
            yield Claim(told, subject, dates.read_day(said) or said, said)
            return


def _day(words: tuple[str, ...]) -> str:
    """Give the day with which some words begin, as people write it; empty where they begin with none."""
    day, month, year, after = (*(one for one in words if one not in ORDINALS), "", "", "", "")[:4]
    if not DAY.fullmatch(day) or month not in MONTHS or not YEAR.fullmatch(year):
        return ""
    if len(year) == 2 and after in (*CLOCK, ":"):
        return ""  # "26 February 12 noon"
    return f"{int(day)} {dates.MONTHS[dates.month_of(month) - 1]} {year if len(year) > 2 else f'20{year}'}"


ORDINALS = frozenset({"st", "nd", "rd", "th"})
DAY, YEAR = re.compile(r"[0-9]{1,2}"), re.compile(r"[0-9]{2}|[0-9]{4}")
DATES = (
    (
        "questions_close",
        (
            "day for questions | questions close | clarification questions | questions by | questions must | ask "
            "questions until | last questions"
        ),
    ),
    (
        "tenders_close",
        (
            "tenders close | bids close | closing date | must reach us | deadline | submitted by | must be in by "
            "| bids are due | returned by | bids by | closes on | closing time | arrive by | with us by | in by | "
            "reach the council by | sent by | hand in | received by"
        ),
    ),
    (
        "starts",
        (
            "work begins | work starts | work will begin | work will start | start date | commence | commences | "
            "delivery starts | delivery begins | go live | goes live | in place from | contracts start | contract "
            "starts | services start | service starts | contracts begin | contract begins | start on | services "
            "begin | starts on | begin on"
        ),
    ),
    ("decision", ("decision is made on | will be decided on | cabinet decides on | award decision | decided on")),
)


AWARD_METHODS = (
    (
        "cheapest",
        (
            "tender with the lowest price | bid with the lowest price | lowest priced tender | lowest priced "
            "bid | lowest price "
            "that meets | cheapest first | lowest price first | order of their price | order of price | order "
            "of cost | cost "
            "least are funded first | cheapest bids first | lowest cost first | cheapest are funded first | "
            "starting with the cheapest"
        ),
    ),
    (
        "priority stop",
        (
            "nothing more is awarded | we stop | stops at the first | stop at the first | no further awards | no "
            "lower bid | awards end"
        ),
    ),
    (
        "priority skip",
        (
            "next bid that fits | next that fits | next one that fits | is skipped | are skipped | skipping | "
            "next affordable"
        ),
    ),
    (
        "priority",
        (
            "budget is exhausted | money is exhausted | funds are exhausted | until the budget | until the "
            "money | until the funds | "
            "scoring bids are funded first | scores are funded first | first past | down the ranking | down "
            "the list | list down | from the top of the list | until the money runs out | "
            "until the money is spent | until the budget is spent | strict order | strictly in order | order of "
            "their totals | order of totals | order of score | order of their scores | order of rank | rank order "
            "| highest scoring first | highest total first | best first | until funds run out | until the funds "
            "run out"
        ),
    ),
    (
        "optimise",
        (
            "greatest sum | highest sum | greatest total score | most points in all | most points together | best combination | best set | best sum | combination with the | set "
            "with the | largest sum | highest combined"
        ),
    ),
)


def award_methods(told: Told) -> Iterator[Claim]:
    """Read how the money is divided among bids."""
    sentence = told.sentence
    if (
        told.asks
        or told.room in ("TieBreak", "Moderation", "Rounding", "PricePolicy", "MeritOrder", "ReserveList", "Term")
        or not sentence.any("onward", "bid", "outcome")
    ):
        return
    said = next(
        (
            name
            for name, phrases in AWARD_METHODS
            if any(not clause.denied and clause.says(phrases) for clause in sentence.clauses)
        ),
        "",
    )
    if not said and sentence.says("cheapest | lowest priced | least expensive") and sentence.says("first"):
        said = "" if sentence.any("tie", "not") else "cheapest"
    if not said:
        said = next(
            (
                name
                for name, phrases in AWARD_METHODS[1:3]
                if sentence.says(phrases) and sentence.says("fit | afford | affordable | budget | money")
            ),
            "",
        )
    if said:
        yield Claim(told, "award_method", said, said)


def low_prices(told: Told) -> Iterator[Claim]:
    """Read from where on a price is abnormally low."""
    sentence = told.sentence
    words = sentence.words
    if told.asks or not (sentence.has("price") or sentence.says("bid | bids | abnormally | offers")):
        return
    vague = (
        "too cheap | too low | suspiciously low | suspiciously cheap | unrealistically low | unrealistically cheap | "
        "unsustainably low | unusually low | unusually cheap | abnormally cheap | abnormally low | implausibly low"
    )
    policies = [one for theme in told.themes if (one := told.criteria.price_policy(theme.id))]
    tested = any(one.below_mean is not None or one.below_next is not None for one in policies)
    if sentence.says(vague) and sentence.has("out") and not (sentence.figures or tested):
        yield Claim(told, "below_mean", "by no figure", "a price that looks too low")
    for figure in sentence.figures:
        after = words[figure.last + 1 : figure.last + 8]
        below = {"below", "under", "beneath", "lower", "less"} & set(after[:4])
        of_mean = {"mean", "average"} & set(after)
        next_one = "next" in after
        half = (figure.kind == "part" and after[:2] in (("the", "average"), ("the", "mean"))) or after[:3] in (
            ("of", "the", "average"),
            ("of", "the", "mean"),
        )
        if figure.kind in ("percent", "part") and ((below and (of_mean or next_one)) or half):
            value = 100 - figure.percent if half else figure.percent
            yield Claim(told, "below_next" if next_one and not of_mean else "below_mean", value, f"{exact(value)}%")


def limits_on_awards(told: Told) -> Iterator[Claim]:
    """Read how many awards one organisation, or a theme, may have."""
    sentence = told.sentence
    if told.room == "Gate" or not sentence.says(
        (
            "contract | contracts | lot | lots | award | awards | grant | grants | themes | theme | areas | "
            "successful "
            "| once | one of them | one of these | preferred one"
        ),
    ):
        return
    for figure in _caps(told):
        side = DENIED[figure.side] if _denied_before(sentence, figure) else figure.side
        per_bidder = sentence.any("bidder") or sentence.says("nobody | no one | anyone | each | win | you | apply")
        in_theme = sentence.says(
            (
                "in a lot | in any lot | in any theme | in each theme | per theme | let in | the lot has | "
                "this theme | this lot | in a theme "
                "| in each lot | in this"
            ),
        )
        if in_theme or not per_bidder:
            yield from _of_theme(told, figure, side)
        elif side in ("most", "under", "exactly", "over"):
            yield Claim(told, "organisation_awards", figure.value, exact(figure.value))
            return
    if (
        not sentence.figures
        and sentence.any("bidder", "if")
        and sentence.says(
            (
                "once only | only once | only your preferred | preferred one | one of them | only win one | just one | win once "
                "| only one"
            ),
        )
    ) and not any(clause.denied for clause in sentence.clauses):
        yield Claim(told, "organisation_awards", Fraction(1), "1")


def _caps(told: Told) -> Iterator[Figure]:
    sentence = told.sentence
    nouns = ("contract", "lot", "award", "grant", "theme", "area", "time")
    for figure in sentence.figures:
        near = figure.of_unit(*nouns) or (
            sentence.says("maximum number | number of awards | number of contracts | number of lots")
            or figure.unit[:2] in (("of", "them"), ("of", "these"))
        )
        if (
            figure.kind == "number"
            and near
            and not sentence.says("last year | years ago | in 2019 | experience | held | apply for up to")
        ):
            yield figure


def _of_theme(told: Told, figure: Figure, side: str) -> Iterator[Claim]:
    lets = told.sentence.says(
        ("let | expect to make | will be | are made | awards are | make | award | fund | has | have | has between"),
    )
    if figure.of_unit("contract", "award", "grant") and lets and side in ("most", "least", "exactly") and not told.asks:
        yield Claim(told, "theme_awards", figure.value, exact(figure.value))


def _denied_before(sentence: Passage, figure: Figure) -> bool:
    return any(at < figure.first for at in sentence.meanings.get("not", ())) and figure.side in ("over", "under")
