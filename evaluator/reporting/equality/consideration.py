"""Whether those who decide have considered the equality figures as they are; it changes no score and no award."""

import hashlib
import json
from collections.abc import Mapping
from itertools import product
from typing import Any

from evaluator.records.dates import read_day
from evaluator.records.documents import Json
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.consideration import Considered
from evaluator.records.results.equality import EqualityImpact
from evaluator.reporting.equality.document import equality_document

KEYS = ("person", "date", "sha256", "text")
COMPACT = (",", ":")
VERSION = "version"  # of the awards that the figures were counted from: no figure itself


def figures_sha256(impact: EqualityImpact) -> str:
    """Give the SHA-256 of an edition's figures: its JSON without versions, keys sorted, without spaces, in UTF-8."""
    return _sum(_figures(impact), ensure_ascii=False, sort_keys=True, separators=COMPACT)


def is_of(impact: EqualityImpact, sha256: str) -> bool:
    """Whether a sum is of an edition's figures, in whichever of the usual ways a tool wrote their JSON."""
    ways = product((False, True), (False, True), (COMPACT, None))
    plain = _figures(impact)
    return sha256 in {
        _sum(plain, ensure_ascii=ascii_only, sort_keys=ordered, separators=separators)
        for ascii_only, ordered, separators in ways
    }


def _figures(impact: EqualityImpact) -> Json:
    return {key: value for key, value in equality_document(impact).items() if key != VERSION}


def _sum(plain: Json, *, ensure_ascii: bool, sort_keys: bool, separators: tuple[str, str] | None) -> str:
    written = json.dumps(plain, ensure_ascii=ensure_ascii, sort_keys=sort_keys, separators=separators)
    return hashlib.sha256(written.encode()).hexdigest()


def consider(
    criteria: Criteria, impact: EqualityImpact | None, said: Mapping[str, Any] | None, file: str
) -> tuple[Considered, tuple[Finding, ...]]:
    """Say whether a consideration of the present figures stands; where none does, a note says what is missing.

    Parameters
    ----------
    impact : the edition's figures; None where the run did not come so far.
    said : what ``equality/consideration.toml`` holds; None where it is not there or cannot be read.
    file : the name that findings give it.
    """
    monitored = bool(criteria.equality and criteria.equality.characteristic)
    why = _why_not(impact, said)
    told = said or {}
    who, when = str(told.get("person", "")).strip(), read_day(str(told.get("date", "")).strip()) or ""
    if not why:
        return Considered(monitored, stands=True, person=who, date=when), ()
    if impact is None:
        return Considered(monitored, stands=False, person=who, date=when, why_not=why), ()
    place = Source(file)
    note = finding("E-EQUALITY-013", place, why=why) if monitored or said else finding("E-EQUALITY-014", place)
    return Considered(monitored, stands=False, person=who, date=when, why_not=why), (note,)


def _why_not(impact: EqualityImpact | None, said: Mapping[str, Any] | None) -> str:
    """Say why no consideration of these figures stands; empty where one does."""
    if said is None:
        return "nobody has written one"
    lacking = [key for key in KEYS if not str(said.get(key, "")).strip()]
    if lacking:
        return f"it does not say {' and '.join(lacking)}"
    if not read_day(str(said["date"]).strip()):
        return "its date is not a day such as 2026-12-01"
    if impact is None or not is_of(impact, str(said["sha256"]).strip().lower()):
        return "it is of other figures than these, which have changed since"
    return ""
