import json
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from evaluator.publication import canonical, check_seal, checks, fingerprint, seal
from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.programme.criteria import Criteria
from tests.reference_data import REFERENCE
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


def newer_check(_: Criteria) -> Iterator[Finding]:
    yield Finding("E-NEW-001", Severity.BLOCKS_AWARD, Source("programme.toml"), "It is new.", "Mend it.")


@pytest.mark.parametrize(
    ("engine", "severity"), [("", "note"), ("0.2.0", "note"), ("0.3.0", "blocks_award"), ("0.10.0", "blocks_award")]
)
def test_what_a_check_finds_that_is_newer_than_the_seal_is_a_note(
    engine: str, severity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = small()
    monkeypatch.setattr(checks, "ARITHMETIC", (newer_check,))
    monkeypatch.setattr(checks, "SINCE", {newer_check: "0.3.0"})
    sealed = seal(made, "2026-12-01", engine=engine)
    assert [one.severity.value for one in checks.check_as_sealed(made, sealed)] == [severity]
    assert [one.severity.value for one in checks.check_as_sealed(made, None)] == ["blocks_award"]


@pytest.mark.parametrize(("engine", "told"), [("0.2.0", ["E-CRIT-331"]), ("0.3.0", [])])
def test_an_older_seal_without_verification_of_what_decides_is_told_once_as_a_note(
    engine: str, told: list[str]
) -> None:
    made = small(put("allocation.tie_break", ["wards_covered"]))  # whoever sealed with 0.3.0 was told, and accepted it
    found = checks.check_as_sealed(made, seal(made, "2026-12-01", engine=engine))
    assert [(one.code, one.severity.value) for one in found] == [(code, "note") for code in told]


def test_a_seal_says_which_version_sealed_and_the_first_ones_do_not() -> None:
    assert seal(small(), "2026-12-01", engine="0.2.0").model_dump(by_alias=True)["engine"] == "0.2.0"
    assert "engine" not in seal(small(), "2026-12-01").model_dump(by_alias=True)


def records_of(record: type[BaseModel], found: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """Gather the records that criteria are made of, by name."""
    if record.__name__ not in found:
        found[record.__name__] = record
        for field in record.model_fields.values():
            inside(field.annotation, found)
    return found


def inside(kind: object, found: dict[str, type[BaseModel]]) -> None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        records_of(kind, found)
    for part in get_args(kind):
        inside(part, found)


def test_a_key_that_the_first_version_did_not_have_leaves_no_trace_where_it_is_not_written() -> None:
    first = json.loads((REFERENCE / "keys_of_criteria_0_1_0.json").read_text("utf-8"))
    for name, record in records_of(Criteria, {}).items():
        for key, field in record.model_fields.items():
            if (field.alias or key) not in first.get(name, ()) and name in first:
                assert not field.is_required(), (name, key)
                assert field.exclude_if is not None, (name, key)
                assert field.exclude_if(field.get_default(call_default_factory=True)), (name, key)
