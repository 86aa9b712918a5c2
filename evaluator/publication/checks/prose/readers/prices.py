"""What sentences say of prices: which is scored, by which method, with VAT or without, and when it is too low."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.figures import Figure
from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import Told

BASES: tuple[tuple[str, str], ...] = (
    (
        "first_year",
        (
            "first year | year one | year 1 | first contract year | first financial year | first year's | "
            "opening year | one year's price | first twelve "
            "months | first 12 months | initial year | first years | cost for one year | service for one year | "
            "in one year | a single year | one year alone | only one year | the opening twelve"
        ),
    ),
    (
        "unit_cost",
        (
            "per head | per person | per learner | per client | per user | per session | per hour | per visit | "
            "for an hour | for a session | for a visit | "
            "per participant | per case | unit cost | unit price | unit costs | hourly rate | hourly rates | "
            "daily rate | day rate | for each person | price of a session | price of an hour | "
            "cost of a session | cost of an hour | for each learner | each hour | for each hour | for each "
            "session | for each client | per unit"
        ),
    ),
    (
        "yearly",
        (
            "in a full year | yearly price | annual price | annual cost | price per year | cost per year | "
            "price for each year | cost for each year | yearly cost | price a year | per annum | "
            "cost of a year | annual sum | average "
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
            "whole life | sum of all years | sum of both years | sum for both | sum for the | sum of the | "
            "both years together | for both years | for all years | all three years | all four years | "
            "all five years | three years together | over the whole | prices of all | years' prices | "
            "total price | whole term | whole contract | full term | added up | total cost | total sum | "
            "contract sum | whole sum | whole price | life of the contract"
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
    (
        "per_point",
        "price divided by quality | divided by quality score | divided by the quality | price for each point",
    ),
    (
        "ratio",
        (
            "times the lowest | x lowest | × lowest | x the lowest | × the lowest | times lowest | "
            "a proportion of | inversely proportional | ratio of the lowest | its share | in proportion | "
            "pro rata | proportionately | "
            "divided by the price | lowest price / its price | "
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
        ("straight line | sliding scale | linearly | to zero at | to nought at | linear"),
    ),
    (
        "dearest",
        (
            "highest receives none | highest receives no | dearest none | highest none | highest price none | dearest "
            "nought | most expensive none | "
            "highest price submitted earns no | dearest price gets nought | dearest price gets no | "
            "highest price earns no | highest price gets no | dearest price earns no | highest price submitted gets no"
            " | "
            "dearest bid gets nothing | dearest gets nothing | highest gets nothing | "
            "highest price gets nothing | dearest bid gets none | dearest gets none | highest gets none | dearest bid "
            "earns nothing | dearest earns nothing | dearest scores nothing | dearest bid scores nothing"
        ),
    ),
    ("twice", "twice the lowest price | twice the lowest | double the lowest | double that price"),
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
        (
            "price is not scored | price carries no points | cheapest wins | lowest price wins | price is not "
            "evaluated | price is not considered | price plays no part | price does not count | price does not form "
            "part | price is not assessed | price is not part | cost is not part | cost is not considered | "
            "cost plays no part | "
            "not assessed on price | not judged on price | money does not come into it | price does not come into it"
        ),
    ),
)


RATIO = (
    "lowest_price_ratio",
    "qcbs",
    "georgia_ratio",
    "french_classic",
    "spain_proportional",
    "discount_ratio",
    "price_per_quality_point",
    "value_for_money",
)
FAMILIES = {
    "dearest": ("range", "consip_range", "french_linear", "bilinear_discount"),
    "twice": (
        "linear_above_lowest",
        "linear_whole_points",
        "french_linear",
        "pppfa",
        "fixed_limits",
        "weighted_score_limits",
        *RATIO,
    ),
    "per_point": ("price_per_quality_point", "value_for_money"),
    "off_per_point": ("award_on_value", "monetised_willingness_to_pay", "gunnen_op_waarde"),
    "ratio": RATIO,
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
    "pounds": (),
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
            or sentence.says(
                "best on price | does best | wins | compared | judged | comparison | assessed | basis | compare | "
                "set against | evaluated | divide | divided | multiply | multiplied | evaluation | come into it"
            )
        )
    ):
        return
    yield from _bases_said(told)
    if policy or sentence.has("price") or sentence.says("money does not come"):
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
    denied = [name for name, phrases in BASES if any(one.denied and one.says(phrases) for one in told.sentence.clauses)]
    policies = (told.criteria.price_policy(theme.id) for theme in told.themes)
    for basis in sorted({one.basis for one in policies if one}) if said else ():
        wrong = [one for one in said if one not in FITS[basis] or (basis in denied and basis not in said)]
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
    method = "percent" if any(_per_cent_dearer(sentence, one) for one in sentence.figures) else _family(told)
    if (
        method
        and not sentence.any("threshold")
        and not sentence.says(
            (
                "abnormally | below the second | below the next | under the second | under the next | "
                "below the mean | looked at | under the mean | below the average | half the average | "
                "times the average"
            ),
        )
    ):
        yield Claim(told, "price_method", method, METHOD_WORDS[method])


def _family(told: Told) -> str:
    """Give the family of methods that a sentence speaks of: of several, one that is applied before any other."""
    said = [name for name, phrases in METHODS_SAID if any(one.says(phrases) for one in told.sentence.clauses)]
    said += [name for name, shape in SHAPES if shape.search(told.sentence.spoken)]
    methods = {one.method for theme in told.themes if (one := told.criteria.price_policy(theme.id)) is not None}
    return next((name for name in said if methods & set(FAMILIES[name])), next(iter(said), ""))


OWN = r"(?:its own|its|it|their own|theirs|their|your own|yours|your|each|the bid's|that)"
SHAPES = (
    (
        "pounds",
        re.compile(
            r" (?:every|each|per) (?:£ )?(?:[\w,]+ ){1,2}(?:pounds? )?(?:above|over|more than|dearer than) "
            r"(?:the )?(?:lowest|cheapest)(?! \w+ per) "
        ),
    ),
    ("none", re.compile(r" (?:cost|price) (?:decides|comes|counts) first |only then (?:\w+ ){0,2}quality ")),
    (
        "mean",
        re.compile(r" (?:by reference to|against|distance from|compared with) the (?:mean|median|average)(?: of)? "),
    ),
    (
        "dearest",
        re.compile(
            r" (?:score|scores|points) (?:of|for) the (?:dearest|highest|most expensive)(?: \w+)? (?:is|are) "
            r"(?:nil|none|nothing|nought|zero|0) "
        ),
    ),
    (
        "dearest",
        re.compile(
            r" (?:none|nothing|nought|zero|no points) (?:to|for) (?:the )?(?:dearest|highest|most expensive) |"
            r" (?:dearest|highest|most expensive)(?: \w+){0,2} (?:gets?|earns?|has|have|receives?|scores?) "
            r"(?:none|nothing|nought|zero|no points|0) "
        ),
    ),
    (
        "ratio",
        re.compile(
            rf" (?:lowest|cheapest)(?: [\w']+){{0,4}}(?: ,)? (?:(?:and )?(?:is )?divided?(?: it)? by|over|÷) {OWN} "
        ),
    ),
    (
        "off_per_point",
        re.compile(
            r" (?:taken off|takes? off|comes? off|off|less|minus|deducted|subtracted|reduced)(?: [\w,£]+){0,6} "
            r"(?:for )?(?:each|every|per) (?:quality )?(?:point|mark)|"
            r" (?:each|every) (?:quality )?(?:point|mark)(?: [\w,£]+){0,6} off "
        ),
    ),
    (
        "per_point",
        re.compile(r" (?:pounds?|price|cost|£)(?: \w+)? (?:for each|for every|per) (?:quality )?(?:point|mark) "),
    ),
)  # the same in any words between


def _per_cent_dearer(sentence: Passage, figure: Figure) -> bool:
    """Whether points are lost by the percent that a price is above the lowest."""
    after = set(sentence.words[figure.last + 1 : figure.last + 9])
    return (
        figure.kind == "percent"
        and sentence.says(FOR_EACH)
        and bool(after & {"dearer", "above", "over", "costlier", "more"})
        and bool(after & {"cheapest", "lowest"})
    )


FOR_EACH = (
    "each | every | per one | per percentage | loses | lose | lost | deducted | forfeits | forfeit | comes off | "
    "taken off | costs | drops"
)
METHOD_WORDS = {
    "dearest": "nothing for the highest price",
    "twice": "nothing at twice the lowest price",
    "per_point": "the price for each point of quality",
    "off_per_point": "a sum off the price for each point of quality",
    "ratio": "the lowest price divided by each",
    "line": "a straight line",
    "mean": "the distance to the mean",
    "percent": "points lost for each per cent",
    "none": "no points for price",
    "pounds": "points lost for each sum of money",
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
    ) or sentence.says(
        "vat is excluded | vat is not included | excludes vat | vat is left out | vat is not counted | "
        "vat is disregarded | before vat"
    )
    with_ = bool(
        near & {"with", "include", "includes", "including", "inclusive", "incl", "gross", "plus"}
    ) or sentence.says("vat is included")
    without = without or sentence.says("net of vat | ex vat | without vat | excluding vat | exclusive of vat")
    with_ = with_ or bool(re.search(r" (?:put|add|adds|adding) (?:\w+ ){0,2}vat ", sentence.spoken))
    without = without or bool(re.search(r" (?:pay|pays|paid|comes|goes) (?:\w+ ){0,2}on top ", sentence.spoken))
    with_ = with_ or sentence.says("with vat | including vat | inclusive of vat | plus vat | gross of vat")
    open_ = (with_ and (without or sentence.says("or without"))) or (
        sentence.any("either")
        and (sentence.says("whether | or not | leave it out | either") or (with_ and sentence.says("may | can")))
    )
    if open_:
        yield Claim(told, "vat", "open", "with VAT or without")
    elif with_ != without:
        yield Claim(told, "vat", "with" if with_ else "without", "with VAT" if with_ else "without VAT")


def low_prices(told: Told) -> Iterator[Claim]:
    """Read from where on a price is abnormally low."""
    sentence = told.sentence
    words = sentence.words
    spoken_of = sentence.has("price") or told.room == "PricePolicy"
    if told.asks or not (spoken_of or sentence.says("bid | bids | abnormally | offers")):
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
        below = {"below", "under", "beneath", "lower", "less", "cheaper", "off"} & set(after[:4])
        of_mean = {"mean", "average"} & set(after)
        next_one = not {"next", "second"}.isdisjoint(after)
        half = (figure.kind == "part" and after[:2] in (("the", "average"), ("the", "mean"))) or after[:3] in (
            ("of", "the", "average"),
            ("of", "the", "mean"),
        )
        step = words[max(0, figure.first - 1) : figure.first] in (("each",), ("every",), ("per",))
        step = step or (told.room == "PricePolicy" and sentence.says("all points | all the points | no points"))
        if figure.kind in ("percent", "part") and not step and ((below and (of_mean or next_one)) or half):
            value = 100 - figure.percent if half else figure.percent
            yield Claim(told, "below_next" if next_one and not of_mean else "below_mean", value, f"{exact(value)}%")
