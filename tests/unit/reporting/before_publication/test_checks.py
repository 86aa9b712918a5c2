import json

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check, effective_weights, fingerprint, seal
from evaluator.reporting.before_publication.checks import check_document, check_text
from tests.unit.publication.small_criteria import put, small

WORDS, _ = read_check_words()
VAGUE = put("gate.0.predicate", "Adequate cover is held.")
SHORT = put("themes.0.weights.price", "30")


def facts(*changes, sealed=False):
    criteria = small(*changes)
    published = seal(small(), "2026-09-01") if sealed else None
    return criteria, check(criteria, words=WORDS), fingerprint(criteria), published, effective_weights(criteria)


def test_the_document_counts_by_severity_and_gives_every_finding_its_key():
    document = check_document(*facts(VAGUE, SHORT, put("tie_break.order", [])))
    assert document["schema"] == "check/1"
    assert document["can_be_published"] is False
    assert document["counts"] == {"blocks_award": 1, "needs_decision": 1, "note": 1}
    assert [(one["code"], one["file"], one["key"]) for one in document["findings"]] == [
        ("E-CRIT-302", "programme.toml", "gate[1].predicate"),
        ("E-CRIT-512", "programme.toml", "tie_break.order"),
        ("E-CRIT-101", "themes/north.toml", "weights"),
    ]
    assert all(one["message"] and one["remedy"] and one["authority"] for one in document["findings"])
    json.dumps(document)


def test_the_document_gives_every_weight_beside_what_it_carries():
    weights = check_document(*facts(SHORT))["weights"]
    assert weights[0] == {
        "theme": "north",
        "leaf": "C1",
        "published": "20",
        "effective": "22.22",
        "exact_effective": "200/9",
    }


def test_the_document_tells_what_was_sealed_from_what_is_there():
    document = check_document(*facts(VAGUE, sealed=True))
    assert document["as_sealed"] is False
    assert document["seal"]["sha256"] == fingerprint(small())
    assert check_document(*facts(sealed=True))["as_sealed"] is True
    assert check_document(*facts())["seal"] is None


def test_clean_criteria_are_said_to_be_free_of_findings_and_no_more():
    text = check_text(*facts(sealed=True))
    assert text.startswith("A small programme\nSMALL-1 version 1.0. Version 1.0 was sealed on 2026-09-01; ")
    assert "; these are what was sealed; " in text
    assert text.endswith(
        "\n\n0 findings: 0 blocks award, 0 needs decision, 0 note.\n"
        "Nothing was found that stands in the way of publishing these criteria. A lawyer should still read them."
    )


def test_the_text_goes_file_by_file_with_remedy_and_authority():
    text = check_text(*facts(VAGUE, SHORT))
    programme, theme = text.index("\nprogramme.toml\n"), text.index("\nthemes/north.toml\n")
    assert programme < text.index("E-CRIT-302 (needs decision)") < theme < text.index("E-CRIT-101 (blocks award)")
    assert "The weights of north add up to 90, not 100." in text
    assert "Procurement Act 2023 s.23(3)(b)" in text
    assert "Not sealed yet" in text
    assert "\n1 finding: 1 blocks award" in check_text(*facts(SHORT))


def test_a_weight_that_carries_something_else_is_shown_with_what_was_published():
    text = check_text(*facts(SHORT))
    assert "north: C1 22.22 (published: 20), C2 11.11 (published: 10)" in text
    assert "south: C1 20, C2 10, S1 30, price 40" in text


def test_no_line_is_wider_than_a_screen():
    assert max(map(len, check_text(*facts(VAGUE, SHORT)).splitlines())) <= 120
