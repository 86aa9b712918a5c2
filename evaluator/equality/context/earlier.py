"""Earlier editions of the public equality figures, of this round and of others, as an earlier run printed them."""

from collections.abc import Iterable, Mapping
from typing import Any

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.results.equality import Band, CharacteristicImpact, Differing, EarlierEdition, PublicGroup


def read_earlier(
    written: Iterable[tuple[str, Mapping[str, Any]]],
) -> tuple[tuple[EarlierEdition, ...], tuple[Finding, ...]]:
    """Take what earlier runs printed, from their ``outcome.json``; one that has no such figures is a note.

    Parameters
    ----------
    written : by the name of its file, what it holds.

    Returns
    -------
    the editions by date, then by their awards; the same edition counts once.
    """
    found: dict[tuple[str, str], EarlierEdition] = {}
    notes = []
    for name, outcome in written:
        try:
            edition = _edition(outcome)
        except (LookupError, TypeError, ValueError, AttributeError):
            notes.append(finding("E-EQUALITY-107", Source(name)))
            continue
        found[(edition.date, str(sorted(edition.awards)) + edition.reference)] = edition
    return tuple(found[key] for key in sorted(found)), tuple(notes)


def _edition(outcome: Mapping[str, Any]) -> EarlierEdition:
    impact, criteria = outcome["equality"], outcome["criteria"]
    awards = frozenset(str(one["bid"]) for one in outcome["allocation"]["awards"])
    silent, funded = set(impact["no_row"]), dict[str, bool]()
    for theme in outcome["themes"]:
        for bid in theme["bids"]:
            if bid["organisation"] not in silent:
                name = str(bid["organisation"])
                funded[name] = funded.get(name, False) or bid["bid"] in awards
    return EarlierEdition(
        title=f"{criteria['reference']}, version {criteria['version']}",
        reference=str(criteria["reference"]),
        version=str(criteria["version"]),
        date=str(outcome.get("date", "")),
        awards=awards,
        organisations=funded,
        characteristics=tuple(map(_characteristic, impact["characteristics"])),
    )


def _characteristic(one: Mapping[str, Any]) -> CharacteristicImpact:
    return CharacteristicImpact(
        id=str(one["id"]),
        title=str(one["title"]),
        about=one["about"],
        public_statement=one["public_statement"],
        rung=str(one["grouping"]),
        own_rung=bool(one["own_groups"]),
        width=int(one["band_width"]),
        groups=tuple(map(_group, one["groups"])),
        no_answer=_band(one["no_answer"]),
        differing=tuple(Differing(str(each["group"]), each["way"]) for each in one["differing"]),
        why=str(one["why"]),
        first_published=str(one["first_published"]),
        changed=one["awards_changed_since"],
    )


def _group(one: Mapping[str, Any]) -> PublicGroup:
    size = _band(one["organisations"])
    if size is None:
        raise ValueError("a group without organisations")
    return PublicGroup(str(one["group"]), tuple(map(str, one["values"])), size, _band(one["funded"]))


def _band(one: Mapping[str, Any] | None) -> Band | None:
    return None if one is None else Band(int(one["least"]), int(one["most"]))
