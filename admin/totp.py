"""The second step of a log-in: six digits of an app (RFC 6238), or a recovery code. Pure.

No secret is kept in the rows: it comes from the key of this home and a salt, so that a copy of the
database alone opens nothing.
"""

import base64
import hmac
import secrets
import unicodedata
from datetime import datetime

import pyotp

from admin.secrets import Secrets

SKEW = 1
"""Steps of 30 seconds by which the clock of a phone may be off, either way (RFC 6238, 5.2)."""

RECOVERY = 8
_SECONDS = 30
_BYTES = 20  # RFC 4226, 4: as long as the output of its hash
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another


def fresh_salt() -> str:
    """A salt for a secret that nobody has yet."""
    return secrets.token_urlsafe(24)


def secret(key: Secrets, salt: str) -> str:
    """The secret of that salt, in the base32 that apps read."""
    return base64.b32encode(hmac.digest(key.of("totp"), salt.encode(), "sha256")[:_BYTES]).decode()


def step_of(secret: str, code: str, at: datetime, used: int = 0) -> int | None:
    """The step of 30 seconds whose code that is, later than the step `used`; None if there is none.

    A code that has opened once opens nothing any more (RFC 6238, 5.2).
    """
    digits, now = folded(code), int(at.timestamp()) // _SECONDS
    made = pyotp.TOTP(secret, interval=_SECONDS)
    for step in range(now - SKEW, now + SKEW + 1):
        if step > used and hmac.compare_digest(made.at(step * _SECONDS).encode(), digits.encode()):
            return step
    return None


def address(secret: str, name: str, issuer: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret, interval=_SECONDS).provisioning_uri(
        name=name, issuer_name=issuer.replace(":", " ")
    )


def recovery_codes() -> tuple[str, ...]:
    """Codes for the day on which the phone is lost, each for once; 39 bits each."""
    return tuple(f"{_some(4)}-{_some(4)}" for _ in range(RECOVERY))


def hashed(key: Secrets, code: str) -> str:
    """A recovery code as its row keeps it; how it is typed does not matter."""
    return key.digest("recovery", folded(code))


def folded(code: str) -> str:
    """A code without what people type between and around it."""
    return "".join(one for one in unicodedata.normalize("NFKC", code).casefold() if one.isalnum())


def _some(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
