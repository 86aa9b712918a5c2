"""RFC 3161 time-stamps as files, with no request to anywhere: a question for an authority, and its answer checked.

The question is sent by whoever is allowed to, such as ``curl -H "Content-Type: application/timestamp-query"
--data-binary @anchor.tsq https://… > anchor.tsr``. An answer is checked against roots that are given, and never against
those of this machine.
"""

from collections.abc import Iterator
from contextlib import suppress

from evaluator.records.anchors import Stamped

SHA256 = "2.16.840.1.101.3.4.2.1"
LARGEST = 2**20  # bytes of an answer
CERTIFICATES, LONG = 0xA0, 0x80  # a tag of DER, and the first length that is written in bytes of its own


class NoRootsError(Exception):
    """A file holds no certificate that could be a root."""


def question(content: bytes) -> bytes:
    """Give the time-stamp request over the SHA-256 of a content; always the same bytes, since it has no nonce."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=False).build().as_bytes()


def roots_of(content: bytes) -> tuple[object, ...]:
    """Read the certificates of a PEM or DER file.

    Raises
    ------
    NoRootsError
        Where there is none.
    """
    from cryptography import x509

    with suppress(ValueError):
        return tuple(x509.load_pem_x509_certificates(content))
    with suppress(ValueError):
        return (x509.load_der_x509_certificate(content),)
    raise NoRootsError("it holds no certificate in PEM or DER")


def stamp_of(file: str, content: bytes, roots: tuple[object, ...] = ()) -> Stamped:
    """Read an authority's answer and check it against roots, if some are given.

    Whatever is wrong is told in ``problem``: no time-stamp, refused, another sum than SHA-256, a signature or a chain
    that does not hold, a certificate that was not valid at the time.
    """
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        if len(content) > LARGEST:
            raise ValueError
        answer = decode_timestamp_response(in_order(content))
        if PKIStatus(answer.status) is not PKIStatus.GRANTED:
            return Stamped(file, "", "", "", checked=False, problem="the authority did not grant it")
        told = answer.tst_info
        imprint = told.message_imprint
        when, by = told.gen_time.strftime("%Y-%m-%d at %H:%M:%S UTC"), _authority(told.name)
        stamped = Stamped(file, imprint.message.hex(), when, by, bool(roots))
    except Exception:  # whatever a damaged file makes the decoder say
        return Stamped(file, "", "", "", checked=False, problem="it is no answer of a time-stamping authority")
    if imprint.hash_algorithm.dotted_string != SHA256:
        return _but(stamped, "it is not over a SHA-256")
    return _but(stamped, _distrusted(content, imprint.message, roots)) if roots else stamped


def _authority(name: object) -> str:
    """Name who stamped, as the answer itself says."""
    return f"by {name}" if name else "by an authority that it does not name"


def _but(stamped: Stamped, problem: str) -> Stamped:
    return Stamped(stamped.file, stamped.imprint, stamped.when, stamped.authority, stamped.checked, problem)


def _distrusted(content: bytes, digest: bytes, roots: tuple[object, ...]) -> str:
    """Say why an answer's signature does not hold by these roots; nothing where it does."""
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    answer = decode_timestamp_response(in_order(content))
    try:
        verifier = VerifierBuilder(roots=list(roots)).build()  # type: ignore[arg-type]
        verifier.verify(answer, digest)
    except VerificationError as error:
        return f"its signature does not hold by the roots that were given ({error})"
    except ValueError as error:
        return f"it cannot be checked ({error})"
    return ""


def in_order(content: bytes) -> bytes:
    """Put the certificates of an answer into the order that DER asks of a set, which OpenSSL does not.

    No signature covers their order, and no length changes. ValueError or IndexError where it is no answer.
    """
    at, end = _within(content, 0, len(content), 1, 1, 0)
    for tag, _, inner, stop in _elements(content, at, end):
        if tag == CERTIFICATES:
            found = sorted(content[first:last] for _, first, _, last in _elements(content, inner, stop))
            return content[:inner] + b"".join(found) + content[stop:]
    return content


def _within(content: bytes, at: int, end: int, *path: int) -> tuple[int, int]:
    """Go into the first element, then into that with the number of each step; give where its content lies."""
    for number in (0, *path):
        _, _, at, end = list(_elements(content, at, end))[number]
    return at, end


def _elements(content: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """List elements of DER: the tag, where it starts, where its content starts, and where it stops."""
    while at < end:
        length, inner = content[at + 1], at + 2
        if length >= LONG:
            inner += length - LONG
            length = int.from_bytes(content[at + 2 : inner], "big")
        if inner + length > end:
            raise ValueError("an element is longer than what holds it")
        yield content[at], at, inner, inner + length
        at = inner + length
