"""What people decided about criteria: findings that they accepted, and versions that they told bidders of."""

from evaluator.records.programme.published import Published


class Accepted(Published):
    """A finding that a named person accepted before publication, with the reason; it stays a finding.

    ``place`` is the file and key as the finding names them; ``message`` is what was found, in words.
    """

    code: str
    place: str
    person: str
    reason: str
    date: str
    message: str = ""


class Earlier(Published):
    """A version that was sealed before: its seal in short."""

    version: str
    date: str
    sha256: str


class Version(Published):
    """What changed with a version of criteria that were published before, why, and how bidders were told."""

    version: str
    date: str
    replaces: str
    what: str
    why: str
    legal_footing: str
    told: str
