"""Statements of consequence and discretion: who may change what after bids were opened, and by which published rule."""

import re
from collections.abc import Callable, Iterator, Sequence

from evaluator.publication.checks.prose.afterwards import marks_opened_again
from evaluator.publication.checks.prose.explained import (
    CHOOSING,
    RULING,
    WITH_REASONS,
    beyond,
    decides,
    is_of_a_rule,
    is_reference,
    is_why,
    spared,
)
from evaluator.publication.checks.prose.phrases import Vocabulary
from evaluator.publication.checks.prose.published import applied
from evaluator.publication.checks.prose.readers.strange import strange_figures
from evaluator.publication.checks.prose.said_again import says_again
from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import LISTED, Told
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.rules import RuleBase, Variants

Reads = Callable[[Told, Passage], bool]
DECIDED_IN_WRITING = "with reasons | in writing | after hearing | was heard | been heard | hears the bidder"
PROCESS = frozenset(
    {"Scale", "PricePolicy", "Rounding", "Moderation", "TieBreak", "AllocationPolicy", "Theme", "Criteria"}
)


# One of these stands in every sentence that any of the readers below takes up.
TRIGGERS = (
    *(
        "hidden_doc",
        "hidden",
        "model",
        "interview",
        "change",
        "depart",
        "other_info",
        "unscored",
        "variant",
        "part_bid",
    ),
    *("hedge", "negotiate", "opinion", "may", "modal", "soft", "decides", "panel", "mark"),
)


def stated(told: Told, words: Vocabulary) -> Iterator[Finding]:
    """Find what a sentence lets people do to marks, weights or the outcome, and what it leaves to documents unseen.

    What the lists of words find in a gate already is not told again.
    """
    if not told.sentence.any(*TRIGGERS) and told.room != "Moderation":
        return
    code = next((code for code, reads in STATEMENTS if any(reads(told, one) for one in told.sentence.clauses)), "")
    known = told.text.key == "predicate" and words.first("discretion", told.text.written)
    if code and not (code == "E-CRIT-925" and known):
        yield finding(code, told.place, what=told.what, sentence=told.quoted)


def unexplained(told: Told, *, accounted: bool) -> Iterator[Finding]:
    """Find a sentence in a rule's source that says what no value of the rule holds.

    ``accounted``: it says what is published, so that what else it says is more likely how than what.
    """
    sentence = told.sentence
    figures, strange = list(strange_figures(told)), list(beyond(told, sentence))
    affirmed = [word for one in sentence.clauses if not one.denied for word in beyond(told, one)]
    speaks = sentence.any(*OF_THE_CONTEST) or told.room in ("TieBreak", "Rounding")
    speaks = speaks and bool(strange or told.room not in ("Moderation", "Scale"))  # of these much is said besides
    known = accounted or is_reference(told) or sentence.says(CONSISTS)
    why = is_why(sentence, told.setting.values) or _says_who_marks(told)
    known = known or spared(told, affirmed) or why
    consists = (sentence.has("panel") and sentence.says(CONSISTS)) or why
    again = says_again(told) and not _lets(told)
    consists, known = consists or again, known or (again and told.room == "Moderation")
    marked = told.room == "Moderation" and not known and sentence.has("mark")
    words = ", ".join((figures or strange)[:4]) or "in these words"
    if (
        figures
        or (strange and not consists and any(decides(told, one) for one in sentence.clauses))
        or (speaks and not known and len(affirmed) > 1 and told.room not in CHOOSING and sentence.any(*SWAYS))
        or (told.room in CHOOSING and not known and any(_of_force(told, one) for one in sentence.clauses))
        or (marked and len(affirmed) > 1 and sentence.any(*SWAYS))
    ):
        code = "E-CRIT-935"
    elif _is_unlike(told, strange, speaks=speaks, known=known):
        code = "E-CRIT-936"
    else:
        return
    yield finding(code, told.place, what=told.what, sentence=told.quoted, applied=applied(told), words=words)


def _says_who_marks(told: Told) -> bool:
    """Whether a sentence only lists who marks: "A nurse, a carer and a finance manager read the answers."."""
    lists = told.room == "Moderation" and WHO_MARKS.search(told.sentence.spoken)
    return bool(lists) and not told.sentence.any("may", "change", "depart", "opinion", "decides", "if", "comparison")


def _lets(told: Told) -> bool:
    """Whether a sentence lets somebody change or leave something; what a bidder may do is another matter."""
    sentence = told.sentence
    departs = sentence.has("depart") and not sentence.says("left out | leave out | leaves out")
    changes = sentence.has("change") and told.room != "PricePolicy"
    may = sentence.has("may") and not IS_LET.search(sentence.spoken)
    return bool(sentence.has("opinion") or departs or changes or may)


def _of_force(told: Told, clause: Passage) -> bool:
    """Whether a clause leaves something open, or throws bids out, as no rule of this kind does by itself."""
    out = told.room == "PricePolicy" and clause.any("out") and not clause.says("stop | stops | fall | falls")
    out = out and not (clause.any("vat") and len(clause.meanings["out"]) == 1)  # it is VAT that is excluded
    return not clause.denied and (clause.says("may | might | could") or out) and not IS_LET.search(clause.spoken)


IS_LET = re.compile(  # what a bidder may do is no power over bids
    r" (?:you|bidders?|applicants?|tenderers?|suppliers?|organisations?|groups?) (?:may|might|could) "
    r"(?:bid|apply|win|offer|tender) |"
    r" (?:bids?|applications?|tenders?|one)(?: (?!may)\w+){0,3} (?:may|might|could) "
    r"(?:still |yet |then )?(?:fit|follow) "
)
WHO_MARKS = re.compile(
    r"^ (?:an?|the|one|two|three) [^.;:]+ (?:marks?|scores?|reads?)(?: \w+){0,4} \. $"
)  # and no more


def _is_unlike(told: Told, strange: list[str], *, speaks: bool, known: bool) -> bool:
    """Whether a person has to see if a sentence that contradicts nothing says the rule that is applied."""
    sentence = told.sentence
    gives = told.room in GIVING and not DOES.isdisjoint(sentence.words)
    rules = told.room in CHOOSING and (speaks or gives or not RULING.isdisjoint(sentence.words))
    if not strange:  # all in words that the rule is said with: a value that they contradict is told elsewhere
        return False
    if rules and not known and (not sentence.denied or len(strange) > 1):
        return True
    return speaks and not known and is_of_a_rule(told)


SWAYS = ("modal", "power", "change", "decides", "outsider", "depart", "price", "opinion", "deduct")
CONSISTS = (
    "is one of the panel | is on the panel | made up of | consists of | comprises | come from | comes from | "
    "are drawn from | is drawn from | sits on"
)
GIVING = ("PricePolicy", "TieBreak", "AllocationPolicy")
DOES = frozenset(
    word
    for verb in ("get", "go", "win", "earn", "take", "count", "lose", "decide", "pick")
    for word in (verb, f"{verb}s")
) | {"goes", "taken", "given", "used", "gets"}
OF_THE_CONTEST = ("modal", "panel", "power", "bidder", "bid", "mark", "price", "quality", "rank", "total", "outcome")


def unseen_documents(told: Told, clause: Passage) -> bool:
    """Find marks that rest on a document which bidders do not see."""
    if (
        (clause.denied and not clause.any("hidden"))
        or (
            told.text.key == "good_answer"
            and LISTED.search(told.sentence.text)
            and not told.sentence.any("panel", "us")
        )
        or told.sentence.says(
            "public or | is public | anyone can read | website | published on | are kept for | is kept for | is "
            "released | are released"
        )
        or (told.sentence.any("public") and not clause.any("hidden"))
        or (is_reference(told) and not told.sentence.any("verb", "panel", "mark", "hidden_doc"))
    ):
        return False
    near = [abs(one - two) for one in clause.meanings.get("hidden", ()) for two in clause.meanings.get("paper", ())]
    document = told.sentence.has("hidden_doc") or (min(near, default=9) < 9 and told.room in (*PROCESS, "Question"))
    if told.sentence.has("model") and not clause.denied:
        return True
    about = told.sentence.any("panel", "mark", "power", "hidden")
    return document and about and (not told.asks or told.sentence.any("panel", "hidden"))


def interviews(told: Told, clause: Passage) -> bool:
    """Find an interview, visit or presentation that no published question holds."""
    meets = told.room == "Moderation" and not told.sentence.any("bidder", "bid")  # the panel itself
    meets = meets and not clause.says("presentation | interview | interviews | presentations | pitch | visit | visits")
    if not clause.has("interview"):
        return False
    spoken_of = told.sentence.any("panel", "us", "mark", "leading", "shortlisted") or BIDS.search(told.sentence.spoken)
    if (told.room in ("Theme", "Criteria") and not spoken_of) or told.room == "ScaleMark":
        return False  # a service that visits and telephones
    if clause.says("come in at | comes in at | came in at"):  # what a price comes to
        return False
    offered = clause.says("may visit | can visit | on request | if they wish | if you wish")
    if offered and not told.sentence.any("mark", "panel", "outcome"):
        return False
    if clause.denied or told.criteria.stage or meets:
        return False  # where there are stages, whoever goes on is asked the questions of the next
    if told.sentence.says("inform the assessment | inform the evaluation | inform the marks | inform the scores"):
        return True
    if told.room in PROCESS and (
        told.sentence.has("mark", "change", "modal")
        or clause.says("presentation | interview | interviews | presentations | pitch")
    ):
        return True
    whom = told.sentence.any("panel", "invite") or (told.sentence.any("bidder", "power") and not told.asks)
    judged = (
        told.sentence.any("mark", "panel", "may", "outcome", "decides")
        or clause.any("invite")
        or told.sentence.says("assessment | evaluation | assessed | evaluated | taken into account | form part of")
    )
    asked = (
        told.asks
        and not told.sentence.any("panel")
        and not told.sentence.says(
            "the evaluators | be ready | be invited | you may be asked | you will be asked | will be asked"
        )
    )
    return whom and judged and not asked


def marks_changed(told: Told, clause: Passage) -> bool:
    """Find marks that somebody may change, outside the published moderation."""
    sentence = told.sentence
    if clause.denied or not clause.has("change") or (not sentence.any("mark") and not sentence.says("view")):
        return False
    if clause.any("own") or sentence.says("own mark | own marks") or (told.asks and not sentence.any("panel", "power")):
        return False
    if clause.says("moderated by the panel | moderated by the evaluators | moderated by the assessors | moderated at"):
        return False
    continued = clause.words[:1] == ("and",) and not clause.any("panel", "bidder")  # its subject stands before
    return ((clause.any("may", "modal", "power") or continued) and sentence.any("power")) or sentence.says(
        "may be changed | can be changed | provisional | up or down"
    )


WORKED_OUT = {
    "mean": "the mean of",
    "median": "median | middle mark",
    "trimmed_mean": "the mean of | highest and the lowest | highest and lowest | extreme marks | left out",
}


def marks_otherwise(told: Told, clause: Passage) -> bool:
    """Find marks that are not agreed by the panel: by a chair, a majority, an average, or with some left out."""
    sentence = told.sentence
    if (
        clause.denied
        or told.room not in ("Moderation", "Scale", "Theme", "Criteria", "AllocationPolicy")
        or not (sentence.any("panel", "mark") or told.room == "Moderation")
    ):
        return False
    agreed = clause.says("settle on | settles on | settle upon | agree on")  # what all of them do
    if told.criteria.moderation.on_spread == "decision" and told.room == "Moderation" and sentence.says(WITH_REASONS):
        return False  # a person decides, with a reason, that marks which lie apart stand
    one = (clause.any("power") and clause.has("decides") and not agreed) or sentence.says(
        "chair sets | chair decides | sets the mark | gives the mark"
    )
    spread = clause.says(
        (
            "two out of three | two of the three | two thirds of the panel | most of the panel | lowest mark stands | "
            "lowest mark counts | highest mark stands | highest mark counts | double weight | counts twice | counts "
            "double | counts more | majority | highest and the lowest | "
            "highest and lowest | majority vote | casting vote | the mean of | "
            "weighted according | according to seniority | "
            "median | outvoted | split the difference | higher mark stands | lower mark stands | higher mark is used "
            "| lower mark is used | middle mark | outlying | outliers | extreme marks | higher mark counts | lower "
            "mark counts | higher of the | lower of the"
        ),
    )
    averaged = clause.says("averaged | average of the | the average mark | arithmetic mean")
    spread = spread or (averaged and told.room != "Moderation")  # there it is found by its own list
    spread = spread or (clause.says("left out") and told.room in ("Moderation", "Scale"))
    published = WORKED_OUT.get(told.criteria.moderation.method)  # what says no other than the published method
    if told.criteria.moderation.third_counts == "closest":
        published = f"{published} | furthest | closest | nearest" if published else "furthest | closest | nearest"
    spread = spread and not (published and clause.says(published))
    return (told.room == "Moderation" and bool(one) and sentence.any("mark", "if")) or spread


def criteria_changed(told: Told, clause: Passage) -> bool:
    """Find weights, criteria or the budget that may be changed once bids are in."""
    if clause.denied or not clause.has("change") or told.asks:
        return False
    subject = told.sentence.any("criterion") or told.sentence.says("weights | rules | budget | scale | threshold")
    return (
        subject
        and clause.any("may", "modal")
        and not told.sentence.says("new version | before bids are invited | providers | timetable")
    )


FREE = (
    "not have to | don't have to | needn't | need not | not obliged | not required | not bound to choose | "
    "not bound to fund | free to choose | "
    "does not bind | not bound by | not binding | free to pick"
)


def outcome_departs(told: Told, clause: Passage) -> bool:
    """Find an outcome that somebody may decide otherwise than the published rules work it out."""
    sentence = told.sentence
    instead = sentence.says(FREE) and sentence.says("highest | best | top | ranking | order")
    if instead and not told.asks and not sentence.says("no award | lowest"):
        return True
    instead = sentence.says("other than the highest | rather than the highest | lower ranked | lower scoring")
    if (
        (clause.denied and not sentence.says("not bound | no award"))
        or told.asks
        or (told.room == "TieBreak" and sentence.says("we look at"))  # what its steps are is read by itself
        or told.room == "FinalChoice"  # which publishes who may choose, and how far
        or sentence.says("as these rules | nothing at all | work them out")
        or (sentence.says("not bound to award | not bound to accept | no award") and not instead)
    ):
        return False
    final = sentence.says("final say | last word | final decision rests | final decision lies") and sentence.any(
        "power", "panel"
    )
    final = final or (clause.says("is up to") and sentence.any("power", "panel") and sentence.any("outcome", "bid"))
    departs = sentence.has("depart") and (
        (sentence.any("power") and sentence.any("may", "modal", "decides", "change"))
        or (sentence.any("outcome", "bid") and sentence.any("may", "modal", "change") and not _chosen_by_method(told))
    )
    other = sentence.has("power", "outcome") and sentence.has("decides") and sentence.any("other_info", "opinion")
    return bool(final or departs or other)


def _chosen_by_method(told: Told) -> bool:
    """Whether nobody but the published method is who passes over a bid or sets a price apart in this text."""
    policy = told.text.record
    of_a_rule = isinstance(policy, RuleBase) and not told.sentence.any("may", "change")
    return (
        told.room == "PricePolicy"
        or of_a_rule
        or (isinstance(policy, AllocationPolicy) and policy.method == "optimise")
    )


BIDS = re.compile(r" (?:bids?|bidders?|applicants?|tenders?|tenderers?|suppliers?|providers?|you) ")
HEARING = re.compile(r" (?:bidder|applicant|supplier|tenderer|organisation|it|they) (?:is|are|must be|has been) heard ")


def other_information(told: Told, clause: Passage) -> bool:
    """Find information that no question asks for, which enters all the same."""
    sentence = told.sentence
    if clause.denied or (told.text.key == "on_failure" and HEARING.search(sentence.spoken)):
        return False
    people = sentence.any("panel", "mark", "power", "outcome") or not told.asks
    return sentence.has("other_info", "consider") and people and not (told.asks and not sentence.any("panel", "power"))


def variants(told: Told, clause: Passage) -> bool:
    """Find variant, alternative or partial bids that no rule deals with."""
    sentence = told.sentence
    if not clause.any("variant", "part_bid"):
        return False
    weighed = sentence.has("weight") or bool(NAMED.search(sentence.spoken))  # "Y1 counts for half"
    if (
        clause.denied
        or weighed
        or any(isinstance(rule, Variants) for rule in told.criteria.rules)
        or told.room == "Gate"
        or _is_second_step(told)
    ):
        return False
    invited = (
        sentence.any("bid", "bidder", "consider", "onward")
        or sentence.says("variants | alternatives")
        or sentence.says("we will consider | priced | price it | evaluated")
    )
    asked = told.asks and not (
        sentence.says("you may | you can | if you | welcome | we will consider | send in | submit") or clause.any("bid")
    )
    return invited and not asked


def _is_second_step(told: Told) -> bool:
    """Whether a "second price" is the second thing that decides between equals: "first quality, second price"."""
    return told.room == "TieBreak" and told.sentence.says("first") and told.sentence.says("second price | second bid")


def negotiation(told: Told, clause: Passage) -> bool:
    """Find prices or bids that change after they were opened."""
    return (
        clause.has("negotiate")
        and not clause.denied
        and not told.asks
        and not _is_second_step(told)
        and not (told.room in ("PricePolicy", "Rounding") and clause.says("adjusted price"))  # what bids are ranked by
        and clause.any("bidder", "price", "bid", "power")
    )


def opinions(told: Told, clause: Passage) -> bool:
    """Find a decision that rests on what somebody thinks, with no published rule."""
    sentence = told.sentence
    if not clause.has("opinion") or told.room == "ScaleMark" or IS_MET.search(clause.spoken):
        return False
    if clause.denied and not sentence.says("so wishes"):
        return False
    expected = told.room in ("Theme", "Criteria") and bool(EXPECTED.search(sentence.spoken))
    if expected and not sentence.any(
        "bid", "bidder", "mark", "answer", "outcome", "criterion", "price", "quality", "rank"
    ):
        return False
    ours = sentence.says("up to us | for us to decide | for us to say | for us to judge")
    somebody = ours or sentence.any("panel", "power") or sentence.says("its decision | special circumstances")
    if told.asks and told.room == "Question" and not ours and not _by_those_who_decide(sentence):
        return False
    return (
        clause.has("opinion")
        and somebody
        and (told.room in PROCESS or told.room in ("Gate", "Question", "Term") or told.text.key == "source")
    )


IS_MET = re.compile(r" (?:condition|predicate|requirement|test|criterion)s? (?:is|are) (?:not )?satisfied ")
EXPECTED = re.compile(
    r" (?:we|council|officers) (?:think|believe|feel)s? (?:that )?(?:\w+ |… ){0,8}(?:will|would|may) "
)


def _by_those_who_decide(sentence: Passage) -> bool:
    """Whether a sentence of a question names somebody of the council's side, and not only people of the bidder's."""
    if sentence.words[-1:] == ("?",) or ASKS.match(sentence.spoken):
        return sentence.says("we | our | council | panel | evaluators | evaluator | assessors | assessor")
    people = (at for one in ("panel", "power") for at in sentence.meanings.get(one, ()))
    return any({"your", "their"}.isdisjoint(sentence.words[max(0, at - 3) : at]) for at in people)


ASKS = re.compile(
    r" (?:please )?(?:explain|describe|tell us|say|show(?: us)?|set out|state|outline|give(?: us)?|list|name) "
    r"(?:us )?(?:what|how|who|which|when|where|why|the|your|an?) "
)


NAMED = re.compile(r" [a-z]{1,4}[0-9]{1,2} (?:counts?|is|has|carries|gets) ")
OR_NOT = "or not | may or may not | or may not | may , but | not obliged | if it chooses | if it wishes"


def may_or_may_not(told: Told, clause: Passage) -> bool:
    """Find a consequence that may follow or not."""
    sentence = told.sentence
    at = clause.meanings.get("may", (0,))[0]
    if told.text.key == "on_failure" and sentence.has("may", "out") and sentence.says(OR_NOT):
        return True
    if (
        clause.within(0, at + 2).denied
        or not clause.has("may")
        or told.room not in (*PROCESS, "Gate")
        or told.text.key == "question"
    ):
        return False
    excluded = clause.any("out") or clause.says("turned away | accept | be accepted | considered | thrown out")
    exempt = told.room == "Gate" and sentence.says(DECIDED_IN_WRITING)
    return (
        excluded
        and clause.any("power", "bid", "bidder", "price")
        and not exempt
        and not clause.any("interview", "mark")
    )


def exceptions(told: Told, clause: Passage) -> bool:
    """Find exceptions that nobody has published."""
    return (
        not clause.denied
        and not told.asks
        and clause.says("exceptions | exception | waive | waived | dispensed with")
        and clause.any("may", "modal")
    )


def ideally(told: Told, clause: Passage) -> bool:
    """Find a condition that is only wished for."""
    return (
        told.room == "Gate" and told.text.key in ("predicate", "question") and clause.has("soft") and not clause.denied
    )


def hedged(told: Told, clause: Passage) -> bool:
    """Find a rule of which its own source says that it is kept now and then, or about so: "two, maybe three"."""
    spoken_of = told.room in PROCESS - {"Theme", "Criteria"} and told.text.key == "source"
    return (
        spoken_of
        and clause.has("hedge")
        and not clause.denied
        and (bool(clause.figures) or clause.any("mark", "panel"))
    )


STATEMENTS: tuple[tuple[str, Reads], ...] = (
    ("E-CRIT-920", unseen_documents),
    ("E-CRIT-921", interviews),
    ("E-CRIT-922", marks_changed),
    ("E-CRIT-922", marks_opened_again),
    ("E-CRIT-923", criteria_changed),
    ("E-CRIT-929", negotiation),
    ("E-CRIT-926", other_information),
    ("E-CRIT-924", outcome_departs),
    ("E-CRIT-928", variants),
    ("E-CRIT-925", opinions),
    ("E-CRIT-925", may_or_may_not),
    ("E-CRIT-925", exceptions),
    ("E-CRIT-925", hedged),
    ("E-CRIT-933", marks_otherwise),
    ("E-CRIT-930", ideally),
)


def consequences(everything: Sequence[Told], words: Vocabulary) -> Iterator[Finding]:
    """Find gates of which nothing says what becomes of a bid that fails them, but where to read it."""
    told = [one for one in everything if one.room == "Gate" and one.text.key == "on_failure"]
    for place in dict.fromkeys(one.place for one in told):
        said = [one for one in told if one.place == place]
        unfinished = words.first("unfinished", said[0].text.written)
        if not unfinished and not any(_ends(one.sentence) for one in said):
            yield finding("E-CRIT-927", place, what=said[0].what, sentence=said[0].quoted)


def _ends(sentence: Passage) -> bool:
    """Whether a sentence says what becomes of a bid, and not only "if you fail, see part C"."""
    first = (
        sentence.words.index(",")
        if sentence.words[:1] in (("if",), ("where",), ("when",)) and "," in sentence.words
        else 0
    )
    ends = [at for at in sentence.meanings.get("must_end", ()) if at > first or sentence.words[at] not in FAILING]
    return len(sentence.words) > 2 and (bool(ends) or bool(IS_OUT.search(sentence.spoken)))


FAILING = frozenset({"fail", "fails", "failed", "failing", "not", "no"})
IS_OUT = re.compile(
    r" (?:is|are|be) (?:then )?(?:excluded|disregarded|rejected|not (?:taken|carried|considered|evaluated|assessed|"
    r"marked|scored|opened|read|ranked)) |"
    r" (?:refuses?|declines?|turns? (?:\w+ ){1,2}down) | (?:gets|records|gives|makes) (?:[\w']+ ){0,2}decision "
)
