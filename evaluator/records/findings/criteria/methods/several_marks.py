"""Findings about marks that are worked out from several evaluators' own, in words."""

from evaluator.records.findings.authorities import BROMCOM, LANCASHIRE, TREATMENT
from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES = (
    Entry(
        "E-CRIT-140",
        BLOCKS,
        "The mark that counts is the {method} of the evaluators' marks. That is for grants: where a contract is "
        "awarded, nobody agrees such a mark, it need not be on the scale, and no reason explains it.",
        'Publish moderation.method as "consensus": a panel agrees one mark on the scale, with its reason. Decision '
        "0028 says why grants may have others.",
        BROMCOM,
        example={"method": "mean"},
    ),
    Entry(
        "E-CRIT-141",
        BLOCKS,
        "What the trimmed mean leaves out cannot be worked out: {problem}.",
        'Publish trim with trimmed_mean, and with nothing else: how many marks are left out at each end, such as "1", '
        'or what share of them, such as "20%", so that at least one mark is left.',
        example={"problem": "with 2 evaluators, 1 mark left out at each end leaves none"},
    ),
    Entry(
        "E-CRIT-142",
        BLOCKS,
        "The mark is the {method} of several evaluators' marks, and yet one evaluator is enough.",
        "Let least_evaluators be 2 or more, or publish one_evaluator.",
        example={"method": "mean"},
    ),
    Entry(
        "E-CRIT-143",
        BLOCKS,
        "What follows where marks lie far apart cannot be done: {problem}.",
        "Publish spread_trigger with on_spread; and with third_evaluator, which mean and median alone take, "
        'third_counts: "all" or "closest".',
        example={"problem": "on_spread says discussed, and no spread_trigger says from when on"},
    ),
    Entry(
        "E-CRIT-144",
        BLOCKS,
        "What is done about missing marks cannot be done: {problem}.",
        "Publish missing_marks as those_given with a mean, median or trimmed mean, as scaled with a sum; or leave it "
        "out, so that no answer may lack a mark that others have.",
        example={"problem": "those_given would make a sum of fewer marks smaller"},
    ),
    Entry(
        "E-CRIT-145",
        BLOCKS,
        "The mark is rounded, and {key} does not say {what}.",
        "Publish both places and mode in [moderation], or neither: then the mark stays exact.",
        example={"key": "moderation.mode", "what": "how"},
    ),
    Entry(
        "E-CRIT-146",
        BLOCKS,
        "{key} is for marks that are worked out; with {method} it would do nothing.",
        "Leave it out, or publish the method that it belongs to.",
        example={"key": "moderation.trim", "method": "consensus"},
    ),
    Entry(
        "E-CRIT-147",
        BLOCKS,
        "The theme {theme} has a minimum mark for {question}, and what is worked out there, a sum of marks or points "
        "of a table, is on no scale that it could be held to.",
        "Publish minimum_quality for the theme; or the mean in place of a sum: it gives the same points.",
        example={"theme": "advice", "question": "C1"},
    ),
    Entry(
        "E-CRIT-233",
        BLOCKS,
        "In the theme {theme} {question} is passed or failed, and evaluators' marks are added up: a sum is neither.",
        "Publish the mean in place of a sum, which gives the same points: a bid then passes where every evaluator "
        "passes it. Or make a gate of the question.",
        example={"theme": "advice", "question": "AD9"},
    ),
    Entry(
        "E-CRIT-148",
        NOTE,
        "The mark is the {method} of the evaluators' marks: {exposes}. The mark itself has no reason; each evaluator's "
        "own mark has.",
        "Publish a spread_trigger and what follows, train the panel on the scale, and have somebody write each bidder "
        "reasons that explain the figure.",
        LANCASHIRE,
        example={"method": "mean", "exposes": "one evaluator who marks sternly moves every mark that they give"},
    ),
    Entry(
        "E-CRIT-149",
        NOTE,
        "Nothing says what is done where an evaluator is recused or leaves: an answer with fewer marks than others "
        "will hold up the award.",
        "Publish missing_marks, or be ready to name somebody else who marks those answers.",
        TREATMENT,
    ),
)
