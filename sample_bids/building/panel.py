"""The twelve evaluators: who marks what, how strict each is, and what each has declared."""

from dataclasses import dataclass

# Three for each theme and three for the organisations' own answers; six of the twelve serve twice.
PANELS = {
    "inclusion": ("E01", "E02", "E03"),
    "digital": ("E04", "E05", "E06"),
    "advice": ("E07", "E08", "E09"),
    "employment": ("E10", "E11", "E12"),
    "safety": ("E04", "E07", "E10"),
    "organisation": ("E05", "E08", "E11"),
}
NAMES = {
    "E01": "Ruth Adeyemi-Cole",
    "E02": "Tariq Haldane",
    "E03": "Moira Ketteridge",
    "E04": "Samira Quayle",
    "E05": "Owen Pallister",
    "E06": "Nadia Ferreday",
    "E07": "Colm Astbury",
    "E08": "Halima Wray",
    "E09": "Peter Lindqvist-Jones",
    "E10": "Grace Ollerenshaw",
    "E11": "Imran Tolliver",
    "E12": "Bethan Marchetti",
}
# How much higher or lower than the panel an evaluator tends to mark.
SEVERITY = {
    "E01": 0.1,
    "E02": -0.2,
    "E03": 0.0,
    "E04": -0.25,
    "E05": 0.15,
    "E06": 0.0,
    "E07": 0.2,
    "E08": -0.1,
    "E09": 0.05,
    "E10": -0.15,
    "E11": 0.1,
    "E12": 0.0,
}
# How each writes: a row of reasons.STYLES. No two on a panel write alike.
STYLE = dict(zip(NAMES, (1, 2, 3, 4, 5, 0, 1, 2, 3, 0, 4, 5), strict=True))
ALL_OTHERS = "*"
DECLARED = "2026-10-05"
NOTHING = "I have no interest in any organisation that is not named above."


@dataclass(frozen=True)
class Interest:
    """What an evaluator declared about an organisation and what was done about it: ``none`` or ``recused``."""

    evaluator: str
    organisation: str
    interest: str
    action: str
    date: str = DECLARED


def interests(named: tuple[Interest, ...]) -> tuple[Interest, ...]:
    """Give all declarations: the named interests of each evaluator, then one for all other organisations."""
    declared: list[Interest] = []
    for evaluator in NAMES:
        declared += [interest for interest in named if interest.evaluator == evaluator]
        declared.append(Interest(evaluator, ALL_OTHERS, NOTHING, "none"))
    return tuple(declared)
