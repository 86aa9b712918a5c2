"""Findings about the procurement that criteria are for: which law applies, and its dates, in words."""

from evaluator.records.findings.authorities import PERIODS, PROCEDURE, PROCUREMENT, REGIME, STANDSTILL, THRESHOLD
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-LAW-001",
        NOTE,
        "The criteria do not say {missing}, so nothing can be held against the law that depends on it.",
        "Say it under [procurement] of programme.toml, as docs/criteria.md describes.",
        PROCUREMENT,
        {"missing": "the procedure, the estimated value with VAT, the first act and its day, and the closing time"},
    ),
    Entry(
        "E-LAW-002",
        BLOCKS,
        "The regime {regime} is for {applies}; this one began on {date}.",
        "Write the regime that applied on that day, or correct first_act_date.",
        REGIME,
        {
            "regime": "pcr2015",
            "applies": "procurements whose first act came before 24 February 2025",
            "date": "1 March 2027",
        },
    ),
    Entry(
        "E-LAW-003",
        BLOCKS,
        "The value with VAT, £{value}, is {not_so} the threshold for {kind}, £{amount}: {regime} is not for it.",
        "Write the regime that the value asks for, or correct the value: the most that could be paid, with options.",
        THRESHOLD,
        {
            "value": "120,000",
            "not_so": "below",
            "amount": "663,540",
            "kind": "light touch",
            "regime": "pa2023_light_touch",
        },
    ),
    Entry(
        "E-LAW-004",
        DECIDE,
        "There is no {what} {word} under {regime}; there {known}.",
        "Write one of these, or the regime that has it.",
        PROCEDURE,
        {
            "what": "procedure",
            "word": "restricted",
            "regime": "pa2023",
            "known": "are open, competitive_flexible and direct_award",
        },
    ),
    Entry(
        "E-LAW-005",
        BLOCKS,
        "A standstill of {days} working days is promised; it has at least {least}.",
        "Promise at least {least} working days, or none where the law asks for none.",
        STANDSTILL,
        {"days": 5, "least": 8},
    ),
    Entry(
        "E-LAW-006",
        NOTE,
        "No standstill is promised, and the law asks for none here: a claim would then stop no contract.",
        "Consider standstill = {least} under [procurement], and say it in the award notice.",
        STANDSTILL,
        {"least": 8},
    ),
    Entry(
        "E-LAW-007",
        BLOCKS,
        "The timetable cannot be kept: {later} is on {day}, {why} ({other}).",
        "Correct one of the two dates.",
        example={
            "later": "the decision",
            "day": "25 February 2027",
            "why": "before tenders close",
            "other": "12:00 on 26 February 2027",
        },
    ),
    Entry(
        "E-LAW-008",
        DECIDE,
        "From {start} to {end} are {days} days. {says}.",
        "Give at least {least} days, or have the exception that allows fewer written down.",
        PERIODS,
        {
            "start": "the tender notice",
            "end": "the closing time",
            "days": 14,
            "least": 25,
            "says": "25 days where tenders are electronic and all documents come with the notice",
        },
    ),
    Entry(
        "E-LAW-009",
        DECIDE,
        "At £{value} with VAT this is below the threshold only if it is {kinds}, and the criteria do not say so.",
        "Write category under [procurement]: {words}.",
        THRESHOLD,
        {"value": "300,000", "kinds": "light touch or works", "words": "light_touch or works"},
    ),
    Entry(
        "E-LAW-010",
        BLOCKS,
        "The contract would be signed on {day}, and the standstill lasts to the end of {ends}.",
        "Sign it later, or correct the day of the notice.",
        STANDSTILL,
        {"day": "11 March 2027", "ends": "11 March 2027"},
    ),
)
