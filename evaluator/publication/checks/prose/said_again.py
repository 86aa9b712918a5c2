"""Words in a rule's source that mean one value of it: where another is applied, the sentence says another rule."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluator.publication.checks.prose.lexicon.stems import stem
from evaluator.publication.checks.prose.readers.prices import FAMILIES
from evaluator.publication.checks.prose.readers.rounding import UNROUNDED_PARTS
from evaluator.publication.checks.prose.told import Told
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.records.programme.rules import OrganisationAwards, ThemeAwards

Fits = Callable[[Told], bool]


@dataclass(frozen=True)
class Means:
    """Words that mean a value: the pattern of them, what they say, and whether that is applied."""

    words: str
    said: str
    fits: Fits


def _means(words: str, said: str, fits: Fits) -> Means:
    return Means(words, said, fits)


def _rounds(**values: object) -> Fits:
    return lambda told: all(getattr(told.criteria.rounding, key) == value for key, value in values.items())


def _prices(*methods: str) -> Fits:
    return lambda told: all(own_name(one.method) in methods for one in _policies(told))


def _scores(*bases: str) -> Fits:
    return lambda told: all(one.basis in bases for one in _policies(told))


def _policies(told: Told) -> tuple[PricePolicy, ...]:
    if isinstance(told.text.record, PricePolicy):
        return (told.text.record,)
    return tuple(one for theme in told.themes if (one := told.criteria.price_policy(theme.id)) is not None)


def _never(_: Told) -> bool:
    return False


def _no_minimum(told: Told) -> bool:
    return all(_policy_of(told).minimum_of(theme.id) is None for theme in told.themes)


def _drawn(told: Told) -> bool:
    return "draw" in told.criteria.tie_break.order


def _shared_rank(told: Told) -> bool:
    return not _drawn(told)


def _policy_of(told: Told) -> AllocationPolicy:
    assert isinstance(told.text.record, AllocationPolicy)
    return told.text.record


def _divides(*methods: str) -> Fits:
    return lambda told: _policy_of(told).method in methods


def _in_part(told: Told) -> bool:
    policy = _policy_of(told)
    return bool(policy.level) or any(rule.kind == "least_level" for rule in policy.rule)


def _stops(told: Told) -> bool:
    policy = _policy_of(told)
    stops = policy.method == "priority" and policy.on_unaffordable == "stop"
    return stops != bool(re.search(r" (?:not|never) (?:end|stop) ", told.sentence.spoken))


def _one_each(told: Told) -> bool:
    """Whether each lot has one award: by the method, or by a rule of its own."""
    rules = [rule for rule in told.criteria.rules if isinstance(rule, ThemeAwards) and rule.most == 1]
    capped = {rule.theme for rule in rules}
    return _policy_of(told).method == "fixed_lots" or all({one.id, "*"} & capped for one in told.themes)


def _may_have_both(told: Told) -> bool:
    """Whether nothing keeps one bidder from having two lots, and a sentence says no more than that."""
    limits = [rule.limit for rule in told.criteria.rules if isinstance(rule, OrganisationAwards)]
    lets = told.sentence.says("may | can | could | might")
    return _denies(told) or (lets and all(limit is None or limit > 1 for limit in limits))


def _at_mean(told: Told) -> bool:
    """Whether a figure of a sentence is the share that a price at the mean earns, and is published as that."""
    earned = {Fraction(one.parameters.get("at_mean", 50)) for one in _policies(told) if one.method == "mean_deviation"}
    return any(one.share in earned for one in told.sentence.figures)


def _lowest_is_first(told: Told) -> bool:
    return all(not METHODS[one.method].best_is_highest for one in _policies(told))


def _works_out(*methods: str) -> Fits:
    return lambda told: told.criteria.moderation.method in methods


def _between_marks(told: Told) -> bool:
    return any(Fraction(mark).denominator > 1 for mark in told.criteria.scale.marks)


def _of_a_hundred(told: Told) -> bool:
    return told.criteria.scale.highest == 100


def _whole_marks(told: Told) -> bool:
    return not _between_marks(told)


NUMBER_OF = re.compile(r" number of ((?:\w+ ){1,6})")


def _of_the_unit(told: Told) -> bool:
    """Whether what a price is divided by, in a sentence, shares a word with the unit that is published."""
    said = NUMBER_OF.search(told.sentence.spoken)
    units = {stem(word) for one in _policies(told) for word in one.unit.lower().split() if len(word) > 3}
    units |= {stem(word) for word in ("people", "persons") if "person" in units}
    return said is None or bool({stem(word) for word in said.group(1).split()} & units)


def _always(_: Told) -> bool:
    return True


def _denies(told: Told) -> bool:
    return bool(DENIED.search(told.sentence.spoken))


def _unpriced(told: Told) -> bool:
    return all(told.criteria.price_policy(theme.id) is None for theme in told.themes)


def _or_denied(fits: Fits) -> Fits:
    return lambda told: _denies(told) or fits(told)


LINE = ("linear_above_lowest", "range", "fixed_limits", "linear_whole_points", "french_linear", "consip_range")
DISCOUNTS = ("damped_discount", "discount_ratio", "bilinear_discount")
DENIED = re.compile(
    r" (?:no|don't|doesn't|isn't|aren't|won't|can't|nothing|nobody|never|not|without|none|nor|neither|cannot) "
)
LOT = r"(?:lot|area|theme|place|district|ward)"
ROUND = r"round(?:ed|ing|s)?"
LOW = r"(?:lowest|cheapest)(?: \w+){0,3}"
HIGH = r"(?:highest|dearest)(?: \w+){0,2}"
ALL = r"(?:all|every|full|whole|maximum|most)(?: \w+){0,2}"
NIL = r"(?:no points|none|nothing|nought|zero|no marks|0)"
GETS = r"(?:earns?|gets?|receives?|has|have|takes?|scores?|gains?|given)"
MEANT: Mapping[str, tuple[Means, ...]] = {
    "Rounding": (
        _means(
            rf"{ROUND} (?:\w+ ){{0,2}}totals?|totals? (?:\w+ ){{0,3}}{ROUND}|before (?:\w+ ){{0,2}}rank(?:ed|ing)?|"
            rf"rounding (?:\w+ ){{0,6}}totals?|(?:total|overall|final)(?: \w+)? alone|"
            rf"{ROUND} (?:\w+ ){{0,3}}(?:final|overall|end) (?:scores?|results?|figures?)|"
            rf"once at the end|only (?:\w+ ){{0,2}}at the (?:very )?end|{ROUND} (?:\w+ ){{0,3}}at the (?:very )?end",
            "the total is rounded",
            _or_denied(_rounds(point="total")),
        ),
        _means(
            r"then (?:they are )?added|each part|every part|parts? (?:\w+ ){0,3}rounded|each (?:\w+ ){0,2}score",
            "each part is rounded",
            lambda told: _rounds(point="parts")(told) or bool(UNROUNDED_PARTS.search(told.sentence.spoken)),
        ),
        _means(
            r"each mark|every mark|(?:evaluator|assessor)(?:'s|s')? marks?|question is rounded|each question",
            "marks are rounded one by one",
            _never,
        ),
        _means(r"whichever way is even|even (?:one|number|digit|side)", "to the even one", _rounds(mode="half_even")),
        _means(
            r"integers?|nearest whole|whole (?:numbers?|points?|figures?|marks?)|units",
            "whole points",
            _rounds(places=0),
        ),
        _means(r"nearest tenth|one (?:figure|digit|place)|one decimal|single decimal", "1 place", _rounds(places=1)),
        _means(
            r"nearest hundredth|two places|second decimal place|(?:to|nearest)(?: the)? (?:nearest )?(?:penny|pence)",
            "2 places",
            _rounds(places=2),
        ),
        _means(r"nearest thousandth|three places", "3 places", _rounds(places=3)),
        _means(
            r"exact (?:figures?|scores?|totals?|results?)|"
            r"not (?:rounded|tidied)(?! again| up| down)|unrounded|(?:every|all (?:the )?) ?digits?",
            "ranks rest on exact figures",
            _rounds(point="display"),
        ),
        _means(r"in (?:the )?(?:\w+ )?(?:'s )?favour", "in somebody's favour", _never),
    ),
    "TieBreak": (
        _means(
            r"(?:shares?|sharing|have|has|given|take|equal|same|joint) (?:\w+ ){0,2}(?:ranks?|place)|"
            r"remain (?:tied|equal)|(?:are|is|as) (?:a )?ties?|stay equal|rank equal(?:ly)?",
            "bids share a rank",
            _shared_rank,
        ),
        _means(r"by lots?|lots? (?:\w+ ){0,2}drawn|ballot|at random|straws?", "lots", _or_denied(_drawn)),
    ),
    "PricePolicy": (
        _means(
            r"add(?:s|ed|ing)? (?:\w+ ){0,6}years?(?: \w+)?|years? (?:\w+ ){0,3}added|nominal|"
            r"(?:sum|total|aggregate) of (?:\w+ ){0,5}years?(?:'s?)?",
            "the sum of all years",
            lambda told: (
                _scores("whole_life")(told)
                or (_scores("yearly")(told) and told.sentence.says("divided | divide | average | divides | halved"))
                or (_scores("unit_cost")(told) and told.sentence.says("divided | divide | each | for each | per"))
                or told.sentence.says("discounted | discount")
            ),
        ),
        _means(
            r"no discount(?:ing)?|not discounted|undiscounted|(?:at )?face value|never discounted",
            "no year is discounted",
            _scores("whole_life", "yearly", "unit_cost"),
        ),
        _means(
            r"divid(?:e|es|ed|ing) (?:\w+ ){0,5}by (?:the )?(?:number of )?(?:\w+ )?years",
            "the price of a year",
            _scores("yearly"),
        ),
        _means(
            r"lowest (?:result|figure|index|quotient)(?: \w+){0,2} (?:first|best|wins?)",
            "the lowest result is first",
            _lowest_is_first,
        ),
        _means(
            r"price (?:at|equal to) the (?:average|mean)",
            "what a price at the mean earns",
            _at_mean,
        ),
        _means(
            rf"{LOW} (?:is )?(?:{GETS}|awarded) (?:(?:the )?{ALL}|(?:the )?[0-9]+)|"
            rf"{ALL} (?:go(?:es)?|is|are) (?:\w+ ){{0,2}}{LOW}",
            "",
            _always,
        ),
        _means(
            r"(?:negative|minus) (?:\w+ ){0,2}(?:points?|scores?|marks?)|below (?:nought|zero)|is negative",
            "points below nought",
            _denies,
        ),
        _means(
            r"all (?:\w+ ){0,3}(?:lowest|cheapest) (?:\w+ ){0,3}(?:none|nought|zero|nothing) (?:\w+ ){0,3}"
            r"(?:twice|double|highest|dearest)",
            "a straight line",
            _prices(*LINE),
        ),
        _means(
            r"lowest (?:\w+ ){0,2}divided|"
            r"divides? the lowest (?:\w+ )?by|divided by each|twice (?:as much|as high|the lowest) (?:\w+ ){0,2}half|"
            r"price of twice as (?:much|high) (?:\w+ )?half",
            "a share of the lowest price",
            _prices(*FAMILIES["ratio"]),
        ),
        _means(
            r"price for each (?:quality )?point|price per (?:quality )?point",
            "the price of a point of quality",
            _prices(*FAMILIES["per_point"], *FAMILIES["off_per_point"]),
        ),
        _means(
            r"divid(?:e|es|ed|ing) (?:it |that |this |\w+ price )?by (?:the |its )?number of(?! (?:\w+ )?years)",
            "a price for each",
            lambda told: _scores("unit_cost")(told) and _of_the_unit(told),
        ),
        _means(
            r"(?:management|travel|premises|staff|overhead)s? (?:costs?|fees?) (?:\w+ ){0,2}(?:excluded|left|deducted)|"
            r"(?:not|leave|leaves|deducts?) (?:\w+ ){0,3}(?:management|travel|premises|overhead)s?(?: costs?)?",
            "part of the price is left out",
            _never,
        ),
        _means(r"(?:greatest|best|highest|largest) discount|discount (?:\w+ ){0,6}divided", "", _prices(*DISCOUNTS)),
        _means(
            r"second year|last year of|third year|final year|year two|year three|set up costs?",
            "part of the price",
            _or_denied(_never),
        ),
        _means(
            r"cpi|rpi|index(?:ed|ation)|inflat\w+ (?:is |are )?added|add(?:ed|ing)? inflation|match(?:ed)? funding",
            "another price than the one that is bid",
            _denies,
        ),
        _means(r"pass or fail|pass fail|yes or no", "price is passed or failed", _never),
        _means(
            rf"{HIGH} {GETS} {NIL}|{NIL} (?:for|to) (?:the )?{HIGH}",
            "the dearest earns nothing",
            _prices(*FAMILIES["dearest"]),
        ),
        _means(r"average of (?:\w+ ){0,3}(?:yearly|annual) prices", "the price of a year", _scores("yearly")),
        _means(
            r"price for (?:one|a|a single) (?:person|learner|user|client)", "a price for each", _scores("unit_cost")
        ),
        _means(r"covers? (?:everything|all costs|every cost)|are the programme 's|are the programme's", "", _always),
        _means(
            r"price (?:\w+ ){0,2}for each(?! (?:of the|year|quality|point))",
            "a price for each",
            _scores("unit_cost", "yearly"),
        ),
    ),
    "AllocationPolicy": (
        _means(
            r"next (?:\w+ ){0,4}(?:is|are) (?:considered|looked at|tried)|(?:look|looks|looked) at the next|"
            r"next (?:\w+ ){1,8}takes? its place|next (?:\w+ ){0,5}(?:affordable|in full)",
            "what does not fit is passed over",
            lambda told: _policy_of(told).on_unaffordable == "skip" or _policy_of(told).method == "optimise",
        ),
        _means(
            r"(?:nothing|nobody|no \w+|none) (?:\w+ )?(?:after|behind|below|beyond) (?:it|that|this|them)|"
            r"ends? the (?:round|list|process|awards?)",
            "what does not fit ends the awards",
            _stops,
        ),
        _means(
            r"(?:go|goes|move|moves) on to the (?:next|one)|try the next|one after it",
            "what does not fit is passed over",
            lambda told: _policy_of(told).on_unaffordable == "skip" or _policy_of(told).method == "optimise",
        ),
        _means(
            r"money (?:\w+ )?(?:left|over|unspent)|(?:any|all|some) (?:\w+ )?left over|underspend",
            "money that is left goes further",
            lambda told: (
                _policy_of(told).leftovers
                or (told.criteria.amounts is not None and told.criteria.amounts.rest == "offered")
                or told.sentence.says("stays | kept | keeps | returns | returned | carried | back | no other | no one")
                or told.sentence.says("until | while | as long as | as far as | if | stop | stops | runs out")
                or _denies(told)
            ),
        ),
        _means(
            r"no (?:\w+ )?(?:price|money) competition|not (?:\w+ )?(?:compete|competition) on (?:price|cost)|"
            r"(?:same|fixed) (?:sum|price|fee) for (?:all|everyone|each)|"
            r"(?:all|everyone|each) (?:\w+ ){0,4}(?:same|fixed) (?:sum|price|fee)",
            "price is not scored",
            _unpriced,
        ),
        _means(
            r"no (?:minimum|threshold|pass mark|least|hurdle|floor)(?: \w+){0,2}|"
            r"whatever (?:its|their|the) (?:score|total)s?|any (?:score|total)",
            "there is no minimum",
            _no_minimum,
        ),
        _means(
            r"win (?:\w+ ){0,2}(?:either|both|one or both|more than one)(?: or both)?",
            "one bidder has both",
            _may_have_both,
        ),
        _means(
            r"(?:awards?|awarding|funding) (?:\w+ ){0,2}(?:ceases?|ends?|stops?)",
            "what does not fit ends the awards",
            _stops,
        ),
        _means(
            r"both (?:lots|areas|themes) (?:\w+ ){0,2}go|(?:one|a) (?:bidder|provider|tenderer) (?:\w+ ){0,3}both",
            "one bidder has both",
            _may_have_both,
        ),
        _means(
            r"in part|less than (?:\w+ )?(?:asked|bid)|scaled (?:back|down)|a smaller (?:sum|award)|part funded",
            "an award of part",
            _or_denied(_in_part),
        ),
        _means(
            r"(?:highest|best) (?:\w+ ){0,3}(?:down|downwards|first)|then the next|from the top|"
            r"in (?:\w+ ){0,2}order (?:of|while|until)",
            "in the order of ranks",
            _divides("priority", "equal_shares"),
        ),
        _means(
            rf"each {LOT} goes to (?:\w+ ){{0,5}}(?:most|highest|best|top)|"
            r"(?:top|highest|best) (?:scor(?:er|es?)|total|mark) (?:gets|wins|takes|is awarded)|"
            rf"(?:in )?each {LOT} (?:\w+ ){{0,7}}(?:highest|best|awarded|ranked)|(?:first|"
            rf"best) (?:\w+ ){{0,3}}in each {LOT}|one (?:contract|award|grant) (?:in|for) each {LOT}|"
            rf"top of (?:that|the|each) {LOT}(?:'s)? list|"
            r"(?:one|a single|single|the) (?:contract|award|grant|provider|supplier) (?:\w+ ){0,8}"
            r"(?:ranked first|first in rank|(?:highest|best) total|(?<!second )most points)|"
            rf"each {LOT} has one (?:provider|contract|winner)",
            "one for each lot",
            _one_each,
        ),
        _means(
            r"(?:highest|greatest|best|largest) sum|sets? (?:of \w+ )?(?:with|that)|combinations?",
            "the best set",
            _divides("optimise"),
        ),
        _means(
            r"(?:cheaper|cheapest) (?:one|set)?|costs? (?:the )?(?:less|least)",
            "the cheaper of two",
            lambda told: "lower_cost" in (*_policy_of(told).tie_break, *_policy_of(told).objective),
        ),
    ),
    "Moderation": (
        _means(
            r"(?:talk(?:ed|s)?|go(?:es|ne)?) (?:\w+ )?(?:over|through)|says? (?:\w+ )?whether they know", "", _always
        ),
        _means(
            r"(?:highest|top) and (?:the )?(?:lowest|bottom) (?:\w+ ){0,4}"
            r"(?:discarded|left out|dropped|ignored|removed|struck)|"
            r"(?:discard|drop|leave out|chuck out|throw out|ignore|remove)s? (?:the )?"
            r"(?:highest|top|kindest|extreme|outlying)",
            "the marks at both ends are left out",
            _or_denied(_works_out("trimmed_mean")),
        ),
        _means(r"declares? (?:\w+ )?interests?", "", _always),
        _means(
            r"agrees? (?:on )?(?:a|one|the) (?:\w+ )?marks?", "one mark is agreed", _or_denied(_works_out("consensus"))
        ),
        _means(
            r"(?:has|have|with) (?:an|any) (?:\w+ )?interest",
            "",
            _always,
        ),
        _means(
            r"(?:separately|alone|independently|apart|by themselves|on (?:their|its) own|without conferring) "
            r"(?:\w+ ){0,9}(?:agrees?|settles?|joint|one mark|single mark)",
            "marks are given alone and then agreed",
            _or_denied(_works_out("consensus")),
        ),
        _means(
            r"(?:highest|best|top|lowest|worst) (?:\w+ ){0,3}(?:scores?|marks?|one)(?: \w+){0,2} "
            r"(?:counts?|stands?|is used|is taken)|(?:highest|lowest) of (?:\w+ ){1,3}(?:counts?|is used|is taken)",
            "one of several marks counts",
            _or_denied(_never),
        ),
        _means(
            r"(?:all|every one)(?: of)?(?: the| \w+)? (?:scores?|marks?) counts?",
            "all marks count",
            _works_out("mean", "sum"),
        ),
        _means(r"whoever (?:is|has|happens)", "whoever is at hand marks", _never),
        _means(r"what most of (?:them|us|the panel)|majority|show of hands", "most of them decide", _or_denied(_never)),
        _means(
            r"declares? (?:it|them|that|this|any|every|all|their|an?|first|before)|"
            r"(?:interests?|connections?) (?:\w+ ){0,3}declared",
            "",
            _always,
        ),
        _means(
            r"settles? (?:on|upon) (?:one|a|the) (?:\w+ )?marks?|"
            r"(?:what|marks?) (?:\w+ ){0,3}agreed? (?:\w+ ){0,2}(?:counts?|stands?|is the mark)|"
            r"agreed mark (?:is|counts|stands)",
            "the mark that was agreed counts",
            lambda told: told.criteria.moderation.method == "consensus",
        ),
        _means(
            r"(?:marks?|whatever is|whichever is|one) (?:\w+ ){0,2}in the middle|middle (?:one|mark)|median",
            "the middle mark counts",
            lambda told: told.criteria.moderation.method == "median",
        ),
        _means(
            r"(?:the )?averages? (?:counts?|is taken|of the marks)|mean of the marks|averaged",
            "the mean counts",
            _or_denied(lambda told: told.criteria.moderation.method in ("mean", "trimmed_mean")),
        ),
        _means(
            r"(?:know|knows|see|sees) (?:the )?prices?|account of (?:the )?prices?|prices? (?:is|are) known",
            "marks are given in the light of prices",
            _denies,
        ),
        _means(r"(?:one another|each other)(?: )?'s marks", "marks are not given alone", _denies),
        _means(
            r"(?:they|both|all|evaluators|assessors|people) marks? (?:each answer |answers |bids )?together|"
            r"marked together|need not meet|(?:do|will) not meet|without (?:a )?meeting|no meeting",
            "marks are not given alone and then agreed",
            lambda told: (
                told.sentence.says("agree | agrees | settle | settles") and not told.sentence.says("need not meet")
            ),
        ),
    ),
    "Scale": (
        _means(r"integers?|whole (?:numbers?|marks?)", "whole marks", _or_denied(_whole_marks)),
        _means(
            r"(?:choose|chooses|pick|picks|give|gives) the (?:\w+ )?(?:mark|level|score) "
            r"(?:whose|that|which|with|of which)",
            "",
            _always,
        ),
        _means(
            r"half marks?|quarter marks?|decimals?|intermediate|between (?:two|the) (?:marks|levels|descriptors)|"
            r"plus or minus|[0-9] \+",
            "marks between those of the scale",
            _or_denied(_between_marks),
        ),
        _means(r"percentages?|per cent", "another kind of mark", _or_denied(_of_a_hundred)),
        _means(r"letters?|a to e|stars", "another kind of mark", _or_denied(_never)),
        _means(
            r"sometimes|occasionally|exceptional(?:ly)?|flair|reserved for",
            "marks given by feeling",
            _or_denied(_never),
        ),
    ),
}


def gainsaid(told: Told) -> str:
    """Give what a sentence of a rule's source says that is not applied; an empty text where it says nothing such."""
    return next((one.said for one in _said(told) if one.said and not one.fits(told)), "")


def says_again(told: Told) -> bool:
    """Whether a sentence says what is applied, in words that mean a value, and none of them another."""
    said = list(_said(told))
    return bool(said) and all(one.fits(told) for one in said)


def _said(told: Told) -> Iterator[Means]:
    if told.text.key == "source":
        spoken = told.sentence.spoken.replace(" , ", " ")
        yield from (one for one in MEANT.get(told.room, ()) if re.search(rf" (?:{one.words}) ", spoken))
