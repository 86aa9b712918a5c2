"""Every check of criteria, in order. Each is a plain function from the criteria to its findings."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from evaluator.publication.checks import (
    award_rules,
    floors,
    marking,
    merit,
    names,
    procedure,
    proportion,
    rules_together,
    sections,
    theory_of_change,
    tiers,
    weights,
)
from evaluator.publication.checks.law import choices, gate_kinds, procurement, stages, timetable, verification
from evaluator.publication.checks.price import effects, lines, measured, policy
from evaluator.publication.checks.prose import accounting
from evaluator.publication.checks.prose.phrases import Vocabulary, vocabulary
from evaluator.publication.checks.wording import (
    access,
    boundaries,
    descriptors,
    extents,
    figures_in_words,
    gates,
    matters,
    parts,
    questions,
    scales,
    unfinished,
    values_by_name,
)
from evaluator.publication.locations import PROGRAMME, Place, all_questions
from evaluator.records.findings.finding import Finding, Severity, Source, in_order
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.programme.looked_for.check_words import CheckWords
from evaluator.records.programme.scales import Scale

Check = Callable[[Criteria], Iterator[Finding]]
WordCheck = Callable[[Criteria, Vocabulary], Iterator[Finding]]

ARITHMETIC: tuple[Check, ...] = (  # without these no score or award can be worked out
    weights.weights_add_up_to_the_whole,
    weights.the_whole_is_something,
    weights.totals_are_compared_alike,
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
    marking.scales_name_what_is_asked,
    marking.tables_of_points_are_whole,
    marking.descriptors_name_a_mark,
    marking.what_does_not_count_has_no_weight,
    marking.what_may_not_apply_is_marked,
    marking.what_takes_nobody_out_may_stay,
    policy.quality_is_out_of_the_whole,
    sections.minimums_can_be_reached,
    sections.minimums_lie_in_one_stage_or_none,
    sections.what_must_be_exceeded_has_a_minimum,
    policy.price_weights_have_a_policy,
    policy.price_methods_are_known,
    policy.price_parameters_are_known,
    policy.price_parameters_are_allowed,
    policy.price_limits_are_in_order,
    policy.discounts_have_a_rate,
    policy.price_indexes_have_no_weight,
    measured.measured_methods_are_known,
    measured.measured_parameters_can_be_used,
    measured.measured_tables_are_whole,
    measured.measured_say_no_opposite,
    measured.measured_have_a_weight,
    measured.measured_limits_can_be_kept,
    lines.price_lines_have_ids_of_their_own,
    lines.price_lines_are_added_up,
    lines.price_lines_have_a_quantity,
    lines.price_lines_can_be_scored,
    procedure.totals_can_be_optimised,
    procedure.marks_of_contracts_are_agreed,
    procedure.worked_out_keys_have_a_use,
    procedure.marks_can_be_worked_out,
    procedure.sums_have_no_minimum_marks,
    procedure.minimum_marks_can_be_given,
    procedure.tie_break_is_understood,
    award_rules.rules_have_a_policy,
    award_rules.awards_need_no_votes,
    award_rules.rules_name_what_exists,
    award_rules.rules_give_a_figure,
    merit.merit_rules_can_be_applied,
    stages.stages_name_questions,
    stages.stages_weigh_their_own_questions,
    stages.stages_say_who_goes_on,
    stages.last_places_are_decided,
    stages.scores_can_be_reached,
    choices.final_choices_can_be_made,
    choices.amounts_can_be_worked_out,
    choices.draws_can_be_repeated,
)
FAIRNESS: tuple[Check, ...] = (  # what a lawyer would ask before publication
    weights.common_questions_count_in_every_theme,
    weights.relative_weights_are_complete,
    weights.common_questions_keep_their_proportions,
    weights.no_weight_is_nought,
    names.ids_are_plain,
    names.titles_are_no_headings,
    names.sources_are_given,
    marking.marks_have_descriptors,
    marking.descriptors_are_different,
    marking.scale_starts_at_nought,
    marking.marks_rise,
    marking.points_rise_with_marks,
    marking.points_are_those_of_the_table,
    marking.what_applies_is_the_same_for_all,
    parts.marks_count_parts_once,
    extents.marks_say_how_far_once,
    parts.good_answers_have_the_parts,
    descriptors.descriptors_need_what_is_asked,
    descriptors.descriptors_look_at_answers,
    scales.marks_have_words_of_their_own,
    marking.gates_have_a_predicate,
    marking.gates_are_different,
    gate_kinds.gates_have_a_kind,
    gate_kinds.exclusions_have_a_ground,
    gate_kinds.suitability_keeps_nobody_out_below_the_threshold,
    gate_kinds.nobody_admits_what_the_act_disregards,
    gate_kinds.minimums_say_that_they_disqualify,
    verification.deciding_columns_are_verified,
    verification.verifications_are_complete,
    verification.nothing_is_reserved_without_a_footing,
    questions.questions_have_words,
    questions.nothing_is_scored_twice,
    questions.outcomes_are_published,
    questions.outcomes_are_tested,
    questions.nothing_may_be_asked_twice,
    theory_of_change.outcomes_are_named,
    theory_of_change.approaches_are_tested,
    theory_of_change.themes_test_their_own_outcomes,
    theory_of_change.approaches_serve_an_outcome,
    tiers.themes_name_a_tier,
    tiers.tiers_rise,
    tiers.themes_have_the_tier_of_their_size,
    tiers.tiers_name_optional_questions,
    tiers.optional_questions_are_asked_somewhere,
    tiers.smaller_tiers_ask_for_less,
    proportion.turnover_is_in_proportion,
    proportion.accounts_can_be_had,
    proportion.insurance_is_not_wanted_with_the_bid,
    proportion.cover_is_in_proportion,
    proportion.words_are_in_proportion,
    proportion.work_is_in_proportion_to_the_money,
    access.questions_test_an_outcome,
    policy.unit_costs_have_a_unit,
    policy.price_indexes_have_a_quality_floor,
    policy.price_policies_have_a_weight,
    policy.prices_depend_on_other_bids,
    policy.low_prices_are_looked_at,
    policy.price_points_stay_within_bounds,
    policy.small_indexes_survive_rounding,
    policy.incomes_are_not_decided_by_the_lower_price,
    effects.parameters_let_prices_differ,
    effects.discount_rates_are_usual,
    effects.yearly_prices_have_years,
    effects.tests_of_low_prices_find_few,
    effects.units_are_people,
    measured.measured_say_which_is_better,
    measured.measured_have_a_unit,
    measured.measured_figures_can_differ,
    measured.measured_depend_on_other_bids,
    measured.measured_points_stay_within_bounds,
    procedure.awards_can_rest_on_totals,
    procedure.moderation_fits_the_panel,
    procedure.spread_trigger_can_work,
    procedure.minimum_quality_can_be_reached,
    procedure.minimums_leave_room,
    procedure.minimums_keep_somebody_out,
    procedure.tie_break_says_each_thing_once,
    procedure.tie_break_is_finished,
    procedure.marks_are_moderated,
    procedure.worked_out_marks_are_understood,
    procedure.equality_is_planned,
    procedure.groupings_are_nested,
    procedure.equality_rule_can_be_kept,
    procedure.monitoring_answers_are_different,
    award_rules.theme_rules_stay_in_their_theme,
    award_rules.rules_say_each_thing_once,
    award_rules.rules_do_not_name_bids,
    award_rules.rules_leave_something_to_award,
    award_rules.equal_allocations_are_decided,
    floors.floors_are_below_ceilings,
    floors.floors_fit_the_budget,
    rules_together.some_bid_can_be_funded,
    rules_together.groups_fit_the_awards,
    rules_together.floors_fit_what_organisations_may_have,
    rules_together.years_fit_the_whole,
    rules_together.lot_limits_have_a_mechanism,
    rules_together.hours_that_decide_are_worked_out,
    merit.the_better_ranked_bid_is_funded,
    merit.departures_from_rank_have_a_footing,
    choices.final_choices_have_a_footing,
    choices.amounts_have_a_footing,
    choices.arrival_decides_no_contract,
    boundaries.gates_agree_with_themselves,
    boundaries.places_agree_at_the_boundary,
    boundaries.words_agree_with_the_rules,
    values_by_name.names_are_known,
    values_by_name.facts_are_there,
    matters.what_the_law_cares_about,
    procurement.procurements_are_said,
    procurement.exclusions_are_asked_about,
    procurement.regimes_fit_their_day,
    procurement.values_fit_their_regime,
    procurement.words_belong_to_their_regime,
    procurement.standstills_are_long_enough,
    timetable.dates_can_be_kept,
    timetable.papers_can_be_had,
    stages.themes_are_compared_alike,
    stages.the_law_knows_stages,
)
WORDING: tuple[WordCheck, ...] = (  # the same, by words that a council can add to
    descriptors.top_mark_can_be_reached,
    descriptors.good_answers_can_be_given,
    descriptors.full_compliance_earns_the_top,
    descriptors.marks_differ_by_more_than_degree,
    descriptors.descriptors_can_be_seen,
    gates.gates_are_exact,
    gates.gates_do_not_rest_on_opinion,
    gates.people_decide_on_failures,
    questions.good_answers_can_be_seen,
    questions.award_is_not_selection,
    questions.price_is_scored_once,
    questions.weights_are_not_hidden,
    access.nobody_is_kept_out_for_their_place,
    access.small_and_new_organisations_can_compete,
    access.insurance_can_wait_for_the_contract,
    access.nobody_is_left_out_by_words,
    unfinished.texts_are_finished,
    figures_in_words.nothing_is_averaged,
    accounting.prose_is_accounted_for,
)
CHECKS: tuple[Check, ...] = ARITHMETIC + FAIRNESS
# What the words of any scale are looked at for; of a scale of some questions, as if it were the programme's.
OF_SCALES: tuple[Check, ...] = (
    parts.marks_count_parts_once,
    extents.marks_say_how_far_once,
    descriptors.descriptors_need_what_is_asked,
    scales.marks_have_words_of_their_own,
)
WORDING_OF_SCALES: tuple[WordCheck, ...] = (
    descriptors.top_mark_can_be_reached,
    descriptors.full_compliance_earns_the_top,
    descriptors.marks_differ_by_more_than_degree,
    descriptors.descriptors_can_be_seen,
)

FIRST = "0.1.0"  # the version whose seals do not say which version sealed
# The version that a check came with, of those that came after the first; and those of fairness that an evaluation
# tells of, as notes, where the seal is older than they are.
SINCE: Mapping[Check, str] = {verification.deciding_columns_are_verified: "0.3.0"}
TOLD: tuple[Check, ...] = (verification.deciding_columns_are_verified,)


def check(
    criteria: Criteria, checks: tuple[Check, ...] = CHECKS, words: CheckWords | None = None
) -> tuple[Finding, ...]:
    """Check criteria as a lawyer would, and give every finding in the order of its place.

    Parameters
    ----------
    criteria : as they were read.
    checks : all of them unless given; ``ARITHMETIC`` are those that an evaluation cannot do without.
    words : the words that checks of wording look for; those checks are made where they are given.
    """
    found = [one for check_it in checks for one in check_it(criteria)]
    of_scales: list[Check] = [one for one in OF_SCALES if one in checks]
    if words is not None:
        spoken = vocabulary(words, criteria)
        found += [one for check_it in WORDING for one in check_it(criteria, spoken)]
        of_scales += [partial(_in_words, check_it, spoken) for check_it in WORDING_OF_SCALES]
    found += [one for check_it in of_scales for one in _on_other_scales(criteria, check_it)]
    found = list(_told_once(found))
    if criteria.regime == "grant":
        found = list(descriptors.told_of_grants(found))
    return in_order(found, criteria.regime)


UNACCOUNTED = frozenset({"E-CRIT-936", "E-CRIT-980", "E-CRIT-981"})
AVERAGES, MEANT = "E-CRIT-516", "E-CRIT-982"
SENTENCE, WORDS = re.compile("“.*”"), re.compile('"([^"]+)"')


def _told_once(found: list[Finding]) -> Iterator[Finding]:
    """Leave out that nothing accounts for a sentence, where another finding quotes words of it from the same place.

    What a sentence means is left out where it is of averages, which a finding of their own tells; and "price" where the
    same is found of "your price".
    """
    wordings: dict[tuple[str, Source], list[str]] = {}
    for one in found:
        wordings.setdefault((one.code, one.source), []).extend(WORDS.findall(one.message)[-1:])
    quoted: dict[Source, str] = {}
    for one in found:
        quoted[one.source] = f"{quoted.get(one.source, '')}\n{'' if one.code in UNACCOUNTED else one.message}"
    averages = {one.source: one.message for one in found if one.code == AVERAGES}
    for one in found:
        told = quoted if one.code in UNACCOUNTED else averages if one.code == MEANT else {}
        sentence = SENTENCE.search(one.message) if one.source in told else None
        words = WORDS.findall(told[one.source]) if sentence else []
        if sentence and any(word.casefold() in sentence.group().casefold() for word in words):
            continue
        own = WORDS.findall(one.message)[-1:]
        if not any(word in more != word for word in own for more in wordings[one.code, one.source]):
            yield one


def _in_words(check_it: WordCheck, words: Vocabulary, criteria: Criteria) -> Iterator[Finding]:
    return check_it(criteria, words)


def _on_other_scales(criteria: Criteria, check_it: Check) -> Iterator[Finding]:
    """Look at each scale of some questions, and at each question's own descriptors, as at the programme's scale."""
    places = [Place(PROGRAMME, f"scale_of[{number}]") for number in range(1, len(criteria.scale_of) + 1)]
    others: list[tuple[Place, Scale]] = list(zip(places, criteria.scale_of, strict=True))
    asked = ((place, one) for place, one in all_questions(criteria) if one.descriptors)
    others += [(place, criteria.scale_for(one.id)) for place, one in asked]
    for place, scale in others:
        alone = criteria.model_copy(update={"scale": scale, "scale_of": ()})
        for one in check_it(alone):
            own = place.file != PROGRAMME or not place.table.startswith("scale_of")
            if one.code == "E-CRIT-957" and (own or one.severity is Severity.NOTE):
                continue  # what stands beside a question, or is marked by a scale of its own, is told where it is asked
            before, of_scale, rest = one.source.key.partition("scale.")
            if of_scale and not before:
                key = "descriptors" if own else rest
                yield replace(one, source=place.key(key))


def check_as_sealed(criteria: Criteria, published: Seal | None) -> tuple[Finding, ...]:
    """Check that scores and awards can be worked out; what a check finds that is newer than the seal is a note.

    Whoever sealed could not have heeded it, and what was sealed stays.
    """
    if published is None:
        return check(criteria, ARITHMETIC)
    sealed_by = _version(published.engine or FIRST)
    newer = tuple(one for one in ARITHMETIC + TOLD if _version(SINCE.get(one, FIRST)) > sealed_by)
    settled = check(criteria, tuple(one for one in ARITHMETIC if one not in newer))
    return in_order(
        (*settled, *(replace(one, severity=Severity.NOTE) for one in check(criteria, newer))), criteria.regime
    )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
