"""The checks, in the order in which an officer would make them."""

from collections.abc import Callable, Iterable

from evaluator.records.findings.finding import Finding
from evaluator.validation.checks import completeness as returns
from evaluator.validation.checks import consensus, decisions, interests, late_bids, marks, prices, register, spellings
from evaluator.validation.checks import decisions_needed as matters
from evaluator.validation.context import View

Check = Callable[[View], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    register.tables_have_their_columns,
    register.bids_have_ids,
    register.bids_stand_once,
    register.themes_are_published,
    register.bids_name_their_organisation,
    register.gates_are_answered,
    register.people_are_whole_numbers,
    register.hours_are_plain_numbers,
    register.hours_are_as_published,
    register.small_is_yes_or_no,
    register.least_levels_are_shares,
    register.outcomes_are_published,
    register.rules_find_what_they_need,
    spellings.organisations_are_spelled_alike,
    spellings.organisations_are_named_by_id,
    spellings.entries_are_separated_by_semicolons,
    spellings.ids_hold_plain_characters,
    spellings.wards_and_groups_are_spelled_alike,
    spellings.wards_named_once_are_looked_at,
    prices.prices_are_there,
    prices.prices_are_plain,
    prices.prices_are_above_nought,
    prices.prices_are_credible,
    prices.prices_come_by_year,
    prices.prices_add_up,
    interests.conflicts_were_assessed,
    interests.panel_and_declarations_are_there,
    interests.panel_rows_are_known,
    interests.panels_are_large_enough,
    interests.recusals_leave_enough,
    interests.seats_are_known,
    interests.every_answer_is_given_to_enough,
    interests.declarations_are_sound,
    interests.declarations_agree,
    marks.rows_of_marks_are_sound,
    returns.marks_are_there,
    returns.evaluators_are_called_as_on_the_panel,
    returns.panels_have_marked,
    returns.answers_have_enough_marks,
    returns.one_evaluator_marks_each_answer,
    interests.markers_sit_on_the_panel,
    returns.answers_marked_were_given,
    interests.recused_evaluators_do_not_mark,
    interests.markers_have_declared,
    consensus.agreed_marks_are_there,
    consensus.agreed_marks_count,
    consensus.every_answer_has_an_agreed_mark,
    consensus.marks_outside_the_range_say_why,
    consensus.wide_spreads_are_explained,
    decisions.decisions_are_about_known_bids,
    decisions.decisions_are_clear,
    decisions.decisions_are_complete,
    decisions.bidders_are_heard,
    decisions.gates_decided_are_published,
    decisions.decisions_agree,
    decisions.gates_decided_were_failed,
    matters.failed_gates_are_decided,
    matters.low_prices_are_decided,
    late_bids.arrivals_are_read,
    late_bids.late_bids_are_decided,
)
