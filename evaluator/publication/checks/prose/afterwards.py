"""What may still happen once answers were read: marks that are opened again, and unscored answers that count."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import Told
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding

OPENED = (
    "revisited | revisit | reviewed | reconsidered | reopened | revised | adjusted | amended | changed | altered | "
    "varied | moved | lowered | raised | corrected | updated | increased | reduced | provisional | not final | "
    "rescored | open to change | subject to change | subject to review | subject to revision"
)
MARKS = "mark | marks | score | scores | scoring | result of the panel | agreed score | agreed scores"
LATER = (
    "following | after | afterwards | once | later | until | before the award | before award | signed off | sign off | "
    "approval | approved | ratified | clarification | clarifications | references | interviews | subsequently | at any "
    "time | at any stage | in the light of | if new | if further | when the | provisional | not final | up to the award"
)
OWN_STAGE = (
    "moderation | consensus | panel agrees | panel has agreed | panel meets | own mark | own marks | own scores | "
    "own score | alone | independently | arithmetic | clerical | challenge | court | adding up"
)
DECIDING = (
    "decide | decides | decision | decisions | deciding | choose | chooses | choosing | fund | funds | funded | "
    "award | awards | recommend | recommendation "
    "| outcome | assess | assessment | evaluation | overall view | picture | taken into account | take into account | "
    "take your answer into account | taken into consideration | be considered | may consider | will consider | "
    "have regard"
)
NOT_DECIDING = (
    "monitoring | contract management | manage | statistics | statistical | equality | after the award | "
    "once awarded | "
    "after award | if you are successful | if successful | plan | planning | publicity | contact | due diligence | "
    "only to "
    "check | learning"
)


def marks_opened_again(told: Told, clause: Passage) -> bool:
    """Find marks that become others after the panel agreed them, whoever does it."""
    sentence = told.sentence
    if clause.denied or told.asks or told.room in ("Gate", "Rounding", "Term", "ScaleMark"):
        return False
    later = sentence.says(LATER) and sentence.any("may", "modal", "if", "verb")
    return clause.says(OPENED) and sentence.says(MARKS) and bool(later) and not sentence.says(OWN_STAGE)


def unscored_that_count(everything: Sequence[Told]) -> Iterator[Finding]:
    """Find answers that are said to have no mark, and in the same text to be looked at when it is decided."""
    for _, several in groupby(everything, key=lambda one: (one.place, one.declared)):
        told = list(several)
        if told[0].room in ("Gate", "PricePolicy") or not any(one.sentence.has("unscored") for one in told):
            continue
        for one in told:
            if any(_counts(clause, one) for clause in one.sentence.clauses):
                yield finding("E-CRIT-926", one.place, what=one.what, sentence=one.quoted)
                break


def _counts(clause: Passage, told: Told) -> bool:
    """Whether a clause says that something is looked at when it is decided; "not scored" denies nothing of that."""
    looked_at = clause.meanings.get("consider", ())
    denied = clause.meanings.get("not", ())
    if told.sentence.has("unscored", "consider") and told.sentence.says("but | though | although | yet | however"):
        return True
    affirmed = any(not any(at - 3 <= no < at for no in denied) for at in looked_at)
    return affirmed and told.sentence.says(DECIDING) and not told.sentence.says(NOT_DECIDING)
