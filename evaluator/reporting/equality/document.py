"""The equality summary for machines: counts as the bands in which they are printed; nothing else is known of them."""

from dataclasses import asdict
from fractions import Fraction

from evaluator.records.documents import Json
from evaluator.records.numbers import ratio_text
from evaluator.records.results.coverage import Candidate, Coverage
from evaluator.records.results.equality import Band, CharacteristicImpact, EqualityImpact, PublicGroup, StageFigures
from evaluator.records.results.last_round import LastRound
from evaluator.reporting.shared.figures import pounds_text


def equality_document(impact: EqualityImpact) -> Json:
    """Give the summary for machines.

    Parameters
    ----------
    impact : what the equality stage gave.

    Returns
    -------
    a document in which a band is an object with ``least`` and ``most``, and what is not printed is None.
    """
    return {
        "edition": "public",
        "version": impact.version,
        "few": impact.few,
        "level": ratio_text(impact.level),
        "stages": list(impact.stages),
        "organisations": impact.organisations,
        "organisations_with_an_award": impact.funded,
        "no_row": list(impact.no_row),
        "totals": [_stage(figures) for figures in impact.totals],
        "characteristics": [_characteristic(one) for one in impact.characteristics],
        "wards": [_coverage(one) for one in impact.wards],
        "groups": [_coverage(one) for one in impact.groups],
        "outcomes": [_coverage(one) for one in impact.outcomes],
        **_beside(impact),
        "axes": [_with_lists(asdict(one)) for one in impact.axes],
        "not_known": list(impact.gaps),
    }


def _with_lists(record: Json) -> Json:
    """Write tuples as the lists that a machine reads back."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in record.items()}


def _beside(impact: EqualityImpact) -> Json:
    """Give what stands beside the monitoring, all of it public."""
    return {
        "concentration": [
            {
                "of": one.of,
                "benchmark": one.benchmark,
                "programme": ratio_text(one.programme),
                "with_grants": _exact(one.with_grants),
                "theil": _exact(one.entropy),
            }
            for one in impact.concentration
        ],
        "baselines": [
            _with_lists(asdict(one)) | {"shares": {k: ratio_text(v) for k, v in one.shares}} for one in impact.baselines
        ],
        "candidates": [_candidate(one) for one in impact.candidates],
        "last_round": _last_round(impact.last_round) if impact.last_round else None,
        "earlier": [{"title": one.title, "date": one.date, "awards": len(one.awards)} for one in impact.earlier],
        "funded_by_both": [one.organisation for one in impact.overlaps],
        "funded_by_both_money": [
            {"organisation": one.organisation, "money": pounds_text(one.money), "grants": pounds_text(one.grants)}
            for one in impact.overlaps
        ],
    }


def _candidate(one: Candidate) -> Json:
    served = {"by_group": dict(one.by_group), "by_ward": dict(one.by_ward)}
    return _with_lists(asdict(one)) | {"money": pounds_text(one.money)} | served


def _last_round(last: LastRound) -> Json:
    groups = [
        {
            "question": one.question,
            "group": one.group,
            "bids": one.bids,
            "awards": one.awards,
            "wording": one.wording.value if one.wording else None,
        }
        for one in last.groups
    ]
    return _with_lists(asdict(last)) | {"groups": groups}


def _characteristic(one: CharacteristicImpact) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "about": one.about,
        "public_statement": one.public_statement,
        "grouping": one.rung,
        "own_groups": one.own_rung,
        "band_width": one.width,
        "groups": [_group(group) for group in one.groups],
        "no_answer": _band(one.no_answer),
        "differing": [asdict(each) for each in one.differing],
        "why": one.why,
        "first_published": one.first_published,
        "awards_changed_since": one.changed,
    }


def _group(group: PublicGroup) -> Json:
    return {
        "group": group.group,
        "values": list(group.values),
        "organisations": _band(group.organisations),
        "funded": _band(group.funded),
    }


def _band(band: Band | None) -> Json | None:
    return None if band is None else {"least": band.least, "most": band.most}


def _stage(figures: StageFigures) -> Json:
    return {"stage": figures.stage, "bids": figures.bids, "money": pounds_text(figures.money)}


def _coverage(one: Coverage) -> Json:
    return {
        "name": one.name,
        "bids": one.bids,
        "bids_only": one.bids_only,
        "awards": one.awards,
        "awards_only": one.awards_only,
        "money": pounds_text(one.money),
        "money_divided": ratio_text(one.divided / 100),
        "grants_divided": ratio_text(one.grants / 100),
        "people_divided": ratio_text(one.people),
        "places_divided": ratio_text(one.places),
        "population_share": _exact(one.population),
        "need_share": _exact(one.need),
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else ratio_text(value)
