"""An OCDS tender in, as a draft of criteria: what it says is taken, and what it lacks is a finding."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from evaluator.files.read.open_data.ocds import CURRENCY, WHOLE, release_of
from evaluator.files.read.open_data.values import Held, each, inside, number_in, text_in
from evaluator.records.dates import read_moment
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.programme.criteria import PRICE, Criteria

HUNDRED = Decimal(100)
POINTS = "pointsExact"
EXACT = {"percentageExact": Decimal(1), "decimalExact": HUNDRED, POINTS: Decimal(1)}  # of the codelist criterionWeight
MINIMUM = "minimumScore"
A_WEIGHT = re.compile(r"(?:weight(?:ing)?:? *)?([0-9]{1,3}(?:\.[0-9]{1,4})?) *(?:%|per ?cent)?", re.IGNORECASE)
LAWS = (  # how a tender names the law, most particular first
    ("2023/54", "pa2023"),
    ("procurement act 2023", "pa2023"),
    ("2015/102", "pcr2015"),
    ("32014l0024", "pcr2015"),
    ("public contracts regulations 2015", "pcr2015"),
    ("2023/1348", "psr2023"),
    ("provider selection regime", "psr2023"),
)
ENGLAND = ZoneInfo("Europe/London")
LIGHT = ("lighttouch", "light_touch")
REPLACED = ("outcomes", "approaches", "tier", PRICE)  # of the starter library: a draft makes up no aims and no method
LIBRARY = "that of the starter library"
LACKING = (
    ("a scale of marks with what earns each", LIBRARY),
    ("what a good answer to each question holds", "nothing"),
    ("how several evaluators' marks become one", LIBRARY),
    ("how numbers are rounded", LIBRARY),
    ("what decides between equal totals", LIBRARY),
    ("how the money is divided where not all can be funded", "nothing"),
)
NO_KEY = {
    "options": "options",
    "renewal": "renewal",
    "contractTerms": "contract terms",
    "sustainability": "sustainability",
}


@dataclass
class _Draft:
    """A draft that grows, and what is found on the way."""

    file: str
    source: str
    found: list[Finding] = field(default_factory=list)

    def say(self, code: str, path: str, **facts: object) -> None:
        """Note something at its place in the file."""
        self.found.append(finding(code, Source(self.file, key=path), **facts))


def draft_of_tender(
    file: str, read: Any, start: Mapping[str, Any], ocid: str = ""
) -> tuple[Criteria | None, tuple[Finding, ...]]:
    """Draft criteria from the tender of an OCDS file; what it does not say is asked, not made up.

    Parameters
    ----------
    file : its name, for findings.
    read : its JSON.
    start : the programme that the starter library begins with; its scale and procedure stand where OCDS has no field.
    ocid : which process is meant, where the file tells of several.
    """
    held, found = release_of(file, read, "tender", ocid)
    if held is None:
        return None, found
    at, release = held
    path, tender = f"{at}.tender".lstrip("."), inside(release, "tender")
    draft = _Draft(file, f"Draft from {file}: OCDS release {text_in(release, 'id') or 'without id'}, tender.")
    lots = list(each(path, tender, "lots")) or [
        (path, {"id": WHOLE, "title": text_in(tender, "title"), **_own(tender)})
    ]
    themes = [_theme(draft, place, lot) for place, lot in lots]
    rules = [*_rules(draft, path, tender), *(rule for place, lot in lots for rule in _limit(draft, place, lot))]
    plain = {key: value for key, value in start.items() if key not in REPLACED} | {
        "reference": text_in(tender, "id") or text_in(release, "ocid") or "DRAFT-1",
        "title": text_in(tender, "title") or "Name of the programme",
        "authority": _buyer(release) or "Name of the council",
        "regime": _regime(draft, path, tender),
        "version": "0.1",
        "source": draft.source,
        "procurement": _dates(tender, draft.source),
        "gate": _numbered(gate for place, held in ((path, tender), *lots) for gate in _gates(draft, place, held)),
        "themes": themes,
    }
    if any(PRICE in theme["weights"] for theme in themes):
        plain[PRICE] = start[PRICE]
        draft.say("E-OPEN-020", path, what="the method by which price becomes points", instead=LIBRARY)
    if rules:
        plain["allocation"] = {"method": "optimise", "source": draft.source, "rule": rules}
    _say_what_is_lacking(draft, [(path, tender), *lots])
    return Criteria.model_validate(plain), tuple(draft.found)


def _say_what_is_lacking(draft: _Draft, parts: Sequence[Held]) -> None:
    """Ask for what OCDS has no field for, and say what criteria have no key for."""
    for what, instead in LACKING:
        draft.say("E-OPEN-020", parts[0][0], what=what, instead=instead)
    for place, one in parts:
        for key, word in NO_KEY.items():
            if inside(one, key):
                draft.say("E-OPEN-027", f"{place}.{key}", what=f"{word} of {_lot_name(one)}")


def _own(tender: Any) -> dict[str, Any]:
    """Give what a tender without lots says of itself as a lot would."""
    return {key: tender[key] for key in ("awardCriteria", "description") if isinstance(tender.get(key), dict | str)}


def _numbered(gates: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each gate an id of its own; the same condition of several lots is one."""
    apart = {gate["predicate"]: gate for gate in gates}
    return [{"id": f"G{number}", **gate} for number, gate in enumerate(apart.values(), 1)]


def _buyer(release: Any) -> str:
    parties = [one for _, one in each("", release, "parties") if "buyer" in _roles(one)]
    return text_in(release, "buyer", "name") or next((text_in(one, "name") for one in parties), "")


def _roles(party: Any) -> list[Any]:
    roles = inside(party, "roles")
    return roles if isinstance(roles, list) else []


def _lot_name(held: Any) -> str:
    return f"lot {text_in(held, 'id')}" if isinstance(held, dict) and "lots" not in held else "the tender"


def _regime(draft: _Draft, path: str, tender: Any) -> str:
    """Find the regime by the legal basis that the tender names; what is not understood is asked."""
    basis = inside(tender, "legalBasis")
    said = " ".join(text_in(basis, key) for key in ("id", "description", "uri")) if isinstance(basis, dict) else ""
    said = f"{said} {text_in(tender, 'procurementMethodDetails')}".casefold()
    special = inside(tender, "specialRegime")
    light = any(str(one).casefold() in LIGHT for one in (special if isinstance(special, list) else [])) or any(
        word in said for word in ("light touch", *LIGHT)
    )
    regime = next((name for sign, name in LAWS if sign in said), "")
    if not regime:
        draft.say("E-OPEN-025", f"{path}.legalBasis", shown=f'"{said.strip()}"' if said.strip() else "no legal basis")
    regime = regime or "pa2023"
    return "pa2023_light_touch" if regime == "pa2023" and light else regime


def _dates(tender: Any, source: str) -> dict[str, Any]:
    close, questions = (_moment(text_in(tender, key, "endDate")) for key in ("tenderPeriod", "enquiryPeriod"))
    known = {"tenders_close": close, "questions_close": questions[:10]}
    return {**{key: text for key, text in known.items() if text}, "source": source} if close or questions else {}


def _moment(text: str) -> str:
    """Give a time of JSON as criteria write it, by the clocks of England; empty where it is none.

    >>> _moment("2027-02-26T12:00:00Z"), _moment("2027-06-30T11:00:00Z"), _moment("2027-06-30"), _moment("soon")
    ('2027-02-26T12:00', '2027-06-30T12:00', '2027-06-30', '')
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    local = moment.astimezone(ENGLAND) if moment.tzinfo else moment
    return read_moment(local.strftime("%Y-%m-%d %H:%M:%S") if "T" in text else text) or ""


def _theme(draft: _Draft, path: str, lot: Any) -> dict[str, Any]:
    name = text_in(lot, "id") or WHOLE
    weights: dict[str, str] = {}
    minimums: dict[str, str] = {}
    questions: list[dict[str, str]] = []
    criteria = list(each(f"{path}.awardCriteria", inside(lot, "awardCriteria"), "criteria"))
    for place, one in criteria:
        kind, title = text_in(one, "type") or "quality", text_in(one, "name")
        what = f"{title or kind.capitalize()} of lot {name}"
        if kind not in ("quality", "price"):
            draft.say("E-OPEN-024", place, what=what, kind=kind)
            continue
        key = PRICE if kind == "price" else f"Q{len(questions) + 1}"
        weight, shown = _weight(draft, place, one, what)
        if kind == "quality":
            asked = "" if shown else text_in(one, "description")
            questions.append({"id": key, "title": title, "text": asked, "good_answer": "", "source": draft.source})
        if weight is not None:
            weights[key] = decimal_text(Decimal(weights.get(key, 0)) + weight)
        least = next(_numbers(one, "threshold", MINIMUM), None)
        if least is not None and kind == "quality":
            minimums[key] = decimal_text(least)
    total = sum(map(Decimal, weights.values()), Decimal(0))
    in_points = bool(total) and all(any(_numbers(one, "weight", POINTS)) for _, one in criteria)
    if total != HUNDRED and not in_points:
        draft.say("E-OPEN-022", f"{path}.awardCriteria", lot=name, total=decimal_text(total))
    return {
        "id": name,
        **({"total": decimal_text(total)} if in_points and total != HUNDRED else {}),
        "title": text_in(lot, "title") or f"Lot {name}",
        "summary": text_in(lot, "description"),
        "source": draft.source,
        "weights": weights,
        "minimum_marks": minimums,
        "question": questions,
    }


def _numbers(criterion: Any, key: str, word: str) -> Iterator[Decimal]:
    for _, one in each("", criterion, "numbers"):
        number = number_in(one, "number")
        if text_in(one, key) == word and number is not None and number >= 0:
            yield number


def _weight(draft: _Draft, path: str, criterion: Any, what: str) -> tuple[Decimal | None, bool]:
    """Give a criterion's exact weight, and whether it stood where its description should."""
    for word, factor in EXACT.items():
        for number in _numbers(criterion, "weight", word):
            return number * factor, False
    words = sorted({text_in(one, "weight") for _, one in each("", criterion, "numbers")} - {""})
    description = text_in(criterion, "description")
    alone = A_WEIGHT.fullmatch(description)
    said = plain_decimal(alone[1]) if alone and not words else None
    if said is not None:
        draft.say("E-OPEN-023", f"{path}.description", what=what, shown=f'"{description}"')
        return said, True
    draft.say("E-OPEN-021", path, what=what, why=f"it is given as {words[0]}" if words else "none is given")
    return None, False


def _gates(draft: _Draft, path: str, held: Any) -> Iterator[dict[str, Any]]:
    """Make a gate of each selection criterion; what happens where it is not met stands in no field."""
    criteria = list(each(f"{path}.selectionCriteria", inside(held, "selectionCriteria"), "criteria"))
    for place, one in criteria:
        said = text_in(one, "description")
        if not said:
            continue
        title = text_in(one, "name") or text_in(one, "type").capitalize() or "Condition"
        draft.say("E-OPEN-020", place, what=f"what follows where “{title}” is not met", instead="nothing")
        yield {
            "title": title,
            "question": said,
            "kind": "participation",
            "predicate": said,
            "on_failure": "",
            "source": draft.source,
        }


def _limit(draft: _Draft, path: str, lot: Any) -> Iterator[dict[str, Any]]:
    amount = _pounds(draft, path, lot, f"The value of lot {text_in(lot, 'id')}")
    if amount is not None and "lots" not in lot:
        name = text_in(lot, "id") or WHOLE
        yield {"id": f"budget-{name}", "kind": "theme_budget", "theme": name, "limit": amount, "source": draft.source}


def _rules(draft: _Draft, path: str, tender: Any) -> Iterator[dict[str, Any]]:
    amount = _pounds(draft, path, tender, "The value of the tender")
    if amount is not None:
        yield {"id": "budget", "kind": "budget", "limit": amount, "source": draft.source}
    most = number_in(tender, "lotDetails", "maximumLotsAwardedPerSupplier")
    if most is not None and most == int(most) > 0:
        facts = {"id": "each", "kind": "organisation_awards", "limit": int(most)}
        yield facts | {"source": draft.source}


def _pounds(draft: _Draft, path: str, held: Any, what: str) -> str | None:
    """Give a value in pounds without VAT where it says so, else with it; None where there is none in pounds."""
    key = next((one for one in ("amount", "amountGross", "amountNet") if number_in(held, "value", one) is not None), "")
    amount = number_in(held, "value", key) if key else None
    currency = text_in(held, "value", "currency") or CURRENCY
    if amount is not None and currency != CURRENCY:
        draft.say("E-OPEN-026", f"{path}.value", what=what, currency=currency)
        return None
    if amount is not None and amount * 100 != int(amount * 100):
        draft.say("E-OPEN-028", f"{path}.value", what=what, shown=decimal_text(amount))
        return None
    return None if amount is None or amount <= 0 else decimal_text(amount)


def lacks(found: Sequence[Finding]) -> int:
    """Count what has to be said before a draft can be published."""
    return sum(one.code.startswith("E-OPEN-02") and one.code != "E-OPEN-027" for one in found)
