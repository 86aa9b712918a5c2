"""Findings about measured criteria, in words."""

from evaluator.records.findings.authorities import CLEAR, IMPORTANCE, RANKING_PARADOX
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-CRIT-160",
        BLOCKS,
        "The method {method} of a measured criterion is not one that gives points for a figure.",
        "Publish one of these: {known}.",
        CLEAR,
        example={"method": "quickest", "known": "direct, inverse, banded"},
    ),
    Entry(
        "E-CRIT-161",
        BLOCKS,
        "Of the measured criterion {measured} ({method}) the parameter {name} {problem}.",
        "Correct it under [measured.parameters]; docs/criteria.md lists what each method takes.",
        CLEAR,
        example={"measured": "M1", "method": "by_rank", "name": "step", "problem": "is missing: above 0"},
    ),
    Entry(
        "E-CRIT-162",
        BLOCKS,
        "The measured criterion {measured} {problem}.",
        "Give each [[measured.band]] points and either at_least, where more is better, or at_most, where less is.",
        CLEAR,
        example={"measured": "M1", "problem": "has no table of bands"},
    ),
    Entry(
        "E-CRIT-163",
        DECIDE,
        "The measured criterion {measured} does not say whether more or less is better; by {method} the lowest figure "
        "would earn the most, as of prices.",
        'Publish better = "higher" or better = "lower".',
        CLEAR,
        example={"measured": "M1", "method": "range"},
    ),
    Entry(
        "E-CRIT-164",
        BLOCKS,
        "The measured criterion {measured} says that the {better} figure is better, and by its method {method} the "
        "{by_method} one is.",
        "Publish a method of that direction: direct, or inverse; or take better out.",
        CLEAR,
        example={"measured": "M1", "better": "lower", "method": "direct", "by_method": "higher"},
    ),
    Entry(
        "E-CRIT-165",
        BLOCKS,
        "The tie-break looks at the figure for {measured}, which {theme} does not measure.",
        "Take it out of tie_break.order, or give {measured} a weight in every theme.",
        CLEAR,
        example={"measured": "M1", "theme": "advice"},
    ),
    Entry(
        "E-CRIT-166",
        BLOCKS,
        "The criterion {measured} is measured and has no weight in any theme.",
        "Publish its weight under [weights] of the themes that it counts in, or take it out.",
        IMPORTANCE,
        example={"measured": "M1"},
    ),
    Entry(
        "E-CRIT-167",
        BLOCKS,
        "The limits of the measured criterion {measured} cannot be applied: {problem}.",
        "Correct least, most or cap.",
        CLEAR,
        example={"measured": "M1", "problem": "no figure is at least 12 and at most 6"},
    ),
    Entry(
        "E-CRIT-168",
        DECIDE,
        "The measured criterion {measured} does not say what its figure counts.",
        "Publish unit, for example months.",
        CLEAR,
        example={"measured": "M1"},
    ),
    Entry(
        "E-CRIT-169",
        DECIDE,
        "Of the measured criterion {measured}, {name}{value} {effect}.",
        "Publish one under which figures that bids will offer earn different points, in proportion to what they are "
        "worth.",
        CLEAR,
        example={
            "measured": "M1",
            "name": "step",
            "value": " 60",
            "effect": "takes half the points or more with one place, however close the figures are",
        },
    ),
    Entry(
        "E-CRIT-170",
        NOTE,
        "By {method} what a bid earns for {measured} depends on how many others there are and what they offer: a bid "
        "that cannot win can turn the order of two others.",
        "Publish fixed_limits, banded, direct or inverse instead, or be ready to explain it.",
        RANKING_PARADOX,
        example={"measured": "M1", "method": "by_quarter"},
    ),
    Entry(
        "E-CRIT-171",
        DECIDE,
        "With clip = 0 a figure for {measured} ({method}) can take points away, or earn more than its weight.",
        "Publish clip = 1, or leave it out.",
        IMPORTANCE,
        example={"measured": "M1", "method": "fixed_limits"},
    ),
)
