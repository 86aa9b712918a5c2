"""OCDS 1.1.5 release packages: of the criteria when they are published, and of an outcome when awards are known."""

from collections.abc import Iterator

from evaluator.records.documents import Json
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Status
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.open_data.tender import tender
from evaluator.reporting.open_data.values import filled, moment, money, text
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, theme_rows

HOME = "https://raw.githubusercontent.com/open-contracting-extensions"
EXTENSIONS = (  # each at a version that stays, and with all that it depends on; the last two have no releases
    f"{HOME}/ocds_bid_extension/v1.1.5/extension.json",
    f"{HOME}/ocds_lots_extension/v1.1.5/extension.json",
    f"{HOME}/ocds_awardCriteria_extension/9391240f353e8536992938fe9f7987cd89235331/extension.json",
    f"{HOME}/ocds_selectionCriteria_extension/42109b4c5259f4a086744a4fd4f1ca4fd6ff1e7f/extension.json",
)
BUYER = "buyer"
OUT: tuple[Status, ...] = ("disregarded", "excluded", "disqualified")  # by a person's decision


def criteria_ocds(criteria: Criteria, seal: Seal, fingerprint: str, ocid: str = "") -> str:
    """Write published criteria as an OCDS release package with one release, tagged ``tender``.

    Parameters
    ----------
    seal : of these criteria; its date is the date of the release.
    fingerprint : SHA-256 of the criteria's canonical form.
    ocid : the contracting process's identifier, with a registered prefix; without one the reference stands for it.
    """
    made = _release(criteria, seal, fingerprint, ocid, seal.date, "tender", "active")
    return text(_package(criteria, made, seal.date))


def outcome_ocds(outcome: Outcome, date: str, ocid: str = "", *, full: bool = False) -> str:
    """Write recommended awards as an OCDS release package with one release, tagged ``award``.

    Parameters
    ----------
    date : YYYY-MM-DD, of the release.
    full : name every bid with its scores in our own extension. Not for publication; evaluators are never named.
    """
    outcome = held_back(outcome)
    criteria = outcome.criteria
    made = _release(criteria, outcome.seal, outcome.fingerprint, ocid, date, "award", "complete")
    bids = {bid.id: bid for bid in outcome.evaluation.bids} if outcome.evaluation else {}
    views = theme_rows(outcome) if outcome.scores else ()
    funded = [award.bid for award in outcome.allocation.awards] if outcome.allocation else []
    named = list(bids) if full else funded
    gone = {one.theme for one in outcome.evaluation.events.abandoned} if outcome.evaluation else set()
    for lot in made["tender"].get("lots", ()):
        lot |= {"status": "cancelled"} if lot["id"] in gone else {}
    made["parties"] += list(_parties([bids[bid] for bid in named], set(funded), bids))
    details = [_bid(view, row, full=full) for view in views for row in view.rows if row.bid.id in named]
    made["bids"] = filled({"statistics": list(_statistics(views)), "details": details})
    made["awards"] = list(_awards(outcome, bids))
    return text(_package(criteria, filled(made), date))


def _package(criteria: Criteria, release: Json, date: str) -> Json:
    return {
        "uri": f"urn:ocds:{release['id']}",
        "version": "1.1",
        "publishedDate": moment(date),
        "publisher": {"name": criteria.authority},
        "extensions": list(EXTENSIONS),
        "releases": [release],
    }


def _release(
    criteria: Criteria, seal: Seal | None, fingerprint: str, ocid: str, date: str, tag: str, status: str
) -> Json:
    ocid = ocid or criteria.reference
    return {
        "ocid": ocid,
        "id": f"{ocid}-{tag}-{criteria.version}-{date}",
        "date": moment(date),
        "tag": [tag],
        "initiationType": "tender",
        "language": "en",
        "parties": [{"id": BUYER, "name": criteria.authority, "roles": ["buyer", "procuringEntity"]}],
        "buyer": {"id": BUYER, "name": criteria.authority},
        "tender": tender(criteria, seal, fingerprint, status),
    }


def _name(bid: Bid) -> str:
    return bid.name or bid.organisation


def _organisations(bid: Bid) -> list[dict[str, str]]:
    """Give who made a bid: the bidder, and the other members of a consortium, of whom only the id is known."""
    return [{"id": bid.organisation, "name": _name(bid)}, *({"id": one, "name": one} for one in bid.members)]


def _parties(named: list[Bid], funded: set[str], bids: dict[str, Bid]) -> Iterator[Json]:
    """Give each organisation once, a supplier where one of its bids is to be funded."""
    leads = {bid.organisation: _name(bid) for bid in bids.values()}
    roles: dict[str, set[str]] = {}
    for bid in named:
        for one in _organisations(bid):
            roles.setdefault(one["id"], {"tenderer"}).update({"supplier"} if bid.id in funded else ())
    for organisation, its in sorted(roles.items()):
        yield {"id": organisation, "name": leads.get(organisation, organisation), "roles": sorted(its)}


def _statistics(views: tuple[ThemeRows, ...]) -> Iterator[Json]:
    """Count the bids of each lot: received, and valid, which are those that nobody took out by a decision."""
    for view in views:
        out = sum(row.status in (*OUT, "withdrawn") for row in view.rows)
        for measure, count in {"bids": len(view.rows), "validBids": len(view.rows) - out}.items():
            yield {"id": f"{view.theme.id}-{measure}", "measure": measure, "value": count, "relatedLot": view.theme.id}


def _bid(view: ThemeRows, row: Row, *, full: bool) -> Json:
    return filled(
        {
            "id": row.bid.id,
            "status": "withdrawn" if row.status == "withdrawn" else "disqualified" if row.status in OUT else "valid",
            "tenderers": _organisations(row.bid),
            "value": None if row.bid.price is None else money(row.bid.price),
            "relatedLots": [view.theme.id],
            "evaluation": _scores(view, row) if full else None,
        }
    )


def _scores(view: ThemeRows, row: Row) -> Json:
    """Give a bid's marks and scores exactly, as texts: our own extension, never in what is published."""
    exact = {"quality": row.quality, "pricePoints": row.price_points, "index": row.index, "total": row.total}
    marks = dict(zip(view.questions, map(_text, row.marks), strict=True))
    scores = {key: _text(value) for key, value in exact.items()}
    return filled({"status": row.status, "marks": filled(marks), **scores, "rank": row.rank})


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _awards(outcome: Outcome, bids: dict[str, Bid]) -> Iterator[Json]:
    """Give each recommended award; it is pending until those who may decide have decided."""
    titles = {theme.id: theme.title for theme in outcome.criteria.themes}
    for award in outcome.allocation.awards if outcome.allocation else ():
        bid = bids[award.bid]
        yield filled(
            {
                "id": f"award-{award.bid}",
                "title": f"{titles[award.theme]}: {bid.title}" if bid.title else titles[award.theme],
                "status": "pending",
                "value": money(award.amount),
                "suppliers": _organisations(bid),
                "relatedLots": [award.theme],
                "relatedBid": award.bid,
            }
        )
