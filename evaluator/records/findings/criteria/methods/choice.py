"""Findings about a final choice, sums of awards, and draws and arrivals between equal bids, in words."""

from evaluator.records.findings.authorities import ASSESSED, CLEAR, PUBLISHED, SUBJECT_MATTER, TREATMENT
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-CRIT-220",
        BLOCKS,
        "After the ranks people would choose who is awarded; a contract goes to the best tender as it was assessed.",
        "Remove [final_choice]. What the choice is to rest on can be asked and scored as a question.",
        PUBLISHED,
    ),
    Entry(
        "E-CRIT-221",
        DECIDE,
        "After the ranks people would choose who is awarded, and this law asks that the published criteria decide.",
        "Remove [final_choice], or have a lawyer say on which footing it stands and accept this with that reason.",
        PUBLISHED,
    ),
    Entry(
        "E-CRIT-222",
        BLOCKS,
        "The final choice cannot be made as published: {why}.",
        "Publish [final_choice] with who, when, source and each [[final_choice.ground]] with its id and text, beside "
        "[allocation]; docs/criteria.md shows it.",
        CLEAR,
        example={"why": "no ground is published on which to choose"},
    ),
    Entry(
        "E-CRIT-223",
        BLOCKS,
        "A bid could be awarded another sum than it asks; a contract is awarded on the tender that was assessed.",
        "Remove the key from [amounts]. Where less may be bought, ask for prices of each quantity and score them.",
        PUBLISHED,
    ),
    Entry(
        "E-CRIT-224",
        DECIDE,
        "A bid could be awarded another sum than it asks, and this law asks that the published criteria decide.",
        "Remove the key from [amounts], or have a lawyer say on which footing it stands and accept this.",
        PUBLISHED,
    ),
    Entry(
        "E-CRIT-225",
        BLOCKS,
        "The sums of awards cannot be worked out as published: {why}.",
        "Mend the key that is named, or leave it out; docs/criteria.md says what goes with what.",
        CLEAR,
        example={"why": "the tranches come to 90 % of an award, not to 100 %"},
    ),
    Entry(
        "E-CRIT-226",
        BLOCKS,
        "Between equal tenders the one that came first would win, which says nothing of what is bought.",
        "Take received out of tie_break.order; publish a question, quality or lower_price.",
        SUBJECT_MATTER,
    ),
    Entry(
        "E-CRIT-227",
        BLOCKS,
        "A draw decides between equal bids, and {problem} of it is published.",
        "Publish draw_seed, or better draw_source: a public draw after the closing time, such as lottery numbers of a "
        "named day, which a person then records as a decision on the matter draw.",
        ASSESSED,
        example={"problem": "neither a seed nor a source"},
    ),
    Entry(
        "E-CRIT-228",
        BLOCKS,
        "A draw leaves no two bids equal, so that {later} after it decides nothing.",
        "Put draw last in tie_break.order.",
        ASSESSED,
        example={"later": "quality"},
    ),
    Entry(
        "E-CRIT-229",
        BLOCKS,
        "{key} is published for a draw, and no draw decides between equal bids.",
        "Put draw last in tie_break.order, or remove the key. A draw between sets of awards is allocation.draw_seed.",
        CLEAR,
        example={"key": "draw_seed"},
    ),
    Entry(
        "E-CRIT-230",
        NOTE,
        "The final choice has no published reach: any ranked bid could be chosen before the one ranked first.",
        "Consider ranks or points in [final_choice]: the further a choice reaches, the more its reasons must carry.",
        TREATMENT,
    ),
    Entry(
        "E-CRIT-231",
        NOTE,
        "The seed of the draw is known before bids close: whoever gives bids their numbers can work out who is drawn.",
        "Consider draw_source in place of draw_seed: a public draw after the closing time, which nobody can foresee.",
        TREATMENT,
    ),
    Entry(
        "E-CRIT-232",
        NOTE,
        "Between equal bids the one that came first is preferred: that rewards who has staff to write quickly.",
        "Consider a question or a draw instead. Say how and in which time zone arrival is recorded.",
        TREATMENT,
    ),
)
