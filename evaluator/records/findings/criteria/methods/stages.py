"""Findings about published stages: what cannot be worked out, and what the law has to do with it, in words."""

from collections.abc import Mapping

from evaluator.records.findings.authorities import ASSESSED, IMPORTANCE, PROCEDURE, TREATMENT
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

S1: Mapping[str, object] = {"stage": "S1"}

ENTRIES = (
    Entry(
        "E-CRIT-180",
        BLOCKS,
        "The stage {stage} names {question}, which no theme asks.",
        "Name questions by their ids; price is no part of a stage, for it counts at the end.",
        ASSESSED,
        example={**S1, "question": "Q9"},
    ),
    Entry(
        "E-CRIT-181",
        BLOCKS,
        "The question {question} is in the stages {other} and {stage}: each is marked once, in one stage.",
        "Take it out of one of the two. Its points count in the end whichever it is in, unless counts = false.",
        ASSESSED,
        example={**S1, "question": "Q1", "other": "S0"},
    ),
    Entry(
        "E-CRIT-236",
        BLOCKS,
        "The stage {stage} weighs {question}, which is none of its questions that carry points in the end.",
        "Take it out of the stage's weights, or name the question in the stage and weigh it in the themes.",
        ASSESSED,
        example={**S1, "question": "Q9"},
    ),
    Entry(
        "E-CRIT-182",
        BLOCKS,
        "The stage {stage} {problem}.",
        'Write passes = "best" with number, or passes = "at_least" with score, share or minimums; the last stage may '
        "have none, where all of its bids are ranked.",
        ASSESSED,
        example={**S1, "problem": "lets the best go on and does not say how many (number)"},
    ),
    Entry(
        "E-CRIT-183",
        BLOCKS,
        "The stage {stage} {problem}.",
        'Write ties = "all_pass", "tie_break" with tie_break = ["question:ID"], or "draw" with draw_seed.',
        ASSESSED,
        example={**S1, "problem": "says that a draw decides and does not say by which published words (draw_seed)"},
        workbook="Say under “At the last place” what decides, and fill in the tie-break or the words of the draw.",
    ),
    Entry(
        "E-CRIT-184",
        BLOCKS,
        "The stage {stage} asks for {score} points in {theme}, and {available} can be had: no bid would go on.",
        "Correct the score, which is in points of the stage's weights, or publish a share of them, such as 60%.",
        ASSESSED,
        example={**S1, "score": "60", "theme": "youth", "available": "50"},
    ),
    Entry(
        "E-CRIT-185",
        BLOCKS,
        "The stage {stage} compares the bids of all themes, and {problem}.",
        "Let the best of each theme go on (by_theme = true), or ask its questions in every theme.",
        TREATMENT,
        example={**S1, "problem": "youth has none of its questions"},
    ),
    Entry(
        "E-CRIT-186",
        NOTE,
        "The stage {stage} does not say over what its best {number} are counted: so they are those of each theme.",
        "Write by_theme = true where that is meant, or by_theme = false for the best of all themes together.",
        ASSESSED,
        example={**S1, "number": 5},
    ),
    Entry(
        "E-CRIT-187",
        DECIDE,
        "The stage {stage} compares the bids of all themes by their points, and themes have different ones: {points}.",
        "Give its questions the same weight together in every theme, or let the best of each theme go on.",
        IMPORTANCE,
        example={**S1, "points": "youth 50 and advice 40"},
    ),
    Entry(
        "E-CRIT-188",
        DECIDE,
        "The stage {stage} leaves bids out before all are compared, and the {procedure} has one stage ({provision}).",
        "Run a procedure that allows stages, such as the competitive flexible one, or make the score a published "
        "minimum (minimum_marks, minimum_quality) and have every answer marked.",
        PROCEDURE,
        example={**S1, "procedure": "open procedure", "provision": "Procurement Act 2023 s.20(2)(a)"},
    ),
    Entry(
        "E-CRIT-189",
        DECIDE,
        "The stage {stage} invites the best {number}; in the {procedure} at least {least} are invited (regulation 65).",
        "Raise the number, and say what is done where fewer than that are suitable.",
        PROCEDURE,
        example={**S1, "number": 3, "procedure": "restricted procedure", "least": 5},
    ),
)
