"""Findings about sections of questions, and about wording that keeps bidders out, in words."""

from evaluator.records.findings.authorities import CLEAR, IMPORTANCE, MEARS, PROPORTIONATE, TREATMENT
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-CRIT-113",
        BLOCKS,
        "In {theme} the section {section} is published with {published} %, and its {leaves} carry {effective} %.",
        "Make the weights of its questions add up to the section's weight, or publish the weight that they carry.",
        IMPORTANCE,
        example={
            "theme": "youth",
            "section": "delivery",
            "published": "40",
            "leaves": "7 questions",
            "effective": "82.4 (exactly 1400/17)",
        },
    ),
    Entry(
        "E-CRIT-114",
        BLOCKS,
        "In {theme} {leaf} is published as {share} % of the section {section}, and its weight is {effective} % of it.",
        "Correct the share within the section or the weight of the question, so that both say the same.",
        IMPORTANCE,
        example={
            "theme": "youth",
            "leaf": "Q3",
            "share": "25",
            "section": "delivery",
            "effective": "14.3 (exactly 100/7)",
        },
    ),
    Entry(
        "E-CRIT-234",
        BLOCKS,
        "In {theme} the section {section} has a minimum of points, and a part of it lies in the stage {stage}, which "
        "only admits: nothing says which points are held to the minimum.",
        "Give the questions of the stage a section of their own, or publish the minimum for the stage (score, share).",
        CLEAR,
        example={"theme": "youth", "section": "delivery", "stage": "EOI"},
    ),
    Entry(
        "E-CRIT-115",
        BLOCKS,
        "In {theme} the section {section} and {leaf} do not fit: {problem}.",
        "Let every question and the price that carry weight stand in exactly one section.",
        MEARS,
        example={"theme": "youth", "section": "delivery", "leaf": "Q3", "problem": "it is in the section need as well"},
    ),
    Entry(
        "E-CRIT-116",
        BLOCKS,
        "In {theme} {leaf} carries weight and stands in no section, while others do.",
        "Let every question and the price that carry weight stand in exactly one section.",
        MEARS,
        example={"theme": "youth", "leaf": "Q3"},
    ),
    Entry(
        "E-CRIT-708",
        NOTE,
        "The question {question} names no outcome that it tests, though the programme publishes outcomes.",
        "Name the outcomes that it tests, or say why it is asked.",
        PROPORTIONATE,
        example={"question": "C4"},
    ),
    Entry(
        "E-CRIT-709",
        DECIDE,
        'In {what} "{word}" lets in only bidders who are in the area already.',
        "Ask how the service will be reached and known locally, which any bidder can show.",
        TREATMENT,
        example={"what": "the gate office", "word": "registered office in"},
    ),
    Entry(
        "E-CRIT-710",
        DECIDE,
        'In {what} "{word}" shuts out new and small organisations.',
        "Ask for what the contract needs, and let a bidder show it in other ways, such as a budget or a guarantor.",
        PROPORTIONATE,
        example={"what": "the gate accounts", "word": "three years of audited accounts"},
    ),
    Entry(
        "E-CRIT-711",
        DECIDE,
        'In {what} "{word}" wants insurance before the award.',
        "Let a bidder promise to have it in force when the contract begins.",
        PROPORTIONATE,
        example={"what": "the gate insurance", "word": "insurance in force on the closing date"},
    ),
    Entry(
        "E-CRIT-712",
        NOTE,
        'In {what} "{word}" assumes one group of people.',
        "Write so that it holds for everyone, for example their, parent or carer, chair.",
        CLEAR,
        example={"what": "the question C4", "word": "his or her husband"},
    ),
)
