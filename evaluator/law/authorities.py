"""Whom a finding or document may cite: an authority for each topic under each regime, with how well it was verified."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evaluator.law.regimes import COMMON, NAMES, REGIMES, Cited, regime
from evaluator.law.texts import TEXTS, Status

OTHER = "other"  # the topic that stands for every topic that a regime has no words of its own for
DEFAULT = "pa2023"
HOW: Mapping[Status, str] = {
    "read": "read in the statute",
    "secondary": "from a secondary source",
    "memory": "from memory, to be confirmed",
    "inference": "an inference, to be confirmed",
}


@dataclass(frozen=True)
class Authority:
    """An authority under a regime: its topic, its words as findings cite them, and where they come from."""

    regime: str  # empty where it holds under every regime
    topic: str
    words: str
    provision: str
    layer: str
    status: Status
    read_on: str


def _words(one: Cited) -> str:
    layer = f", {TEXTS[one.text].layer}" if one.text else ""
    return f"{one.provision}{layer}: {one.says} ({HOW[one.status]})"


def authorities() -> Iterator[Authority]:
    """Give every authority there is, those that hold under every regime first."""
    for name, topics in (("", COMMON), *((one.id, one.authority) for one in REGIMES.values())):
        for topic, one in topics.items():
            layer = TEXTS[one.text].layer if one.text else ""
            yield Authority(name, topic, _words(one), one.provision, layer, one.status, one.read_on)


_TOPICS = {one.words: one.topic for one in authorities() if one.regime in ("", DEFAULT)}


def cited(topic: str, name: str = DEFAULT) -> str:
    """Give the words by which a topic's authority is cited under a regime; KeyError where nothing can be cited.

    >>> cited("conflicts", "psr2023").split(",")[0]
    'SI 2023/1348 regs 21'
    """
    return _words(_cited(topic, name))


def provision(topic: str, name: str = DEFAULT) -> str:
    """Give the provision alone of what is cited for a topic under a regime, for a sentence that says the rest.

    >>> provision("changes"), provision("changes", "grant")
    ('Procurement Act 2023 s.31', 'Public law')
    """
    return _cited(topic, name).provision


def _cited(topic: str, name: str) -> Cited:
    if topic in COMMON and (regime(name).procurement or not COMMON[topic].procurement):
        return COMMON[topic]
    topics = regime(name).authority
    return topics[topic] if topic in topics else topics[OTHER]


def under(name: str, authority: str) -> str:
    """Give the authority of a finding under the law that applies; one that holds everywhere stays as it is.

    Parameters
    ----------
    name : the regime, as criteria publish it; under one that there is not, everything stays as it is.
    authority : as the catalogue has it, written for the Procurement Act.

    >>> under("grant", cited("clear")) == under("grant", cited("mears")) == cited("other", "grant")
    True
    >>> under("pcr2015", cited("mears")) == cited("mears")
    True
    """
    topic = _TOPICS.get(authority)
    return authority if topic is None or name not in NAMES else cited(topic, name)
