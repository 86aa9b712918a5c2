"""A running desk's secrets: the token of its address, the cookie that it is exchanged for, and the tokens of forms."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

BYTES = 32


def _secret() -> str:
    return secrets.token_urlsafe(BYTES)


@dataclass(frozen=True)
class Session:
    """What one desk knows its browsers by, from its start to its end; nothing of it outlives the desk.

    The token stays good while the desk runs, so that its address can be opened again and in a second browser.
    """

    port: int
    token: str = field(default_factory=_secret)
    cookie: str = field(default_factory=_secret)
    _key: str = field(default_factory=_secret)

    @property
    def host(self) -> str:
        """The one name that the desk answers to, port included."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """Where a request that changes something has to come from."""
        return f"http://{self.host}"

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"{self.origin}/?token={self.token}"

    @property
    def cookie_name(self) -> str:
        """The cookie's name, with the port: cookies of two desks on one machine would overwrite each other."""
        return f"desk_{self.port}"

    def knows_token(self, given: str) -> bool:
        """Whether a token is this desk's, told in the same time for every wrong one."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    def knows_cookie(self, given: str) -> bool:
        """Whether a cookie is this desk's."""
        return hmac.compare_digest(given.encode(), self.cookie.encode())

    def form_token(self, path: str) -> str:
        """Give what a form that is sent to a path carries in its address, where it is known before a body is read."""
        return hmac.new(self._key.encode(), path.encode(), hashlib.sha256).hexdigest()[:40]

    def knows_form(self, path: str, given: str) -> bool:
        """Whether a form's token is the one for this path."""
        return hmac.compare_digest(given.encode(), self.form_token(path).encode())
