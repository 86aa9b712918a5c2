"""What was planted in the sample on purpose, each with the reason why. sample_bids/README.md lists it for readers."""

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
PEOPLE = {LOW_UNIT_COST: 5_290}  # group sessions are counted, which makes about £70 for each person

# Consortia: members from the register by their reference, others by name.
MEMBERS = {"B113": ("ORG-045", "ORG-076"), "B110": ("ORG-059", "Lanternkeel Benefits Clinic")}

AGREED: dict[Key, int] = {
    # B019 and B123 come out with the same quality, the same mark for C1 and the same price: a tie at every level.
    ("B019", "C5"): 3,
    ("B019", "IN2"): 3,
    ("B019", "IN3"): 2,
    **{(bid, question): 1 for bid, question in UNDER_MINIMUM_MARK.items()},
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
        "I was a trustee of this organisation until March 2026. I have not read its bid and have left the meeting for it.",
        "recused",
    ),
    Interest(
        "E05",
        "ORG-045",
        "I visited an open day of this organisation in 2023 as part of my work. No link since, and none before.",
        "none",
    ),
)

HEAD = "A. Marlowe, head of service"
DECISIONS: tuple[dict[str, str], ...] = (
    {
        "bid": DISREGARDED,
        "matter": "failed_gate",
        "subject": "finance",
        "decision": "disregard",
        "reason": "The accounts to 31 March 2026 show current liabilities of £11,240 and current assets of £6,905. Asked to "
        "explain, the bidder confirmed both figures and named no lender or guarantee. The finance partner advised "
        "on 10 November that a contract paid quarterly could not be begun without borrowing. Payment in advance "
        "was considered and is not open under the published terms.",
        "ground": "Procurement Act 2023, section 19: condition of participation not met (gate: financial viability)",
        "person": HEAD,
        "date": "2026-11-12",
        "heard": "Written to on 3 November; replied on 6 November.",
    },
    {
        "bid": LATE_INSURANCE,
        "matter": "failed_gate",
        "subject": "insurance",
        "decision": "admit",
        "reason": "The bid held no proof of employer's liability cover and the commitment to buy it was not signed. The "
        "published rule allows the commitment to be signed in reply to the council's letter; it was signed and "
        "received within the 5 working days, with a broker's quotation for £5 million.",
        "ground": "Gate: insurance, as published: the commitment may be signed within 5 working days",
        "person": HEAD,
        "date": "2026-11-11",
        "heard": "Written to on 3 November; signed commitment received on 5 November.",
    },
    {
        "bid": LOW_PRICE,
        "matter": "low_price",
        "subject": "",
        "decision": "admit",
        "reason": "£78,400 over four years is less than both published tests allow. The bidder explained that two tutors are "
        "paid until March 2031 by a charitable trust, whose signed letter we hold, and that its rooms are lent "
        "without rent under a lease that runs to 2034. The staffing offered is complete and the hours add up. "
        "The service can be given at this price.",
        "ground": "Procurement Act 2023, section 19: the bidder showed that it can perform at the price offered",
        "person": HEAD,
        "date": "2026-11-13",
        "heard": "Written to on 4 November; explained with papers on 9 November.",
    },
    {
        "bid": LOW_UNIT_COST,
        "matter": "low_price",
        "subject": "",
        "decision": "admit",
        "reason": "About £70 for each person advised is more than 40% below the mean. The bidder showed that the 5,290 people "
        "are different people: 3,100 are advised in groups at work and in schools, from registers of the last three "
        "years, and 2,190 one to one, at a cost in line with its accounts. Group advice is within the published "
        "service. The number becomes a term of the contract.",
        "ground": "Procurement Act 2023, section 19: the bidder showed that it can perform at the price offered",
        "person": HEAD,
        "date": "2026-11-13",
        "heard": "Written to on 4 November; explained with registers on 10 November.",
    },
)
