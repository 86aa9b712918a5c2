"""Signatures beside a bundle: the council's, and an auditor's that covers it too. The bundle's own bytes stay.

Ed25519 (RFC 8032). A signature file is JSON beside the bundle, ``bundle.zip.signatures.json``: one entry a signature,
each over the bundle's SHA-256, who signed as what, when, and every signature before it. Private keys are files of their
own, encrypted with a passphrase, and never enter a bundle or a signature file.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

SCHEMA = "signatures/1"


class SigningError(Exception):
    """A key, a passphrase or a signature file that cannot be used; the message is for people."""


@dataclass(frozen=True)
class Signature:
    """One signature: by whom, as what, on which day, with which public key (hexadecimal), over what."""

    role: str
    name: str
    date: str
    public_key: str
    signature: str


@dataclass(frozen=True)
class Checked:
    """A signature and what is wrong with it, in words; nothing where it holds."""

    signature: Signature
    problem: str


def beside(bundle: Path) -> Path:
    """Name the signature file of a bundle."""
    return bundle.with_name(f"{bundle.name}.signatures.json")


def new_key(passphrase: str) -> tuple[bytes, str]:
    """Make a private key, encrypted, and give it with its public key in hexadecimal."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    return private, _public(key)


def _public(key: Any) -> str:
    found: str = key.public_key().public_bytes_raw().hex()
    return found


def sign(
    bundle: bytes, earlier: tuple[Signature, ...], private: bytes, passphrase: str, signer: Signature
) -> Signature:
    """Sign a bundle and every signature before; ``signer`` says who, as what and when, and has no key or signature yet.

    Raises
    ------
    SigningError
        When the key cannot be opened with the passphrase, or is of another kind.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(private, passphrase.encode())
    except (ValueError, TypeError):
        raise SigningError("the key cannot be opened: is it a key file, and is this its passphrase?") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningError("the key is not an Ed25519 key; make one with `evaluator bundle new-key`")
    named = Signature(signer.role, signer.name, signer.date, _public(key), "")
    return replace(named, signature=key.sign(_signed(bundle, earlier, named)).hex())


def _signed(bundle: bytes, earlier: tuple[Signature, ...], named: Signature) -> bytes:
    """Give what a signature covers: the bundle, whoever signs, and every signature before."""
    covered = {
        "schema": SCHEMA,
        "bundle": hashlib.sha256(bundle).hexdigest(),
        "earlier": [asdict(one) for one in earlier],
        "signer": {key: value for key, value in asdict(named).items() if key != "signature"},
    }
    return json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check(bundle: bytes, signatures: tuple[Signature, ...]) -> tuple[Checked, ...]:
    """Check every signature against the bundle and those before it."""
    return tuple(Checked(one, _problem(bundle, signatures[:at], one)) for at, one in enumerate(signatures))


def _problem(bundle: bytes, earlier: tuple[Signature, ...], one: Signature) -> str:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(one.public_key))
        key.verify(bytes.fromhex(one.signature), _signed(bundle, earlier, one))
    except InvalidSignature:
        return "it does not fit: the bundle, the signature or what it names was changed since, or another key signed"
    except ValueError:
        return "its key or its signature is damaged"
    return ""


def written(signatures: tuple[Signature, ...]) -> bytes:
    """Write a signature file."""
    document = {"schema": SCHEMA, "signatures": [asdict(one) for one in signatures]}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes) -> tuple[Signature, ...]:
    """Read a signature file; SigningError where it is none."""
    try:
        return tuple(Signature(**one) for one in json.loads(content)["signatures"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise SigningError("the signature file cannot be read; ask for it again") from None
