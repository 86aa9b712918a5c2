"""Every check of criteria, in order. Each is a plain function from the criteria to its findings."""

from collections.abc import Callable, Iterator

from evaluator.publication import (
    access,
    awards,
    floors,
    marking,
    names,
    outcomes,
    prices,
    procedure,
    proportion,
    sections,
    tiers,
    weights,
    wording,
)
from evaluator.records.criteria import Criteria
from evaluator.records.source import Finding, in_order

Check = Callable[[Criteria], Iterator[Finding]]

ARITHMETIC: tuple[Check, ...] = (  # without these no score or award can be worked out
    weights.weights_add_up_to_100,
    weights.weights_name_a_question,
    weights.questions_have_a_weight,
    weights.weights_carry_what_they_say,
    tiers.optional_questions_count_where_they_are_asked,
    sections.sections_carry_what_they_say,
    sections.shares_within_sections_agree,
    sections.sections_hold_every_question_once,
    names.ids_are_used_once,
    names.ids_are_free,
    marking.marks_are_different,
    marking.marks_are_not_negative,
    marking.scale_can_be_kept,
    prices.price_weights_have_a_policy,
    prices.price_methods_are_known,
    prices.price_parameters_are_known,
    prices.price_parameters_are_allowed,
    prices.price_limits_are_in_order,
    prices.discounts_have_a_rate,
    prices.price_indexes_have_no_weight,
    procedure.totals_can_be_optimised,
    procedure.minimum_marks_can_be_given,
    procedure.tie_break_is_understood,
    awards.rules_have_a_policy,
    awards.rules_name_what_exists,
    awards.rules_give_a_figure,
)
FAIRNESS: tuple[Check, ...] = (  # what a lawyer would ask before publication
    weights.common_questions_count_in_every_theme,
    weights.relative_weights_are_complete,
    weights.common_questions_keep_their_proportions,
    weights.no_weight_is_nought,
    names.ids_are_plain,
    names.sources_are_given,
    marking.marks_have_descriptors,
    marking.descriptors_are_different,
    marking.scale_starts_at_nought,
    marking.marks_rise,
    marking.top_mark_can_be_reached,
    marking.gates_have_a_predicate,
    marking.gates_are_exact,
    marking.gates_are_different,
    wording.questions_have_words,
    wording.good_answers_can_be_seen,
    wording.nothing_is_scored_twice,
    wording.award_is_not_selection,
    wording.outcomes_are_published,
    wording.outcomes_are_tested,
    outcomes.outcomes_are_named,
    outcomes.approaches_are_tested,
    outcomes.themes_test_their_own_outcomes,
    outcomes.approaches_serve_an_outcome,
    tiers.themes_name_a_tier,
    tiers.tiers_rise,
    tiers.themes_have_the_tier_of_their_size,
    tiers.tiers_name_optional_questions,
    tiers.optional_questions_are_asked_somewhere,
    tiers.smaller_tiers_ask_for_less,
    proportion.turnover_is_in_proportion,
    proportion.accounts_can_be_had,
    proportion.insurance_is_not_wanted_with_the_bid,
    proportion.words_are_in_proportion,
    proportion.work_is_in_proportion_to_the_money,
    access.questions_test_an_outcome,
    access.nobody_is_kept_out_for_their_place,
    access.small_and_new_organisations_can_compete,
    access.insurance_can_wait_for_the_contract,
    access.nobody_is_left_out_by_words,
    prices.unit_costs_have_a_unit,
    prices.price_indexes_have_a_quality_floor,
    prices.price_policies_have_a_weight,
    prices.prices_depend_on_other_bids,
    prices.low_prices_are_looked_at,
    prices.price_points_stay_within_bounds,
    prices.small_indexes_survive_rounding,
    prices.incomes_are_not_decided_by_the_lower_price,
    procedure.awards_can_rest_on_totals,
    procedure.moderation_fits_the_panel,
    procedure.spread_trigger_can_work,
    procedure.minimum_quality_can_be_reached,
    procedure.tie_break_says_each_thing_once,
    procedure.equality_is_planned,
    procedure.monitoring_answers_are_different,
    awards.theme_rules_stay_in_their_theme,
    awards.rules_say_each_thing_once,
    awards.rules_do_not_name_bids,
    awards.rules_leave_something_to_award,
    awards.equal_allocations_are_decided,
    floors.floors_are_below_ceilings,
    floors.floors_fit_the_budget,
)
CHECKS: tuple[Check, ...] = ARITHMETIC + FAIRNESS


def check(criteria: Criteria, checks: tuple[Check, ...] = CHECKS) -> tuple[Finding, ...]:
    """Check criteria as a lawyer would, and give every finding in the order of its place.

    Parameters
    ----------
    criteria : as they were read.
    checks : all of them unless given; ``ARITHMETIC`` are those that an evaluation cannot do without.
    """
    return in_order(found for one in checks for found in one(criteria))
