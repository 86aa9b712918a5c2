"""Measured criteria in words for bidders: what is counted, how a figure becomes points, and what keeps a bid out.

``W`` is the points that the theme's weight gives the criterion, ``F`` the bid's figure.
"""

import re
from collections.abc import Iterator, Mapping

from evaluator.records.numbers import decimal_text
from evaluator.records.programme.price.measured import MEASURED_METHODS, OWN, PLAIN, Band, Measured
from evaluator.records.programme.price.names import titled
from evaluator.reporting.appendix.price_words import WORDS, PriceWords

BY_FORMULA = "One bid, or equal figures, are scored by the same formula."
ALL = "If there is one ranked bid, or all figures are equal, each has all W points."
OF_ITS_OWN: Mapping[str, PriceWords] = {
    "direct": PriceWords(
        "The highest figure has all the points; every other figure has the share that it is of the highest.",
        "W × F ÷ highest F; nobody has points where the highest is 0",
        ALL,
    ),
    "inverse": PriceWords(
        "The lowest figure has all the points; every other figure has the share that the lowest is of it.",
        "W × lowest F ÷ F; where the lowest is 0, those with 0 have W and all others nothing",
        ALL,
    ),
    "banded": PriceWords(
        "The points are those of the published line that the figure is in: of the lines that it reaches, the furthest.",
        "W × the points of the line ÷ the most points of any line; nothing for a figure that is in no line",
        BY_FORMULA,
    ),
    "yes_no": PriceWords("Yes has all the points; no has {no} % of them.", "W, or W × {no} ÷ 100", BY_FORMULA),
    "by_rank": PriceWords(
        "Points go by the place in the order of the figures. Equal figures share the better place, and the next is "
        "left out.",
        "W × (1 − {step} ÷ 100 × number of better figures), not below 0",
        ALL,
    ),
    "by_quarter": PriceWords(
        "Points go by quarters of the ranked bids: with k better figures among n bids, a bid is in quarter "
        "1 + 4 × k ÷ n, cut to a whole number. Equal figures are in the better quarter.",
        "first quarter W, second {second} %, third {third} %, fourth {fourth} % of W",
        ALL,
    ),
}
BY_PLACE = "W × the points of the place ÷ the most points of any place; nothing for a place that is in no line"
TURNED: Mapping[str, PriceWords] = {  # methods of prices, where more is better
    "range": PriceWords(
        "The highest figure has all the points, the lowest none, and the others their share of the way between.",
        "W × (F − lowest F) ÷ (highest F − lowest F)",
        ALL,
    ),
    "fixed_limits": PriceWords(
        "A figure of {highest} has all the points, one of {lowest} none, and those between their share of the way. "
        "Other bids' figures play no part.",
        "W × (F − {lowest}) ÷ ({highest} − {lowest})",
        BY_FORMULA,
    ),
    "ranking_points": PriceWords(
        "The highest figure has all the points. Each higher figure takes {step} % of them away, and none goes below "
        "0. Equal figures share the better place.",
        "W × (1 − {step} ÷ 100 × number of higher figures), not below 0",
        ALL,
    ),
}


def measured_statements(one: Measured) -> Iterator[tuple[str, str]]:
    """Say how a measured criterion earns points, each rule under its subject."""
    words, given = _words(one), _given(one)
    yield "counted", f"{one.text.strip() or one.title}{_full_stop(one.text)}{_unit(one)}"
    plain = f"{one.method} ({PLAIN[one.method]})" if one.method in OWN else titled(one.method)
    yield "method", f"Method: {plain}. {words.words.format(**given)}"
    yield "formula", f"Formula: {_formula(one, words).format(**given)}. F is the bid's figure."
    if one.band:
        yield "table", f"The table: {'; '.join(map(_line, one.band))}."
    if given.get("clip") is not None:
        kept = given["clip"] == "1"
        yield "bounds", "Points stay within 0 and W." if kept else "Points are not kept within 0 and W."
    if one.cap is not None:
        best = "higher" if one.more_is_better else "lower"
        yield "cap", f"A figure {best} than {decimal_text(one.cap)} counts as {decimal_text(one.cap)}."
    if limits := " ".join(_limits(one)):
        yield "limits", limits
    if one.lowest_allowed:
        yield "allowed", f"A figure must be {one.lowest_allowed}; another is asked about."
    yield "alone", words.alone.format(**given)
    yield "others", _others(one)


def _full_stop(text: str) -> str:
    return "" if text.strip().endswith((".", "?", "!")) else "."


def _unit(one: Measured) -> str:
    better = "more" if one.more_is_better else "less"
    if one.is_yes_or_no:
        return " It is answered by yes or no."
    counted = f" The figure counts {one.unit};" if one.unit else " It is a figure;"
    return f"{counted} {better} is better."


def _words(one: Measured) -> PriceWords:
    if one.method in OWN:
        return OF_ITS_OWN[one.method]
    if one.more_is_better and one.by_method is None:
        return TURNED[one.own_method]
    found = WORDS[one.own_method]
    return PriceWords(_of_figures(found.words), re.sub(r"\bP\b", "F", found.formula), _of_figures(found.alone))


def _of_figures(words: str) -> str:
    words = re.sub(r"\bP\b", "F", words).replace("scored price", "figure").replace("The price is an income. ", "")
    return re.sub(r"\bprice(s?)\b", r"figure\1", words)


def _formula(one: Measured, words: PriceWords) -> str:
    return BY_PLACE if one.method == "by_rank" and one.band else words.formula


def _given(one: Measured) -> Mapping[str, str]:
    """Give every parameter's value as it is written, in the criterion's unit."""
    terms = MEASURED_METHODS[one.method].parameters
    values = {name: one.parameters.get(name, term.default) for name, term in terms.items()}
    return {
        name: f"{decimal_text(value)} {one.unit}".strip() if terms[name].pounds else decimal_text(value)
        for name, value in values.items()
        if value is not None
    }


def _line(band: Band) -> str:
    at = band.at_least if band.at_least is not None else band.at_most
    side = "at least" if band.at_least is not None else "at most"
    noun = "point" if band.points == 1 else "points"
    return f"{side} {decimal_text(at) if at is not None else ''}: {decimal_text(band.points)} {noun}"


def _limits(one: Measured) -> Iterator[str]:
    if one.least is not None:
        yield f"A bid with a figure below {decimal_text(one.least)} is not ranked and is awarded nothing."
    if one.most is not None:
        yield f"A bid with a figure above {decimal_text(one.most)} is not ranked and is awarded nothing."


def _others(one: Measured) -> str:
    if MEASURED_METHODS[one.method].depends_on_other_bids:
        return (
            "The figures of ranked bids alone count. If a bid is disregarded or withdrawn later, all are worked out "
            "again without it."
        )
    return "What a bid gets does not depend on other bids."
