import json

from hypothesis import given
from hypothesis import strategies as st

from evaluator.publication import canonical, check_seal, fingerprint, seal
from evaluator.records.programme.criteria import Criteria
from tests.unit.publication.small_criteria import SMALL, put, small


def turned(value):
    """Give the same values with every table's keys in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(list(value))}
    return [turned(one) for one in value] if isinstance(value, list) else value


def test_the_order_of_keys_does_not_change_the_seal():
    assert canonical(Criteria.model_validate(turned(SMALL))) == canonical(small())


def test_the_canonical_form_is_plain_sorted_json():
    text = canonical(small()).decode()
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text
    assert '"limit":"300000"' in text


@given(st.text(max_size=20))
def test_any_other_text_has_another_seal(text):
    changed = small(put("themes.0.question.0.text", text))
    same = text == SMALL["themes"][0]["question"][0]["text"]
    assert (fingerprint(changed) == fingerprint(small())) == same


def test_one_character_of_any_text_changes_the_seal():
    for path in ("title", "scale.mark.3.descriptor", "gate.0.predicate", "price.source", "tie_break.source"):
        way = path.split(".")
        held = SMALL
        for part in way:
            held = held[int(part)] if part.isdigit() else held[part]
        assert fingerprint(small(put(path, f"{held} "))) != fingerprint(small())


def test_a_seal_names_reference_version_date_and_sum():
    made = seal(small(), "2026-09-01")
    assert (made.reference, made.version, made.date, made.sha256) == (
        "SMALL-1",
        "1.0",
        "2026-09-01",
        fingerprint(small()),
    )


def test_criteria_that_are_as_sealed_have_no_finding():
    assert check_seal(small(), seal(small(), "2026-09-01")) == ()


def test_unsealed_criteria_block_the_award():
    assert [finding.code for finding in check_seal(small(), None)] == ["E-SEAL-001"]


def test_criteria_changed_after_sealing_block_the_award_and_name_both_sums():
    published, changed = seal(small(), "2026-09-01"), small(put("tie_break.order", ["lower_price"]))
    (found,) = check_seal(changed, published)
    assert found.code == "E-SEAL-002"
    assert published.sha256[:12] in found.message
    assert fingerprint(changed)[:12] in found.message
