"""Commands for those who write and publish criteria: check, publish."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from evaluator.cli.terminal import (
    BLOCKED,
    FOLDER,
    JSON,
    json_text,
    need_criteria,
    need_date,
    need_folder,
    print_findings,
    tell_findings,
    unreadable,
)

if TYPE_CHECKING:
    from evaluator.records.source import Finding

NOT_READ = {"E-CRIT-001", "E-CRIT-002", "E-CRIT-003", "E-FILE-001", "E-SEAL-003"}


@click.command()
@click.argument("criteria", type=FOLDER)
@JSON
def check(criteria: Path, as_json: bool) -> None:
    """Read criteria as a lawyer would, before they are published."""
    from evaluator.files.check_words import read_check_words
    from evaluator.files.criteria import read_criteria
    from evaluator.publication import check as check_criteria
    from evaluator.publication import check_seal, effective_weights, fingerprint
    from evaluator.records.source import block_award, in_order
    from evaluator.reporting.checks import check_document, check_text

    need_criteria(criteria)
    read = read_criteria(criteria)
    if read.criteria is None:
        not_understood(read.findings, as_json)
    sealed = check_seal(read.criteria, read.seal) if read.seal else ()
    words, changed = read_check_words(criteria)
    checked = read.placed((*check_criteria(read.criteria, words=words), *sealed))
    findings = in_order((*read.findings, *checked, *changed))
    weights = effective_weights(read.criteria)
    facts = (read.criteria, findings, fingerprint(read.criteria), read.seal, weights)
    click.echo(json_text(check_document(*facts)) if as_json else check_text(*facts))
    sys.exit(BLOCKED if block_award(findings) else 0)


def not_understood(findings: Sequence["Finding"], as_json: bool) -> NoReturn:
    """End with findings about criteria that make no record: 1 where what is missing is all named, else 3."""
    if any(one.code in NOT_READ for one in findings):
        unreadable(findings, as_json)
    tell_findings(findings, as_json)
    sys.exit(BLOCKED)


@click.command()
@click.argument("criteria", type=FOLDER)
@click.option("--date", required=True, help="The day of publication, YYYY-MM-DD.")
def publish(criteria: Path, date: str) -> None:
    """Seal criteria: fix what is published, so that every later number can be held to it."""
    from evaluator.files.criteria import read_criteria, write_seal
    from evaluator.publication import check as check_criteria
    from evaluator.publication import fingerprint, seal
    from evaluator.records.source import block_award, in_order

    need_folder(criteria)
    need_date(date)
    read = read_criteria(criteria)
    if read.criteria is None:
        unreadable(read.findings, False)
    findings = in_order(check_criteria(read.criteria))
    if block_award(findings):
        print_findings([one for one in findings if block_award([one])])
        click.echo("The criteria were not sealed. Mend what is listed above first.")
        sys.exit(BLOCKED)
    if read.seal and read.seal.sha256 == fingerprint(read.criteria):
        click.echo(f"These criteria were sealed on {read.seal.date} already, and are unchanged.")
        return
    if read.seal and read.seal.version == read.criteria.version:
        raise click.UsageError(
            f"Version {read.seal.version} was sealed on {read.seal.date} and the criteria have changed since. "
            "Give the changed criteria a new version before you seal them."
        )
    new = seal(read.criteria, date)
    write_seal(criteria, new)
    click.echo(f"Sealed {new.reference} version {new.version} on {date}: {new.sha256}")
