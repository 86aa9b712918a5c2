"""Whether a source only names where something was decided: the title of a document, with its body, page or day."""

import re

from evaluator.publication.checks.prose.sentences import Sentence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DOCUMENTS = _words(
    """
    act advert advertisement agenda agreement annex appendix application assessment award board brief brochure
    bulletin cabinet call charter circular code commission commissioner committee conditions constitution
    contract convention council criteria criterion decision department document evaluation executive factsheet
    faq form foundation framework fund grant grants guidance guide guideline guidelines handbook information
    instructions invitation itt law leaflet levy manual matrix memorandum methodology minute minutes note notes
    notice order pack page paper papers plan policy principles procedure procedures process programme prospectus
    protocol regulations report requirements resolution rules schedule scheme score scoring section sheet
    specification statement strategy table template terms toolkit trust website
    """
)
# What a rule is said with, even where it has no verb: "Highest score first, then the lower price; halves up."
RULING = _words(
    """
    above after agree agreed agrees all any apply applied are available average averaged averages be before
    below best better between but can change changed changes choose chooses chosen considered count counted
    counts decide decided decides deducted divided double doubled each earn earns either equal equals even every
    excluded first gets give given gives goes half halves has have held higher highest if ignored is kept last
    least less lots lower lowest majority may mean median minus more most must nearest never next no none not
    nothing once only over per plus points percent preferred random rejected rounded rounding scored shall
    should split takes then ties top unless until up used upwards down downwards vote weighted weighting when
    where whichever will wins with without worst would runs run lasts starts begins ends continues
    """
)
SPEAKERS = _words("i we you they it he she nobody everybody someone somebody")  # whoever begins a sentence, not a title
SAYS_MORE = ("hidden", "modal", "may", "given_later", "our_paper", "panel", "other_info")
# "Panel handbook: totals to two places.": the paper that says it, or a few words that lead up to it.
HEAD = re.compile(r"^(?:In|Put|To put it|As)(?: \w+){1,3}: (?=\S)|^(?P<paper>[A-Z][^:.;?!£%\n]{2,60}): (?=\S)")
PAPERS = _words(
    """
    annex annexe appendix brief booklet brochure decision document guidance guide guidelines handbook instructions
    invitation itt leaflet manual memo minute minutes pack page paper papers plan policy prospectus protocol record
    regulations report rules schedule sheet specification strategy toolkit website
    """
)
KEPT_BACK = re.compile(r"(?i)\b(?:internal|unpublished|confidential|private|not|kept|held|own)\b")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
YEARS = re.compile(r"\b(?:19|20)[0-9]{2}[/–-](?:[0-9]{2}){1,2}\b")
AMOUNT = re.compile(r"[%£€]|(?<![\w.])[0-9]+ ?[x×*/÷+] ?[0-9]")
BY_WHOM = re.compile(r" (?:agreed|approved|adopted|decided|issued|endorsed|signed) (?=(?:by|at|on|in) )")  # a paper
NUMBERED_PAGE = re.compile(  # "How we mark, sheet 3."
    r"[A-Z][\w'’]*(?: [\w'’]+){0,5},? (?:sheet|page|part|section|paragraph|item|minute|annex|appendix|schedule) "
    r"[0-9A-Z.]{1,5}|(?:How|What|Who|Where|Why)(?: [\w'’]+){1,5},? [0-9]{1,2}(?:\.[0-9]{1,2})*"
)
CHAPTER = re.compile(
    r"[A-Z][\w'’]*(?: [\w'’]+){0,3}, (?:how|what|who|where|when|why)(?: [^\W\d]+){1,5}\.?"
)  # "Call, how we mark"
MOST_WORDS = 24


def without_head(source: str) -> str:
    """Leave out the paper that is cited before what it says; one that is kept from bidders stays, and so is found.

    >>> without_head("Panel handbook: totals to two places.")
    'totals to two places.'
    >>> without_head("Minimum score: 60."), without_head("Panel handbook (internal): five points.")
    ('Minimum score: 60.', 'Panel handbook (internal): five points.')
    """
    head = HEAD.match(source)
    paper = head["paper"] if head else None
    words = set(re.findall(r"[a-z]+", paper.lower())) if paper else set()
    named = not PAPERS.isdisjoint(words) and RULING.isdisjoint(words) and not KEPT_BACK.search(paper or "")
    return source[head.end() :] if head and (paper is None or named) else source


def without_addresses(source: str) -> str:
    """Leave out the addresses of pages, whose words are nobody's."""
    return ADDRESS.sub(" ", source)


def is_citation(sentence: Sentence) -> bool:
    """Whether a sentence of a source is the title of something, and rules nothing.

    >>> from evaluator.publication.checks.prose.sentences import sentences
    >>> [is_citation(*sentences(one)) for one in ("UKSPF round, scoring matrix, page 4", "Scoring matrix of the panel")]
    [True, False]
    >>> is_citation(*sentences("We chop the price score to a whole number."))  # a title speaks for nobody
    False
    """
    if (NUMBERED_PAGE.fullmatch(sentence.text) or CHAPTER.fullmatch(sentence.text)) and not sentence.any("hidden"):
        return True
    words = [word for word in BY_WHOM.sub(" ", sentence.spoken).split() if word.isalpha()]
    return (
        len(words) <= MOST_WORDS
        and SPEAKERS.isdisjoint(words[:1])
        and not DOCUMENTS.isdisjoint(words)
        and RULING.isdisjoint(words)
        and all(one.kind == "number" for one in sentence.figures)
        and not AMOUNT.search(YEARS.sub("", sentence.text))
        and not sentence.any(*SAYS_MORE)
    )
