from pathlib import Path

import pytest

from evaluator.files.read.criteria.folder import criteria_in, read_criteria, write_seal
from evaluator.publication import check_seal, fingerprint, seal

PROGRAMME = """
schema = 1
reference = "READ-1"
title = "A programme to read"
authority = "A council"
regime = "grant"
version = "1.0"
source = "1"

[scale]
source = "2"
mark = [
  { mark = "0", label = "None", descriptor = "Nothing is there." },
  { mark = 2.50, label = "Half", descriptor = "Half is there." },
  { mark = 5, label = "Full", descriptor = "All is there." },
]

[rounding]
places = 2
mode = "half_up"
point = "parts"
source = "3"

[moderation]
method = "one_evaluator"
source = "4"

[tie_break]
order = ["quality"]
source = "5"
"""
TEMPLATE = """
[[question]]
id = "C1"
title = "Need"
text = "What need do you meet?"
good_answer = "The answer names it."
source = "6"
"""
THEME = """
id = "advice"
title = "Advice"
source = "7"
weights = { C1 = "60", A1 = "40" }

[[question]]
id = "A1"
title = "Advice"
text = "How is advice given?"
good_answer = "The answer says how."
source = "8"

[[rule]]
id = "R1"
kind = "theme_awards"
most = 3
source = "9"
"""


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "criteria")


def written(folder, programme=PROGRAMME, template=TEMPLATE, theme=THEME, name="advice"):
    (folder / "themes").mkdir(parents=True, exist_ok=True)
    for path, text in (("programme.toml", programme), ("template.toml", template), (f"themes/{name}.toml", theme)):
        (folder / path).write_text(text, "utf-8")
    return folder


def changed(folder, old, new, **which):
    texts = {"programme": PROGRAMME, "template": TEMPLATE, "theme": THEME}
    name = next(name for name, text in texts.items() if old in text)
    return read_criteria(written(folder, **{name: texts[name].replace(old, new, 1)}, **which))


def told(read):
    assert read.criteria is None
    return [f"{finding.source}: {finding.code}: {finding.message}" for finding in read.findings]


def test_a_folder_of_toml_becomes_criteria(folder):
    read = read_criteria(folder)
    assert read.findings == ()
    assert read.seal is None
    assert [question.id for question in read.criteria.questions("advice")] == ["C1", "A1"]


def test_numbers_are_kept_as_they_were_written(folder):
    assert [str(mark) for mark in read_criteria(folder).criteria.scale.marks] == ["0", "2.50", "5"]


def test_a_rule_in_a_themes_file_is_about_that_theme(folder):
    (rule,) = read_criteria(folder).criteria.rules
    assert (rule.theme, rule.most) == ("advice", 3)


def test_without_a_template_there_are_no_common_questions(folder):
    (folder / "template.toml").unlink()
    read = read_criteria(folder)
    assert read.criteria.common == ()


def test_a_missing_programme_is_said_to_be_missing(folder):
    (folder / "programme.toml").unlink()
    assert told(read_criteria(folder)) == [
        "programme.toml: E-FILE-001: There is no file for the programme's criteria.",
    ]


def test_a_folder_without_themes_is_told_so(folder):
    (folder / "themes/advice.toml").unlink()
    assert told(read_criteria(folder)) == [
        "programme.toml themes: E-CRIT-001: The key themes has too few entries.",
    ]


def test_what_is_not_toml_is_named_by_line(folder):
    (line,) = told(changed(folder, 'title = "Need"', "title = Need"))
    assert line.startswith("template.toml: E-CRIT-002: The file template.toml is not readable TOML:")
    assert "line 4" in line


def test_a_key_given_twice_is_found(folder):
    (line,) = told(changed(folder, 'version = "1.0"', 'version = "1.0"\nversion = "1.1"'))
    assert "E-CRIT-002" in line


def test_text_in_another_encoding_is_named(folder):
    (folder / "programme.toml").write_bytes(PROGRAMME.replace("A council", "£").encode("latin-1"))
    assert told(read_criteria(folder)) == [
        "programme.toml: E-CRIT-002: The file programme.toml is not readable TOML: it is not text in UTF-8.",
    ]


def test_an_unknown_key_is_not_passed_over(folder):
    assert told(changed(folder, 'regime = "grant"', 'regime = "grant"\nregimen = "grant"')) == [
        "programme.toml regimen: E-CRIT-001: The key regimen is not a key that criteria have here.",
    ]


def test_a_missing_key_is_named_in_full(folder):
    assert told(changed(folder, "schema = 1\n", "")) == [
        "programme.toml schema: E-CRIT-001: The key schema is missing.",
    ]


@pytest.mark.parametrize(
    ("code", "place", "before", "after"),
    [
        ("E-CRIT-004", "programme.toml rounding.mode", 'mode = "half_up"\n', ""),
        (
            "E-CRIT-004",
            "programme.toml rounding",
            '[rounding]\nplaces = 2\nmode = "half_up"\npoint = "parts"\nsource = "3"',
            "",
        ),
        ("E-CRIT-005", "programme.toml moderation", '[moderation]\nmethod = "one_evaluator"\nsource = "4"', ""),
        ("E-CRIT-005", "programme.toml moderation.method", '"one_evaluator"', '"average"'),
        ("E-CRIT-005", "programme.toml moderation.method", '"one_evaluator"', '"none"'),
        ("E-CRIT-006", "programme.toml tie_break", '[tie_break]\norder = ["quality"]\nsource = "5"', ""),
        ("E-CRIT-007", "programme.toml allocation.method", "[rounding]", '[allocation]\nsource = "7"\n[rounding]'),
        ("E-CRIT-009", "programme.toml price.method", "[rounding]", '[price]\nsource = "7"\n[rounding]'),
        ("E-CRIT-202", "programme.toml scale.mark[3].descriptor", ', descriptor = "All is there."', ""),
        (
            "E-CRIT-301",
            "programme.toml gate[1].predicate",
            "[rounding]",
            '[[gate]]\nid = "g"\ntitle = "G"\nquestion = "?"\non_failure = "asked"\nsource = "5"\n[rounding]',
        ),
    ],
)
def test_what_a_lawyer_would_miss_has_a_finding_of_its_own(folder, code, place, before, after):
    (line,) = told(changed(folder, before, after))
    assert line.startswith(f"{place}: {code}: ")


def test_a_theme_without_weights_is_found_at_its_file(folder):
    theme = THEME.replace('weights = { C1 = "60", A1 = "40" }\n', "")
    (line,) = told(read_criteria(written(folder, theme=theme)))
    assert line.startswith(
        "themes/advice.toml weights: E-CRIT-008: The theme in themes/advice.toml publishes no weights"
    )


def test_a_value_of_the_wrong_kind_is_named_with_its_place(folder):
    (line,) = told(changed(folder, "places = 2", 'places = "two"'))
    assert line.startswith("programme.toml rounding.places: E-CRIT-001: The key rounding.places is not right: ")


def test_entries_of_lists_are_counted_from_1(folder):
    (line,) = told(changed(folder, 'mark = 5, label = "Full", ', "mark = 5, "))
    assert line == "programme.toml scale.mark[3].label: E-CRIT-001: The key scale.mark[3].label is missing."


@pytest.mark.parametrize(
    ("weights", "meant"),
    [('1.1 = "60"\n1.2.a = 40', '"1.1" = "60"; "1.2.a" = "40"'), ('C1 = "60"\nA.1 = "40"', '"A.1" = "40"')],
)
def test_an_id_with_a_full_stop_and_no_quotes_is_told_what_to_write(folder, weights, meant):
    theme = THEME.replace('weights = { C1 = "60", A1 = "40" }\n', "") + f"\n[weights]\n{weights}\n"
    (line,) = told(read_criteria(written(folder, theme=theme)))
    assert line.startswith("themes/advice.toml weights.")
    assert "E-CRIT-001" in line
    assert line.endswith(f"put the whole name in quotes: {meant}.")


@pytest.mark.parametrize("weight", ['"sixty"', '"-60"', "true", '"6 0"', "nan", "-inf", '""'])
def test_a_weight_that_is_no_plain_number_is_refused(folder, weight):
    (line,) = told(changed(folder, '"60"', weight))
    assert line.startswith("themes/advice.toml weights.C1: E-CRIT-001")


def test_a_weight_may_be_written_without_quotes_and_stays_exact(folder):
    read = changed(folder, '"60"', "60.10000000000000000001")
    assert str(read.criteria.themes[0].weights["C1"]) == "60.10000000000000000001"


@pytest.mark.parametrize("weight", ['"6e1"', "6e1", '"6_0"', '"٦٠"', '" 60"', "1e400000", '"' + "9" * 41 + '"'])
def test_a_weight_that_only_a_computer_would_read_is_refused(folder, weight):
    (line,) = told(changed(folder, '"60"', weight))
    assert line == (
        "themes/advice.toml weights.C1: E-CRIT-001: "
        "The key weights.C1 is not right: must be a plain number in quotes, exactly as published."
    )


def test_a_percentage_holds_a_plain_number(folder):
    (line,) = told(changed(folder, 'title = "Advice"', 'minimum_quality = "٥٠%"\ntitle = "Advice"'))
    assert line.startswith("themes/advice.toml minimum_quality: E-CRIT-001")


@pytest.mark.parametrize("rules", ["rule = 3", 'rule = ["x"]', "rule = [[1]]", "question = 3"])
def test_what_is_no_table_is_said_to_be_none(folder, rules):
    theme = THEME.split("[[question]]")[0] + rules
    for line in told(read_criteria(written(folder, theme=theme))):
        assert "must be a" in line


def test_a_misspelt_heading_in_the_template_does_not_lose_the_common_questions(folder):
    (line,) = told(changed(folder, 'source = "6"\n', 'source = "6"\n\n[[questions]]\nid = "C2"\n'))
    assert line == "template.toml questions: E-CRIT-001: The key questions is not a key that criteria have here."


@pytest.mark.parametrize("key", ["common", "themes"])
def test_what_other_files_hold_is_not_written_into_the_programme(folder, key):
    (line,) = told(changed(folder, 'version = "1.0"', f'version = "1.0"\n{key} = []'))
    assert line.startswith(f"programme.toml {key}: E-CRIT-001: The key {key} is not written here; it is made of")


def test_an_empty_theme_does_not_vanish(folder):
    (folder / "themes/digital.toml").write_text("# to be written\n", "utf-8")
    assert "themes/digital.toml id: E-CRIT-001: The key id is missing." in told(read_criteria(folder))


def test_a_rules_key_is_named_as_it_stands_in_the_file(folder):
    assert told(changed(folder, 'id = "R1"\n', "")) == [
        "themes/advice.toml rule[1].id: E-CRIT-001: The key rule[1].id is missing.",
    ]
    assert told(changed(folder, '"theme_awards"', '"theme_award"')) == [
        "themes/advice.toml rule[1]: E-CRIT-001: The key rule[1] has a kind that rules do not have.",
    ]


def test_a_byte_order_mark_as_windows_writes_it_does_no_harm(folder):
    before = fingerprint(read_criteria(folder).criteria)
    for path in folder.rglob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert fingerprint(read_criteria(folder).criteria) == before


@pytest.mark.parametrize("name", ["programme.toml", "template.toml", "themes/advice.toml", "seal.json"])
def test_a_folder_where_a_file_is_wanted_is_a_finding(folder, name):
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    assert name in {str(finding.source) for finding in read_criteria(folder).findings}


@pytest.mark.parametrize("name", ["programme.toml", "seal.json"])
def test_endless_nesting_is_a_finding(folder, name):
    (folder / name).write_text("x = " * (name != "seal.json") + "[" * 100_000, "utf-8")
    assert {str(finding.source) for finding in read_criteria(folder).findings} == {name}


def test_all_that_is_wrong_is_told_at_once(folder):
    read = read_criteria(
        written(
            folder,
            programme=PROGRAMME.replace("places = 2\n", "").replace('"grant"', '"brexit"'),
            template=TEMPLATE.replace('source = "6"\n', ""),
            theme=THEME.replace("most = 3", "most = -3"),
        )
    )
    assert sorted(line.split(":")[0] for line in told(read)) == [
        "programme.toml regime",
        "programme.toml rounding.places",
        "template.toml question[1].source",
        "themes/advice.toml rule[1].most",
    ]


def test_the_programmes_own_faults_are_told_at_once(folder):
    read = read_criteria(
        written(folder, programme=PROGRAMME.replace("places = 2\n", "").replace('"grant"', '"tender"'))
    )
    assert sorted(line.split(":")[0] for line in told(read)) == [
        "programme.toml regime",
        "programme.toml rounding.places",
    ]


def test_a_theme_must_be_called_as_its_file(folder):
    (folder / "themes/advice.toml").rename(folder / "themes/advise.toml")
    assert told(read_criteria(folder)) == [
        "themes/advise.toml id: E-CRIT-003: The theme in themes/advise.toml calls itself advice.",
    ]


def test_a_seal_beside_the_criteria_is_read(folder):
    write_seal(folder, seal(read_criteria(folder).criteria, "2026-09-01"))
    read = read_criteria(folder)
    assert check_seal(read.criteria, read.seal) == ()
    assert criteria_in(folder).names == ("programme.toml", "seal.json", "template.toml", "themes/advice.toml")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": 1}', '{"schema": 2, "sha256": "0"}'])
def test_a_broken_seal_is_a_finding_and_the_criteria_are_still_read(folder, text):
    (folder / "seal.json").write_text(text, "utf-8")
    read = read_criteria(folder)
    assert [(str(finding.source), finding.code) for finding in read.findings] == [("seal.json", "E-SEAL-003")]
    assert read.criteria is not None


def test_the_order_of_keys_and_comments_do_not_change_the_seal(folder):
    before = fingerprint(read_criteria(folder).criteria)
    moved = THEME.replace('title = "Advice"\n', "", 1).replace(
        'id = "advice"\n', '# moved\ntitle = "Advice"\nid = "advice"\n'
    )
    assert moved != THEME
    assert fingerprint(read_criteria(written(folder, theme=moved)).criteria) == before


def test_windows_line_ends_do_not_change_the_seal(folder):
    before = fingerprint(read_criteria(folder).criteria)
    for path in folder.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(read_criteria(folder).criteria) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What need do you meet?", "What need do you meet!"),
        ('"60"', '"60.0"'),
        ('descriptor = "All is there."', 'descriptor = "All is here."'),
        ("most = 3", "most = 4"),
        ('order = ["quality"]', 'order = ["lower_price"]'),
    ],
)
def test_one_character_changed_is_another_seal(folder, old, new):
    before = fingerprint(read_criteria(folder).criteria)
    assert fingerprint(changed(folder, old, new).criteria) != before


def test_the_order_of_questions_is_part_of_what_was_published():
    criteria = Path(__file__).resolve().parents[5] / "criteria" / "community_commissioning"
    read = read_criteria(criteria).criteria
    turned = read.model_copy(update={"common": tuple(reversed(read.common))})
    assert fingerprint(turned) != fingerprint(read)


def test_a_key_that_another_kind_of_rule_takes_is_told_with_the_kind(folder):
    rule = '\n[[rule]]\nid = "R1"\nkind = "theme_awards"\nlimit = 3\n'
    (line,) = told(written(folder, theme=THEME + rule) and read_criteria(folder))
    assert "limit is not one that a rule of the kind theme_awards takes" in line
