"""What the public edition prints of one question: the first form that keeps the rule, or what was printed before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluator.equality.disclosure.candidates import NO_ANSWER, Form, Rung, World, forms
from evaluator.equality.disclosure.editions import Edition, keep_the_rule, refusals_leave_open
from evaluator.equality.disclosure.table import Cell, Printed, Public
from evaluator.equality.disclosure.twins import leave_open
from evaluator.records.english import count_of
from evaluator.records.programme.criteria import BANDS, MARGIN, Characteristic, EqualityPlan
from evaluator.records.results.equality import (
    Band,
    CharacteristicImpact,
    EarlierEdition,
    PublicGroup,
)

Before = tuple[EarlierEdition, CharacteristicImpact]


@dataclass(frozen=True)
class Bidders:
    """The organisations that bid and have a row in the monitoring: whether each has an award. All of it is public."""

    funded: Mapping[str, bool]
    awards: frozenset[str] = frozenset()  # the bids with an award

    def public(self, plan: EqualityPlan) -> Public:
        """Give the numbers and the rule that everyone knows."""
        margin = MARGIN if plan.margin is None else plan.margin
        return Public(len(self.funded), sum(self.funded.values()), few_of(plan), margin, plan.outside_tells)


@dataclass(frozen=True)
class Question:
    """A question with what it offers, what was replied, and what earlier editions printed of it."""

    axis: Characteristic
    groups: tuple[str, ...]
    replies: Mapping[str, str]  # by organisation; an empty text gave no answer
    earlier: tuple[EarlierEdition, ...] = ()

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The replies themselves, then each grouping that puts all of them in one group each."""
        own = Rung("", {value: (value,) for value in self.groups})
        coarser = (Rung(one.name, one.groups) for one in self.axis.ladder)
        whole = sorted(self.groups)
        return (own, *(one for one in coarser if sorted(v for g in one.groups.values() for v in g) == whole))

    def world(self, bidders: Bidders) -> World:
        """Count the organisations of each reply, and those of them with an award."""
        found = dict.fromkeys((*self.groups, NO_ANSWER), (0, 0))
        for name, funded in bidders.funded.items():
            size, won = found[self.replies[name]]
            found[self.replies[name]] = (size + 1, won + funded)
        return found


def few_of(plan: EqualityPlan) -> int:
    """Give the number under which counts share one band."""
    return plan.threshold if plan.few is None else plan.few


def printed(
    plan: EqualityPlan, question: Question, bidders: Bidders, same_round: Sequence[EarlierEdition]
) -> CharacteristicImpact:
    """Give the table of a question that everyone may read, without its statement.

    Parameters
    ----------
    plan : the published rule.
    question : its replies, and what earlier rounds printed of it.
    bidders : who bid and who has an award, now.
    same_round : the earlier editions of this round, first to last.
    """
    nothing = CharacteristicImpact(question.axis.id, question.axis.title, question.axis.about, "too_little_to_tell")
    public = bidders.public(plan)
    if question.axis.on_register:
        form = Form(question.rungs[0], 1, awards=True)
        return _as_printed(nothing, form, _exact(form, question.world(bidders), public))
    asked = ((edition, one) for edition in same_round for one in edition.characteristics if one.id == nothing.id)
    before = [pair for pair in asked if pair[1].public_statement != "not_asked"]
    if before:
        return _again(plan, question, bidders, before)
    if missing := _first_missing(question):
        return replace(nothing, why=f"{missing} printed this as first published earlier; that edition was not given.")
    for form, table in _allowed(plan, question, bidders):
        found = _as_printed(nothing, form, table)
        others = [Edition(one.organisations, own) for one in question.earlier for own in _own(one, question)]
        if not others or keep_the_rule([*others, Edition(bidders.funded, found)], question.groups, public) is not False:
            return replace(found, why=_why(form, public))
    return replace(nothing, why=_why(None, public))


def _is_new(one: CharacteristicImpact) -> bool:
    """Whether an edition printed a table of its own, and not again what an earlier one had printed."""
    return bool(one.groups) and not one.first_published


def _own(edition: EarlierEdition, question: Question) -> list[CharacteristicImpact]:
    """Give what an edition printed of this question, if it had the same replies."""
    offered = set(question.groups)
    return [
        one
        for one in edition.characteristics
        if one.id == question.axis.id and _is_new(one) and {v for g in one.groups for v in g.values} <= offered
    ]


def _first_missing(question: Question) -> str:
    """Name an earlier round that repeated a table of which the edition that printed it was not given."""
    told = [
        (edition.title, one.first_published, _is_new(one))
        for edition in question.earlier
        for one in edition.characteristics
        if one.id == question.axis.id and one.groups
    ]
    made = {title for title, _, new in told if new}
    return next((title for title, date, _ in told if date and title not in made), "")


def _allowed(plan: EqualityPlan, question: Question, bidders: Bidders) -> "list[tuple[Form, Printed]]":
    """Give the forms that this edition by itself may take, finest first."""
    public, world = bidders.public(plan), question.world(bidders)
    every, found = forms(question.rungs, plan.bands or BANDS, public), []
    for at, form in enumerate(every):
        table = form.printed(world, public)
        if table.keeps_the_rule(awards=form.awards) and leave_open(form, table, every[:at]):
            found.append((form, table))
            if not question.earlier:
                break
    return found


def _exact(form: Form, world: World, public: Public) -> Printed:
    cells = (Cell(Band(size, size), Band(won, won)) for size, won in form.counts(world))
    return Printed(public, tuple(cells))


def _as_printed(question: CharacteristicImpact, form: Form, table: Printed) -> CharacteristicImpact:
    """Write a table as it is printed; awards of which it says nothing are left out."""
    groups = tuple(
        PublicGroup(name, tuple(values), cell.size, cell.funded if form.awards and _tells(cell, table.public) else None)
        for (name, values), cell in zip(form.rung.groups.items(), table.cells, strict=False)
    )
    own = all(len(group.values) == 1 for group in groups)
    return replace(
        question,
        rung=form.rung.name,
        own_rung=own,
        width=form.width,
        groups=groups,
        no_answer=table.cells[-1].size,
    )


def _tells(cell: Cell, public: Public) -> bool:
    return cell.funded != Band(0, min(cell.size.most, public.funded))


def table_of(one: CharacteristicImpact, public: Public) -> Printed:
    """Give what a reader knows from a question as it is printed."""
    none = Band(0, public.organisations)
    told = [(group.organisations, group.funded) for group in one.groups] + [(one.no_answer or none, None)]
    cells = (Cell(size, funded or Band(0, min(size.most, public.funded))) for size, funded in told)
    return Printed(public, tuple(cells))


def _again(plan: EqualityPlan, question: Question, bidders: Bidders, before: Sequence[Before]) -> CharacteristicImpact:
    """Print a question anew where enough has changed and all editions together keep the rule; else as it was."""
    edition, was = next((pair for pair in reversed(before) if not pair[1].first_published), before[-1])
    date = was.first_published or edition.date or "an earlier day"
    changed = len(bidders.awards ^ edition.awards) + (was.changed or 0)
    kept = _as_first_published(was, date, changed, same=bidders.funded == edition.organisations)
    public = bidders.public(plan)
    first = forms(question.rungs, plan.bands or BANDS, public)[:1]
    as_was = [form for form in first if form.awards and (form.rung.name, form.width) == (was.rung, was.width)]
    if not as_was or not _is_new(was) or _was_refused(before, public) or not _enough_changed(bidders, edition, public):
        return kept  # that a finer form was refused before is told too, so that only the finest is printed anew
    nothing = replace(was, groups=(), no_answer=None, first_published="", changed=None, differing=())
    editions = [Edition(one.organisations, own) for one in question.earlier for own in _own(one, question)]
    editions += [Edition(one.organisations, own) for one, own in before if _is_new(own)]
    anew = _Anew(as_was[0], public, question, Edition(bidders.funded, nothing), tuple(editions))
    may_be_refused = refusals_leave_open(editions, anew.now, question.groups, public, anew.is_refused)
    world = question.world(bidders)
    return anew.table(world) if may_be_refused and not anew.is_refused(world) else kept


@dataclass(frozen=True)
class _Anew:
    """A table that could be printed anew: its form, who bids now, and the editions before."""

    form: Form
    public: Public
    question: Question
    now: Edition
    before: tuple[Edition, ...]
    _known: dict[tuple[Cell, ...], bool] = field(default_factory=dict, compare=False)

    def table(self, world: World) -> CharacteristicImpact:
        return _as_printed(self.now.printed, self.form, self.form.printed(world, self.public))

    def is_refused(self, world: World) -> bool:
        """Whether the table of such replies breaks the rule by itself, or together with the editions before."""
        table = self.form.printed(world, self.public)
        if table.cells not in self._known:
            editions = [*self.before, Edition(self.now.organisations, self.table(world))]
            alone = table.keeps_the_rule(awards=self.form.awards)
            together = alone and keep_the_rule(editions, self.question.groups, self.public)
            self._known[table.cells] = not together
        return self._known[table.cells]


def _as_first_published(was: CharacteristicImpact, date: str, changed: int, *, same: bool) -> CharacteristicImpact:
    """Let a table stand; what it said of chance is said no more of other awards or bidders, nor “no sign” of it again.

    Replies may have been put right since then, and that nothing differs is said of those that are known now alone.
    """
    kept = replace(was, first_published=date, changed=changed)
    still = same and not changed and was.public_statement != "no_sign"
    return kept if still else replace(kept, public_statement="too_little_to_tell", differing=())


def _was_refused(before: Sequence[Before], public: Public) -> bool:
    """Whether an earlier edition let a table stand although enough had changed: it may tell no more by a new one."""
    made = [edition for edition, one in before if _is_new(one)]
    kept = [edition for edition, one in before if not _is_new(one)]
    return any(_enough_changed(Bidders(one.organisations), base, public) for one in kept for base in made)


def _enough_changed(bidders: Bidders, edition: EarlierEdition, public: Public) -> bool:
    """Whether enough organisations have come to an award, and enough have lost one, among the same bidders."""
    same = bidders.funded.keys() == edition.organisations.keys()
    came = sum(funded and not edition.organisations.get(name) for name, funded in bidders.funded.items())
    went = sum(funded and not bidders.funded.get(name) for name, funded in edition.organisations.items())
    return same and min(came, went) >= public.few


def _why(form: Form | None, public: Public) -> str:
    """Say by public facts alone why no more is shown."""
    if public.organisations < 4 * public.few:
        return f"Only {count_of(public.organisations, 'organisation')} could reply: too few to show any group."
    if not public.awards_can_be_shown:
        number = min(public.funded, public.others)
        side = "have an award" if public.funded <= public.others else "have none"
        return f"{count_of(number, 'organisation')} {side}: too few to show awards by group."
    if form is None:
        return "None of the published forms keeps the published rule, so nothing is shown."
    return (
        "" if form.rung.name == "" and form.width == 1 else "The finest published form that keeps the published rule."
    )
