"""Findings about stages that are over, and what was sealed of them, in words."""

from evaluator.records.findings.authorities import ASSESSED, TREATMENT
from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES = (
    Entry(
        "E-STAGE-001",
        BLOCKS,
        "What was sealed of a stage cannot be relied on: {problem}.",
        "Put back the file as it was sealed. Where it is lost, seal the stage again: evaluator evaluate … --stage ID "
        "--seal.",
        ASSESSED,
        example={"problem": "it is not the file that was sealed: it was changed by hand"},
    ),
    Entry(
        "E-STAGE-002",
        BLOCKS,
        "The result of a stage is sealed here that is not over: {problem}.",
        "Seal the stages in the order in which they were published, and take this file out until then.",
        ASSESSED,
        example={"problem": "the stage S1 before it is not sealed"},
    ),
    Entry(
        "E-STAGE-003",
        NOTE,
        "These answers are marked although their bids did not go on so far, which counts for nothing: {answers}.",
        "Leave them out; only bids that went on are marked in a later stage.",
        TREATMENT,
        example={"answers": "B3 on P1"},
    ),
    Entry(
        "E-STAGE-004",
        BLOCKS,
        "The stage {stage} comes to something else than was sealed, and bidders were told: {changes}.",
        "Put back the marks and decisions on which the stage rested. Where the change is right, seal the stage again "
        "(evaluator evaluate … --stage {stage} --seal), tell the bidders, and let whoever now goes on take part.",
        TREATMENT,
        example={"stage": "S1", "changes": "B3 had 24 points and went on; it has 21 and does not"},
    ),
    Entry(
        "E-STAGE-005",
        NOTE,
        "The result of stage {stage} was not sealed: nothing shows that it is the one that bidders were told.",
        "Seal it once the stage is decided: evaluator evaluate … --stage {stage} --seal.",
        ASSESSED,
        example={"stage": "S1"},
    ),
    Entry(
        "E-STAGE-006",
        NOTE,
        "No bid goes on from stage {stage}{theme}.",
        "Nothing more is asked of these bids. Tell the bidders, and decide whether to begin again.",
        example={"stage": "S1", "theme": " in youth"},
    ),
    Entry(
        "E-STAGE-007",
        BLOCKS,
        "The papers of stage {stage} cannot go out: the result of stage {before} is not sealed.",
        "Seal it first (evaluator evaluate … --stage {before} --seal), so that only bids that went on are marked.",
        ASSESSED,
        example={"stage": "S2", "before": "S1"},
    ),
)
