"""A finished run as a screen shows it: of its ``outcome.json``, whose equality part is not looked at here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluator.records.documents import Json
from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import pounds
from evaluator.records.results.not_proven import NOT_PROVEN
from evaluator.reporting.award.picture import MOST_NAMED, NAME, STOOD
from evaluator.reporting.award.summary import NOT_RANKED, RESULTS
from evaluator.reporting.shared.charts import cut
from evaluator.reporting.shared.dot_strips import Dot, Kind, Named, Scale, Strip, dot_strip, scale_of

RECOMMENDED = "award_recommended"
NONE_CAN = "No bid can be funded under the published rules."
CHANGED = {"gained": "The choice gives an award to", "lost": "By the ranks alone there would be one for"}
APART = ("E-EQUALITY", "N-EQUALITY")  # findings that are told on the page of equality alone
Theme = Mapping[str, Any]


@dataclass(frozen=True)
class BidLine:
    """A bid in its theme: what it scored as texts, and what became of it; empty stands for what it has not got.

    ``points`` are those of the stage that a run was for, of how many.
    """

    bid: str
    name: str
    rank: int | None
    quality: str
    price: str
    given: str
    total: str
    award: str
    level: str
    stood: str
    why: str
    points: str = ""

    @property
    def funded(self) -> bool:
        """Whether an award is recommended."""
        return bool(self.award)


@dataclass(frozen=True)
class ThemeView:
    """A theme with its picture and its bids, the ranked first; ``cut`` says in a sentence where the line falls."""

    id: str
    title: str
    indexed: bool
    strip: Strip | None
    passed_over: bool
    cut: str
    lines: tuple[BidLine, ...]


@dataclass(frozen=True)
class Told:
    """A finding of a run, as its document has it."""

    code: str
    severity: str
    place: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Case:
    """What would have changed the decision on a bid."""

    bid: str
    why: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class RunView:
    """A run: what it came to in sentences, its themes, its rules with what was used of each, and its findings.

    ``stage`` is the one that it decided, empty of a run of the whole evaluation.
    """

    status: str
    stage: str
    sentences: tuple[str, ...]
    themes: tuple[ThemeView, ...]
    rules: tuple[tuple[str, str, str, str, str], ...]
    findings: tuple[Told, ...]
    cases: Mapping[str, Case]

    def bid(self, bid: str) -> tuple[ThemeView, BidLine] | None:
        """Give a bid with its theme; None where there is none of this id."""
        return next(((theme, line) for theme in self.themes for line in theme.lines if line.bid == bid), None)


def run_view(outcome: Json, names: Mapping[str, str]) -> RunView:
    """Give a run as a screen shows it.

    Parameters
    ----------
    outcome : the run's ``outcome.json``.
    names : of each bid's organisation, by the bid.

    Raises
    ------
    KeyError, TypeError, ValueError
        Where it is not written as this evaluator writes it.
    """
    drawing = _Drawing(outcome, names)
    themes = tuple(drawing.theme(theme) for theme in outcome["themes"])
    told = tuple(_told(one) for one in outcome["findings"] if not str(one["code"]).startswith(APART))
    cases = {str(one["bid"]): _case(one) for one in outcome.get("cases", ())} if drawing.proven else {}
    stage, sentences = str(outcome.get("stage", "")), tuple(_sentences(outcome, names))
    return RunView(outcome["status"], stage, sentences, themes, tuple(_rules(outcome)), told, cases)


def _sentences(outcome: Json, names: Mapping[str, str]) -> Iterator[str]:
    allocation, status = outcome["allocation"], outcome["status"]
    if status == RECOMMENDED and allocation and not allocation["awards"]:
        yield NONE_CAN
        return
    yield RESULTS[status]
    if in_it := _in_stage(outcome).values():
        on = sum(bool(one["passed"]) for one in in_it)
        bids, stage = count_of(len(in_it), "bid"), outcome["stage"]
        yield f"Of the {bids} in the stage {stage}, {on:,} {agreeing(on, 'goes', 'go')} on."
    if status == RECOMMENDED and allocation:
        yield f"{count_of(len(allocation['awards']), 'award')} of {_money(allocation['cost'])} in all."
        yield from _chosen(allocation.get("choice"), names)
        if allocation["tied_allocations"] > 1:
            yield f"{allocation['tied_allocations']:,} sets are equal; the published tie-break chose this one."
    if allocation and allocation["conflict"]:
        yield f"These rules cannot be kept together: {', '.join(map(str, allocation['conflict']))}."


def _chosen(choice: Json | None, names: Mapping[str, str]) -> Iterator[str]:
    """Say that people chose after the ranks, and whom that gave an award or took one from."""
    if choice:
        changed = ((words, [names.get(bid, bid) for bid in choice[key]]) for key, words in CHANGED.items())
        told = [f" {words} {listing(bids)}." for words, bids in changed if bids]
        yield f"People chose after the ranks.{''.join(told) or ' The ranks alone give the same awards.'}"


def _in_stage(outcome: Json) -> dict[str, Json]:
    """Give what the stage came to that a run was for, by bid; nothing for a run of the whole evaluation."""
    own = (one for one in outcome.get("stages", ()) if one["id"] == outcome.get("stage"))
    return {str(line["bid"]): line for one in own for line in one["bids"]}


def _rules(outcome: Json) -> Iterator[tuple[str, str, str, str, str]]:
    """Give each rule with its bounds and what was used, as far as awards are recommended."""
    if outcome["status"] != RECOMMENDED or not outcome["allocation"]:
        return
    for one in outcome["allocation"]["rules"]:
        bounds = " to ".join(filter(None, (str(one["least"]), str(one["most"]))))
        kept = "kept" if one["holds"] else "not kept"
        yield f"{one['rule']}: {one['title']}", str(one["subject"]), bounds, str(one["used"]), kept


def _told(one: Json) -> Told:
    place = " ".join(filter(None, (str(one["file"]), "!".join(filter(None, (str(one["sheet"]), str(one["cell"])))))))
    return Told(str(one["code"]), str(one["severity"]), place, str(one["message"]), str(one["remedy"]))


def _case(one: Json) -> Case:
    return Case(str(one["bid"]), str(one["why"]), tuple(map(str, one["sentences"])))


def _money(text: object) -> str:
    return pounds(int(Decimal(str(text)) * 100)) if text is not None else ""


def _fraction(text: object) -> Fraction | None:
    return Fraction(str(text)) if text is not None else None


class _Drawing:
    """Draws the themes of one run on common scales."""

    def __init__(self, outcome: Json, names: Mapping[str, str]) -> None:
        allocation = outcome["allocation"] or {"awards": [], "not_awarded": [], "passed_over": []}
        self.recommended, self.proven = outcome["status"] == RECOMMENDED, outcome["status"] != "not_proven"
        self.names, self.staged = names, _in_stage(outcome)
        self.awards = {one["bid"]: one for one in allocation["awards"]} if self.recommended else {}
        self.refusals = {one["bid"]: one for one in allocation["not_awarded"]} if self.proven else {}
        self.over = {one["bid"] for one in allocation.get("passed_over", ())} if self.recommended else set()
        ranked = [(theme, bid) for theme in outcome["themes"] for bid in theme["bids"] if bid.get("rank")]
        self.largest = max((_pence(bid) for _, bid in ranked), default=0)
        totals = [_fraction(bid["exact_total"]) for theme, bid in ranked if not _indexed(theme)]
        self.points = scale_of(total for total in totals if total is not None)

    def theme(self, theme: Theme) -> ThemeView:
        ranked = sorted((bid for bid in theme["bids"] if bid.get("rank")), key=lambda bid: (bid["rank"], bid["bid"]))
        others = sorted((bid for bid in theme["bids"] if not bid.get("rank")), key=self._in_stage)
        lines = [self._line(bid) for bid in (*ranked, *others)]
        return ThemeView(
            id=str(theme["id"]),
            title=str(theme["title"]),
            indexed=_indexed(theme),
            strip=self._strip(theme, ranked),
            passed_over=any(bid["bid"] in self.over for bid in ranked),
            cut=self._cut(ranked),
            lines=tuple(lines),
        )

    def _in_stage(self, bid: Json) -> tuple[bool, Fraction]:
        """Order the bids of a stage: those that go on, then by points; without a stage they stay as they are."""
        line = self.staged.get(str(bid["bid"]))
        return (not line["passed"], -Fraction(line["exact_points"])) if line else (True, Fraction(0))

    def _name(self, bid: Json) -> str:
        return self.names.get(bid["bid"], "") or str(bid["organisation"])

    def _line(self, bid: Json) -> BidLine:
        award, refusal = self.awards.get(bid["bid"]), self.refusals.get(bid["bid"])
        line = self.staged.get(str(bid["bid"]))
        why = refusal["explanation"] if refusal else line["reason"] if line else bid.get("status_reason")
        return BidLine(
            bid=str(bid["bid"]),
            name=self._name(bid),
            rank=bid.get("rank"),
            quality=str(bid.get("quality") or ""),
            price=_money(bid["price"]),
            given=str(bid.get("price_points") or bid.get("index") or ""),
            total=str(bid.get("total") or ""),
            award=_money(award["amount"]) if award else "",
            level=str(award["level"]) if award else "",
            stood="" if award else self._stood(bid, refusal),
            why=str(why or ""),
            points=f"{line['points']} of {line['available']}" if line else "",
        )

    def _stood(self, bid: Json, refusal: Json | None) -> str:
        """Say in a few words why a bid is not funded, or whether it goes on from the stage."""
        if line := self.staged.get(str(bid["bid"])):
            return "Goes on" if line["passed"] else "Does not go on"
        if not bid.get("rank"):
            words = NOT_RANKED.get(bid["status"], str(bid["status"]).replace("_", " "))
            return f"Not ranked: {words}" if bid["status"] != "admitted" else "Not scored"
        if not self.proven:
            return NOT_PROVEN
        if refusal is None:
            return ""
        return STOOD.get(refusal["reason"], str(refusal["reason"]).replace("_", " ").capitalize())

    def _funded(self, ranked: Sequence[Json]) -> list[Json]:
        return [bid for bid in ranked if bid["bid"] in self.awards]

    def _next(self, ranked: Sequence[Json]) -> Json | None:
        return next((one for one in ranked if one["bid"] not in self.awards and one["bid"] not in self.over), None)

    def _cut(self, ranked: Sequence[Json]) -> str:
        """Say where the line falls: the lowest that is recommended, and the best that is not."""
        if not self.recommended:
            return ""
        funded, after = self._funded(ranked), self._next(ranked)
        told = [f"the lowest recommended is {self._name(funded[-1])} with {funded[-1]['total']}"] if funded else []
        told += [f"the best that is not is {self._name(after)} with {after['total']}"] if after else []
        words = "; ".join(told)
        return f"{words[:1].upper()}{words[1:]}." if words else ""

    def _strip(self, theme: Theme, ranked: Sequence[Json]) -> Strip | None:
        shown = [bid for bid in ranked if bid["exact_total"] is not None]
        if not shown:
            return None
        values = {bid["bid"]: _fraction(bid["exact_total"]) or Fraction(0) for bid in shown}
        falling = values[shown[0]["bid"]] < values[shown[-1]["bid"]]
        scale = scale_of(values.values(), falling=falling) if _indexed(theme) else self.points
        funded = self._funded(ranked)
        title = f"{theme['title']}: {len(funded):,} of {len(theme['bids']):,} recommended"
        words = f"{count_of(len(shown), 'dot')}{', the lowest is best' if falling else ''}. {self._cut(ranked)}"
        return self._drawn(str(theme["id"]), title, words, scale, shown, values)

    def _drawn(
        self, id: str, title: str, words: str, scale: Scale, shown: Sequence[Json], values: Mapping[str, Fraction]
    ) -> Strip:
        dots = [Dot(values[bid["bid"]], _pence(bid), self._kind(bid)) for bid in shown]
        over = [bid for bid in shown if bid["bid"] in self.over][:MOST_NAMED]
        edge = [*self._funded(shown)[-1:], *filter(None, [self._next(shown)])] if self.recommended else []
        named = [Named(values[bid["bid"]], f"Passed over: {self._short(bid)}", passed_over=True) for bid in over]
        named += [Named(values[bid["bid"]], self._short(bid)) for bid in edge]
        return dot_strip(f"dots-{id}", title, words, scale, self.largest, dots, named)

    def _short(self, bid: Json) -> str:
        return f"{cut(self._name(bid), NAME)} {bid['total']}"

    def _kind(self, bid: Json) -> Kind:
        if bid["bid"] in self.awards:
            return "taken"
        return "passed_over" if bid["bid"] in self.over else "left"


def _indexed(theme: Theme) -> bool:
    return any(bid.get("index") is not None for bid in theme["bids"])


def _pence(bid: Json) -> int:
    return int(Decimal(str(bid["price"])) * 100) if bid["price"] is not None else 0
