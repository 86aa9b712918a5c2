"""What stands in the source of a rule, held against what the rule can say: words beyond it state another rule."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache

from evaluator.publication.checks.prose.figures import MONTHS
from evaluator.publication.checks.prose.lexicon.stems import stem
from evaluator.publication.checks.prose.sentences import Passage, Sentence
from evaluator.publication.checks.prose.told import Told
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.scales import Scale

PLAIN = """
        a an the of in on at to for from by with without and or but nor not no never nothing none nobody as so if
        where when which that who whose whom both other others it its their they them there this these those than
        then into over under between among within until before after again also otherwise only all each every any
        some more most less least fewer up down first second third next last same one is are was were be been being
        has have had do does did will shall must can may would should own such how what alone together itself
        themselves just very case out about whether either because while during per cent percent example way here
        else once too well final it's him her his we us our you your made make makes paper itt invitation tender
        guidance cabinet invented appendix section item act regulation light report policy document source stands
        said says say told tell means follows follow called named rule rules published publish part parts page
        paragraph number numbers figure figures bid bids bidder bidders tenders tenderer supplier provider
        organisation application applicant applications offer proposal answer answers question questions theme
        themes lot lots programme council contract contracts score scores scored scoring mark marks marked marking
        point points total totals quality price prices priced rank ranks ranked ranking order evaluated evaluation
        assessed assessment published prospectus quote quotes quotation form forms sheet above below many could cannot
        twice enough why another best other becomes become comes come going goes go done shown afterwards later
        earlier thus using used use uses above
        exactly separately anyone worth handbook procurement takes follows kept released request grant grants
        pounds fits without work works led fixed itt round rounds year years same different
    """
OWN: Mapping[str, str] = {
    "Scale": """
        scale run runs common descriptor descriptors label highest lowest top full nought zero earned earn earns
        given give gives needs need needed good listed lists list detail details specific service checked there
        missing evidence nobody beyond exceeded exceed everything asked ask half used use uses mean step steps
        between rise six five same serve serves both equal evaluator evaluators picks pick chooses fits common
        specific award tenths halves assessor assessors panel
        above below anything elsewhere follow whole fall falls gets lower higher lie lies
    """,
    "PricePolicy": """
        held against gives divided multiplied asked sum offered offer offers discounts lie lies decimal places place
        rounded worked lowest highest low high dear
        cheapest cheaper dearest cost costs compared compare earn earns get gets
        divided divide divides ratio proportion share multiplied times x sum year years yearly whole life term vat
        exclude excludes excluding including include discounted discount discounting line straight nought zero none
        twice never mean median average below above abnormally looked look person people served different index
        adjusted count counts weight weighted carry carries formula method exact against great greatest greater
        whichever budget limit limits basis unit number size service services buy undertakes advise reach
        disregarded minimum threshold needed need results result works worked points deviation available available
        tests test apply applied differ cover covers scored receive receives award awarded awards pro rata remaining
        proportionately maximum full everything expenses travel premises staff materials overheads inclusive
        left rules public charged charge
    """,
    "Rounding": """
        round rounds rounded rounding decimal decimals place places half halves upwards upward away nought zero
        nearest even up down whole exact sum once shown show rest rests displayed display worked calculated
        calculation end result unrounded kept cut truncated weighted added
    """,
    "Moderation": """
        commissioning manager member members single alone
        evaluator evaluators assessor assessors panel moderator moderate moderated moderation meet meets meeting
        agree agrees agreed reason reasons write writes written record records recorded consensus discuss discussed
        discusses talk talked apart alone separately independently independent averaged average taken added declare
        declares declared declaration declarations interest interests conflict aside stands stand recused sees see
        seen scale change changes changed give gives differ different spread wide least read reads note notes train
        trained sign signs chair vote held any people person officer officers know knows service services
        procurement alter altered interview interviews presentation
        presentations site visit visits final stand marks group reach reaches reached set down by
        look looks looked
        themselves individually individual words explain explains confer joint adviser staff response responses
    """,
    "TieBreak": """
        equal equals equally tie tied ties higher highest lower lowest better best cheap cheaper cheapest decide
        decides decided share shares come comes ahead places placed go goes earn has having still remain remains
        level stay stand scored place places step steps looked compared compare settle settles settled win wins fail
        lots drawn chair casting vote
    """,
    "AllocationPolicy": """
        covering ending ends dear left one reach next then lots offered offer offers remaining covers cover
        combination combinations affordable chosen placed stopping starting
        exceed exceeded exceeds lasts last allows allow enough grants among possible
        award awards awarded fund funds funded budget money set sets objective best greatest great sum highest cost
        costs cheapest least cheap cheaper fit fits pass passed passes over stop stops stopped go goes get gets
        reach reaches needed need needs minimum limit limits serve serves ward wards equal equals tie draw decides
        decide keep keeps kept divided divisions division recommended recommend priority down list place places
        leads lead leader possible combination maximum greater than win wins better come comes within pot affordable
        afford year years left reserve one both group groups outcome outcomes division every depart nobody
        information used reason reasons nothing awarded people covered covers spend spent available pay pays
        considered together panel taken take full procurement act advantageous outline project withdrawn work
        works hold holds held limit out ends end added much buys buy result results adopts adopted receives cannot
        depart while whichever area areas
    """,
}  # fmt: skip

WORKED_OUT = """
        mean means median trimmed trim arithmetic sum sums summed total counted counts count worked work calculated
        calculation rounded rounding round decimal places place half up highest lowest high low middle left leave
        outlier outliers extreme exact exactly individual given judge judges reviewer reviewers expert experts scaled
        missing absent cross crossed strike struck worst best top bottom ignore ignored thrown away outside
        closest nearest even odd number discarded dropped removed combined divided remaining remain withdraw
        withdraws withdrawn
    """  # of marks that are worked out and not agreed


CAPITAL = re.compile(r"(?<=[\s(“\"])[A-Z][^\W\d_]+")


@cache
def _known(room: str, more: str) -> frozenset[str]:
    return frozenset(stem(word) for word in (*PLAIN.split(), *OWN[room].split(), *more.split()))


def _said_beside(told: Told) -> frozenset[str]:
    """Give the words of what else the rule publishes: the descriptors of a scale, the unit of a price."""
    if isinstance(told.text.record, PricePolicy):
        return _stems_of(told.text.record.unit)
    marks = told.text.record.mark if isinstance(told.text.record, Scale) else ()
    return _stems_of(" ".join(f"{one.label} {one.descriptor}" for one in marks))


@lru_cache(64)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(text.lower()))


WORD = re.compile(r"[^\W\d_]+")


def beyond(told: Told, passage: Passage) -> Iterator[str]:
    """Give the words of a passage in a rule's source that the rule itself has no use for; names are passed over."""
    if told.room not in OWN or told.text.key != "source":
        return
    worked_out = told.room == "Moderation" and told.criteria.moderation.combines
    known = _known(told.room, WORKED_OUT if worked_out else "") | _said_beside(told)
    if not MONTHS.isdisjoint(told.sentence.words) and not _rules_after(told.sentence):  # it says when it was decided
        return
    named = told.setting.title_words | {word.lower() for word in CAPITAL.findall(told.sentence.text)}
    for word in passage.words:
        if (
            word.isalpha()
            and len(word) > 1
            and stem(word) not in known
            and word not in named
            and not _is_figure(told, word)
        ):
            yield word


def _is_figure(told: Told, word: str) -> bool:
    words = told.sentence.words
    return any(word in words[figure.first : figure.last + 1] for figure in told.sentence.figures)


REFERENCE = re.compile(
    r"(?:(?i:the|as|see|full|from|after)\s)*(?:(?i:itt|prospectus|guidance|invented|cabinet|council|executive|papers?|"
    r"invitation|appendix|annex|schedule|section|reports?|policy|strategy|act|regulations?|procurement|decision|"
    r"minutes?|committee|appendices|programme|document|page|paragraph|specification|terms|standing|constitution)\b|"
    r"[A-Z]{2,6}\b)"
)


RULING = frozenset(
    word
    for line in (
        "is are be may can must will shall should has have gets get goes go wins decides decide counts count "
        "gives takes",
        "earns earn loses scores picks chooses changes agrees settles decided used taken given chosen",
    )
    for word in line.split()
)


def is_of_a_rule(told: Told) -> bool:
    """Whether a sentence stands in the source of a rule that the engine says itself."""
    return told.room in OWN and told.text.key == "source"


def is_reference(told: Told) -> bool:
    """Whether a sentence says only where something was decided: a paper, an Act, a day."""
    sentence = told.sentence
    words = [word for word in sentence.words if word.isalpha()]
    dated = not MONTHS.isdisjoint(sentence.words) and (told.room not in OWN or not _rules_after(sentence))
    named = len(words) < 3 or bool(REFERENCE.match(sentence.text))
    return dated or (named and RULING.isdisjoint(words))


def _rules_after(sentence: Sentence) -> bool:
    """Whether a sentence goes on behind the day of a decision, and rules something there."""
    last = max(at for at, word in enumerate(sentence.words) if word in MONTHS)
    after = sentence.words[last + 1 :]
    cut = next((at for at, word in enumerate(after) if word in (":", ",", ";")), len(after))
    return not RULING.isdisjoint(after[cut:]) and sentence.within(last + 1, len(sentence.words)).any(*OF_SCORES)


OF_SCORES = ("mark", "price", "quality", "rank", "total", "bid", "tie", "panel")
WHY = re.compile(
    r" (?:because|so that|was chosen|were chosen|chose|easy|easier|simple|simpler|fair|fairer|common|usual|"
    r"consult\w*|lawyers?|advice|tested|tried|market|proportionate to) "
)


PURPOSE = re.compile(r" so that ")


def is_why(sentence: Sentence, known: frozenset[Fraction] = frozenset()) -> bool:
    """Whether a sentence says why a rule was chosen, with no figure but those known, and lets nobody do anything."""
    figures = [one for one in sentence.figures if one.value != 1 and one.value not in known]
    return (
        bool(WHY.search(sentence.spoken))
        and not figures
        and not sentence.any("change", "depart")
        and not _lets(sentence)
    )


def _lets(sentence: Sentence) -> bool:
    """Whether somebody may do something, besides what a thing is for: "so that the table can be read"."""
    purpose = PURPOSE.search(sentence.spoken)
    end = len(sentence.spoken[: purpose.start()].split()) if purpose else len(sentence.words)
    return any(at < end for at in sentence.meanings.get("may", ()))


def spared(told: Told, strange: list[str]) -> bool:
    """Whether a sentence denies and says nothing strange, gives an example, or was looked at by its author."""
    sentence = told.sentence
    looked_at = told.declared or "…" in sentence.words
    return (
        looked_at
        or sentence.says(
            "for example | example | becomes | award nothing | total decides | lowest price takes the full | "
            "lowest price gets the full | lowest price earns the full"
        )
        or (sentence.denied and not strange)
    )


WITH_REASONS = "in writing | with reasons | with a reason | gives reasons | gives a reason | writes why"


TOGETHER = re.compile(
    r" (?:agrees?|settles?|decides?|sets?|gives?|fix(?:es)?|reach(?:es)?) (?:\w+ ){0,5}(?:marks?|scores?|it|one) "
    r"(?:\w+ ){0,2}(?:together|jointly|as a group|between them|by agreement) "
)


def decides(told: Told, clause: Passage) -> bool:
    """Whether a clause lets somebody decide or change something, or asks something further of a bidder.

    Where a rule chooses among bids, "we choose the bid that …" is how it is said, and gives nobody a power.
    """
    if clause.denied or not clause.any("power", "panel", "bidder", "outsider"):
        return False
    if told.room == "Moderation" and clause.says("settle on | settles on | settle upon | agree on"):
        return False  # what all of them do together
    if told.room == "Moderation" and TOGETHER.search(clause.spoken) and not clause.any("may", "change"):
        return False
    if (
        told.room == "Moderation"
        and told.criteria.moderation.on_spread == "decision"
        and told.sentence.says(WITH_REASONS)
    ):
        return False
    if told.room in CHOOSING and not clause.any("panel", "outsider"):
        named = {clause.words[at] for at in clause.meanings.get("power", ())} - OURSELVES
        if not named:
            changes = clause.any("change") and not clause.says("go down | goes down | going down")
            weighs = clause.any("consider") and not clause.says("compare | compares | compared")
            return changes or weighs or clause.any("may", "depart", "opinion")
    if clause.any("decides", "change", "depart", "opinion", "consider"):
        return True
    return clause.any("may") and not READ.search(clause.spoken)


READ = re.compile(r" (?:bidders?|applicants?|tenderers?|suppliers?) (?:can|may) (?:then )?(?:read|see|ask|have) ")
CHOOSING = frozenset({"PricePolicy", "TieBreak", "AllocationPolicy", "Rounding"})  # the engine says these rules whole
OURSELVES = frozenset({"we", "council", "authority"})
