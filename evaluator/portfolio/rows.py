"""What a data set says of one bundle, as rows of its tables: figures of bids, marks and awards, without people.

Left out are names of evaluators and of those who decided, reasons, all texts of bidders, messages of findings, files,
and whatever rests on equality monitoring.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluator import __version__
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as keeping
from evaluator.files.audit.finished_run import inputs_of_bundle
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.evaluate import published_of
from evaluator.pipeline import decide
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Outcome, Run
from evaluator.validation import answers

Row = dict[str, Any]
Rows = dict[str, list[Row]]
PLACES = 6  # of decimals of a mean that people read; the marks that it is made of stand beside it


def rows_of(content: bytes) -> Rows:
    """Give the rows of every table that one bundle fills, without the bundle's own path.

    Scores, ranks and awards are those that the bundle tells; ``portfolio verify`` says whether they hold. Individual
    marks are read again from what came in.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a bundle, or less stands in it than any version has written.
    """
    opened = bundles.unpack(content)
    if opened.problems:
        raise bundles.UnreadableBundleError(f"it is not as it was closed: {'; '.join(opened.problems[:3])}")
    try:
        told = json.loads(opened.members[f"{bundles.OUTPUTS}outcome.json"])
        offers = json.loads(opened.members.get(f"{bundles.DATA}bids.json", b"{}"))
        outcome = _read_again(opened)
        return _tables(opened.manifest, outcome, told, offers)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise bundles.UnreadableBundleError(f"it says less than any version has written ({error})") from None


def _read_again(opened: bundles.Bundle) -> Outcome:
    """Read what came in again, as far as the marks; nothing is decided anew."""
    criteria, bids = inputs_of_bundle(opened, keeping.apart_of(opened.members, opened.manifest))
    published = read_criteria(criteria)
    if published.criteria is None:
        raise bundles.UnreadableBundleError("its criteria cannot be read")
    run = Run(str(opened.manifest["run"]), __version__, str(opened.manifest.get("date") or ""))
    received = read_bids(bids, published.criteria)
    return decide(published_of(published), received, run, "scoring", lambda _: None)


def _tables(manifest: Mapping[str, Any], outcome: Outcome, told: Row, offers: Row) -> Rows:
    awards = list(_awards(told))
    bids = list(_bids(told, offers, {row["bid"] for row in awards}))
    return {
        "programmes": [_programme(manifest, outcome.criteria, told, bids, awards)],
        "themes": list(_themes(outcome.criteria, bids, awards)),
        "bids": bids,
        "marks": list(_marks(outcome)),
        "awards": awards,
        "rules": list(_rules(outcome.criteria, told)),
        "findings": list(_findings(told)),
    }


def _programme(manifest: Mapping[str, Any], criteria: Criteria, told: Row, bids: list[Row], awards: list[Row]) -> Row:
    dates, allocation = criteria.procurement, told.get("allocation") or {}
    closes = dates.tenders_close[:10]
    decided = str((manifest.get("consideration") or {}).get("date") or "") or dates.decision
    return {
        "run": str(manifest["run"]),
        "made_by": str(manifest.get("made_with", {}).get("bid-evaluator", "")),
        "reference": criteria.reference,
        "title": criteria.title,
        "authority": criteria.authority,
        "regime": criteria.regime,
        "version": criteria.version,
        "seal": str(told["criteria"].get("seal") or ""),
        "year": (closes or dates.starts or str(manifest.get("date") or ""))[:4],
        "status": str(told["status"]),
        "method": criteria.allocation.method if criteria.allocation else "",
        "price_method": criteria.price.method if criteria.price else "",
        "moderation": criteria.moderation.method,
        "closing_date": closes,
        "decision_date": decided,
        "award_notice_date": dates.award_notice,
        "themes": len(criteria.themes),
        "bids": len(bids),
        "organisations": len({row["organisation"] for row in bids}),
        "awards": len(awards),
        "awarded": str(allocation.get("cost") or ""),
        "total_score": str(allocation.get("total_score") or ""),
    }


def _themes(criteria: Criteria, bids: list[Row], awards: list[Row]) -> Iterator[Row]:
    for theme in criteria.themes:
        its, funded = ([row for row in rows if row["theme"] == theme.id] for rows in (bids, awards))
        yield {
            "theme": theme.id,
            "title": theme.title,
            "price_weight": str(theme.weights.get("price", "")),
            "bids": len(its),
            "ranked": sum(row["status"] == "ranked" for row in its),
            "awards": len(funded),
        }


def _bids(told: Row, offers: Row, funded: set[str]) -> Iterator[Row]:
    known = {bid["bid"]: bid for theme in offers.get("themes", ()) for bid in theme["bids"]}
    for theme in told["themes"]:
        for bid in theme["bids"]:
            offer = known.get(bid["bid"], {})
            yield {
                "theme": str(theme["id"]),
                "bid": str(bid["bid"]),
                "organisation": str(bid["organisation"]),
                "small": bool(offer.get("small")),
                "consortium": bool(offer.get("members")),
                "status": str(bid["status"]),
                "price": str(bid.get("price") or ""),
                "quality": str(bid.get("quality") or ""),
                "price_points": str(bid.get("price_points") or ""),
                "total": str(bid.get("total") or ""),
                "exact_quality": str(bid.get("exact_quality") or ""),
                "exact_total": str(bid.get("exact_total") or ""),
                "rank": bid.get("rank"),
                "awarded": bid["bid"] in funded,
            }


def _marks(outcome: Outcome) -> Iterator[Row]:
    """Give each answer's mark that counts beside what its evaluators gave, without their names."""
    if outcome.evaluation is None:
        return
    for one in answers(outcome.criteria, outcome.evaluation):
        given = sorted(mark for _, mark, _ in one.marks)
        mean = sum(map(Fraction, given), Fraction(0)) / len(given) if given else None
        yield {
            "bid": one.bid,  # or the organisation, where it answers once for all of its bids
            "question": one.question,
            "mark": str(one.mark),
            "evaluators": len(given),
            "lowest": str(given[0]) if given else "",
            "highest": str(given[-1]) if given else "",
            "mean": "" if mean is None else str(Decimal(round(mean * 10**PLACES)).scaleb(-PLACES)),
        }


def _awards(told: Row) -> Iterator[Row]:
    for award in (told.get("allocation") or {}).get("awards", ()):
        yield {
            "theme": str(award["theme"]),
            "bid": str(award["bid"]),
            "level": str(award["level"]),
            "amount": str(award["amount"]),
        }


def _rules(criteria: Criteria, told: Row) -> Iterator[Row]:
    allocation = criteria.allocation
    every = (*(allocation.rule if allocation else ()), *(rule for theme in criteria.themes for rule in theme.rule))
    kinds = {rule.id: rule.kind for rule in every}
    for rule in (told.get("allocation") or {}).get("rules", ()):
        yield {
            "rule": str(rule["rule"]),
            "kind": kinds.get(rule["rule"], ""),
            "title": str(rule["title"]),
            "subject": str(rule["subject"]),
            **{key: str(rule[key]) for key in ("least", "most", "used")},
            "holds": bool(rule["holds"]),
        }


def _findings(told: Row) -> Iterator[Row]:
    found = [(str(one["code"]), str(one["severity"])) for one in told["findings"]]
    for code, severity in sorted(set(found)):
        yield {"code": code, "severity": severity, "count": found.count((code, severity))}
