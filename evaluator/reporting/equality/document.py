"""The equality summary for machines: whole numbers, pounds as texts, shares as exact ``p/q``; None where withheld."""

from dataclasses import asdict
from fractions import Fraction

from evaluator.records.documents import Json
from evaluator.records.numbers import ratio_text
from evaluator.records.results.coverage import Candidate, Coverage
from evaluator.records.results.equality import (
    STAGES,
    Against,
    CharacteristicImpact,
    EqualityImpact,
    GroupLine,
    InTheme,
    ScoreGap,
    StageFigures,
    Step,
)
from evaluator.records.results.last_round import BothRounds, Rounds
from evaluator.reporting.shared.figures import pounds_text


def equality_document(impact: EqualityImpact) -> Json:
    """Give the summary for machines.

    Parameters
    ----------
    impact : what the equality stage gave.

    Returns
    -------
    a document whose objects say ``"withheld": true`` wherever a number of theirs is withheld.
    """
    return {
        "edition": impact.edition,
        "version": impact.version,
        "threshold": impact.threshold,
        "stages": list(impact.stages),
        "organisations": impact.organisations,
        "money_rounded_to": pounds_text(impact.money_unit),
        "compared": impact.compared,
        "totals": [_stage(figures) for figures in impact.totals],
        "characteristics": [_characteristic(one) for one in impact.characteristics],
        "wards": [_coverage(one) for one in impact.wards],
        "groups": [_coverage(one) for one in impact.groups],
        "outcomes": [_coverage(one) for one in impact.outcomes],
        **_beside(impact),
        "evaluators": [
            {
                "evaluator": one.evaluator,
                "characteristic": one.characteristic,
                "group": one.group,
                "answers_of": one.answers,
                "difference": ratio_text(one.difference),
                "wording": one.wording.value,
            }
            for one in impact.evaluators
        ],
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
        "last_round": _rounds(impact.rounds) if impact.rounds else None,
        "funded_by_both": [one.organisation for one in impact.overlaps],
        "funded_by_both_money": [
            {"organisation": one.organisation, "money": pounds_text(one.money), "grants": pounds_text(one.grants)}
            for one in impact.overlaps
        ],
    }


def _candidate(one: Candidate) -> Json:
    served = {"by_group": dict(one.by_group), "by_ward": dict(one.by_ward)}
    return _with_lists(asdict(one)) | {"money": pounds_text(one.money)} | served


def _rounds(rounds: Rounds) -> Json:
    """Give last round beside this one: groups that this round shows, and no others."""
    return _with_lists(asdict(rounds)) | {"lines": [_both(one) for one in rounds.lines]}


def _both(one: BothRounds) -> Json:
    then = one.then and {
        "bids": one.then.bids,
        "awards": one.then.awards,
        "wording": one.then.wording.value if one.then.wording else None,
    }
    return {
        "question": one.question,
        "group": one.group,
        "bids": one.bids,
        "awards": one.awards,
        "wording": one.wording.value if one.wording else None,
        "last_round": then or None,
        "shortfall": _exact(one.shortfall),
        "across": one.across.value if one.across else None,
    }


def _characteristic(impact: CharacteristicImpact) -> Json:
    return {
        "id": impact.id,
        "title": impact.title,
        "about": impact.about,
        "lines": [_line(line) for line in impact.lines],
        "together": [_stage(figures) for figures in impact.together],
        "withheld": list(impact.withheld),
    }


def _stage(figures: StageFigures) -> Json:
    withheld = figures.bids is None or figures.money is None
    return {
        "stage": figures.stage,
        "bids": figures.bids,
        "money": pounds_text(figures.money),
        "withheld": withheld,
    }


def _line(line: GroupLine) -> Json:
    return {
        "group": line.group,
        "kind": line.kind,
        "organisations": line.organisations,
        "stages": [_stage(figures) for figures in line.figures],
        "rate": _exact(line.rate),
        "ratio": _exact(line.ratio),
        "shortfall": _exact(line.shortfall),
        "money_shortfall": pounds_text(line.money_shortfall),
        "below_four_fifths": line.below_four_fifths,
        "wording": line.wording.value if line.wording else None,
        "money_wording": line.money_wording.value if line.money_wording else None,
        "difference_in_hundredths": list(line.interval) if line.interval else None,
        "missed_in_ten": line.missed,
        "data_too_incomplete": line.incomplete,
        "asked_by_recommended": pounds_text(line.asked),
        "share_of_ask": _exact(line.share_of_ask.rate) if line.share_of_ask else None,
        "share_of_ask_ratio": _exact(line.share_of_ask.ratio) if line.share_of_ask else None,
        "whole": _exact(line.whole),
        "ratio_bounds": [ratio_text(one) for one in line.bounds] if line.bounds else None,
        "steps": [_step(one) for one in line.steps],
        "against": [_against(one) for one in line.against],
        "themes": [_theme(one) for one in line.themes],
        "score": _score(line.score) if line.score else None,
        "drivers": list(line.drivers),
        "withheld": any(figures.bids is None for figures in line.figures),
    }


def _step(one: Step) -> Json:
    return {
        "from": one.start,
        "to": one.end,
        "from_stage": STAGES.index(one.start),
        "to_stage": STAGES.index(one.end),
        "rate": _exact(one.rate),
        "ratio": _exact(one.ratio),
        "widest": one.widest,
    }


def _against(one: Against) -> Json:
    return {
        "basis": one.basis,
        "title": one.title,
        "share": ratio_text(one.share),
        "ratio": _exact(one.ratio),
        "shortfall": ratio_text(one.shortfall),
        "money_ratio": _exact(one.money_ratio),
        "money_shortfall": pounds_text(one.money_shortfall),
        "same_unit": one.same_unit,
        "source": one.source,
        "date": one.date,
    }


def _theme(one: InTheme) -> Json:
    return {
        "theme": one.theme,
        "bids": one.bids,
        "awards": one.awards,
        "all_bids": one.all_bids,
        "all_awards": one.all_awards,
        "withheld": one.bids is None,
    }


def _score(one: ScoreGap) -> Json:
    return {
        "shift": ratio_text(one.shift),
        "delta": ratio_text(one.delta),
        "magnitude": one.magnitude,
        "interval": [ratio_text(end) for end in one.interval] if one.interval else None,
        "wording": one.wording.value,
        "ranked_lists": one.ranked.value,
        "criteria": [
            {
                "criterion": part.criterion,
                "title": part.title,
                "points": ratio_text(part.points),
                "price": part.price,
                "matched": _exact(part.matched),
                "class": part.functioning,
            }
            for part in one.criteria
        ],
    }


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
