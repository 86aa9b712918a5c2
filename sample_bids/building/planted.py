"""What was planted in the sample on purpose, each with the reason why. sample_bids/README.md lists it for readers."""

import tomllib
from pathlib import Path

from sample_bids.building.marks import Key
from sample_bids.building.panel import Interest

DISREGARDED, LATE_INSURANCE = "B028", "B032"
LOW_PRICE, LOW_UNIT_COST = "B099", "B039"
FULL_TIE = ("B019", "B123")
NEAR_TIE = ("B022", "B094")
UNDER_MINIMUM_MARK = {"B067": "C7", "B027": "SA3"}
RECUSED, RECUSED_FROM = "E02", "ORG-067"
BLANK_ANSWER: Key = ("B061", "C8")

FAILED_GATES = {DISREGARDED: ("finance",), LATE_INSURANCE: ("insurance",)}
UNMARKED = (DISREGARDED,)  # disregarded before marking began

PRICES = {
    LOW_PRICE: (19_600, 19_600, 19_600, 19_600),
    "B019": (41_400, 41_000, 40_900, 40_750),  # in all what B123 asks: £164,050
    "B022": (39_500, 39_050, 39_800, 40_620),  # brings its total to within a few hundredths of B094's
}
PEOPLE = {LOW_UNIT_COST: 5_000}  # group sessions are counted, which makes about £74 for each person

# Consortia: members from the register by their reference, others by name.
MEMBERS = {"B113": ("ORG-045", "ORG-076"), "B110": ("ORG-059", "Lanternkeel Benefits Clinic")}

AGREED: dict[Key, int] = {
    # B019 and B123 come out with the same quality, the same mark for C1 and the same price: a tie at every level.
    ("B019", "C5"): 3,
    ("B019", "IN2"): 3,
    ("B019", "IN3"): 2,
    **dict.fromkeys(UNDER_MINIMUM_MARK.items(), 1),
    BLANK_ANSWER: 0,
    ("B105", "IN2"): 3,
    ("B060", "EM1"): 4,
    ("ORG-010", "C9"): 3,
    ("B045", "SA2"): 4,
}
# Individual marks that are fixed, and why the agreed mark leaves their range (empty: it does not).
OUTSIDE: dict[Key, tuple[tuple[int, ...], str]] = {
    BLANK_ANSWER: ((0, 0, 0), ""),
    ("B105", "IN2"): (
        (4, 4, 4),
        "the trial that all three had credited took place in a hospital ward, as the answer itself says on its second "
        "page, and does not support an activity of this kind.",
    ),
    ("B060", "EM1"): (
        (3, 3, 3),
        "the figures for work after six months, which all three had missed, stand in the table at the foot of the "
        "answer.",
    ),
    ("ORG-010", "C9"): (
        (4, 4, 5),
        "the results that had been credited belong to a project which, by its dates, ended before the organisation "
        "took it over.",
    ),
    ("B045", "SA2"): (
        (2, 3, 3),
        "the measure of how safe people feel is in the answer after all, under another heading in its last paragraph.",
    ),
}

INTERESTS = (
    Interest(
        RECUSED,
        RECUSED_FROM,
        "I was a trustee of this organisation until March 2026. I have not read its bid.",
        "recused",
    ),
    Interest(
        "E05",
        "ORG-045",
        "I visited an open day of this organisation in 2023 as part of my work. No link since, and none before.",
        "none",
    ),
)

DECISIONS: tuple[dict[str, str], ...] = tuple(
    tomllib.loads((Path(__file__).resolve().parent / "decisions.toml").read_text("utf-8"))["decision"]
)
