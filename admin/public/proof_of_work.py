"""A little work for the sender's computer when much comes from one network: seconds for a phone, hours for a
flood.

The task is signed and belongs to one form, so an answer cannot be used for another; the form's own token
makes it one report. It is `PARTS` small searches instead of a large one, because the time of a single search
varies wildly. Who has no JavaScript sends without an answer, and a person looks at it first: the work is
asked for, and nobody is refused.

SHA-256 by our own script, since `crypto.subtle` is missing on plain http. After Back, "Hashcash" (2002).
"""

import hashlib
import math
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from admin.secrets import Secrets

PARTS = 8
_PART_BITS = 3  # 2**3 parts

EASIEST, HARDEST = 13, 19
"""Bits: 2**bits hashes are expected. Each doubling of what one network sends doubles the work."""

LIFE = timedelta(days=7)
"""As long as a form is good."""

_LONGEST = 200  # characters of an answer
_SEED = 32  # hexadecimal digits of the digest of the task that each search begins with


def bits_for(sent: int, free: int) -> int:
    """How hard, after `sent` reports from one network in the time in which `free` cost nothing; 0 for no
    work."""
    if sent <= free:
        return 0
    times = sent / max(1, free)
    return min(HARDEST, EASIEST + int(math.log2(times)))


def task(keys: Secrets, nonce: str, bits: int, at: datetime) -> str:
    """The task of the form with that nonce; "" where there is nothing to do."""
    return _signer(keys).dumps([nonce, bits, int(at.timestamp())]) if bits else ""


def solved(keys: Secrets, task: str, answer: str, nonce: str, at: datetime, needed: int = EASIEST) -> bool:
    """Is this the answer to a task of ours, for this form, that is not too old and of `needed` bits at least?

    Ask for the bits that were needed when the form was opened: what was promised then is good now.
    """
    try:
        whose, bits, issued = _signer(keys).loads(task)
    except (BadData, ValueError):
        return False
    age = at - datetime.fromtimestamp(issued, at.tzinfo)
    if whose != nonce or bits < needed or not timedelta(0) <= age <= LIFE:
        return False
    return worked(task, bits, answer)


def worked(task: str, bits: int, answer: str) -> bool:
    """Does each part of the answer, numbers with dots between, give a hash with enough zeros in front?"""
    parts = answer[:_LONGEST].split(".")
    if len(parts) != PARTS or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    most = 1 << (256 - (bits - _PART_BITS))
    start = seed(task)
    return all(_hash(start, at, part) < most for at, part in enumerate(parts))


def seed(task: str) -> str:
    """What every search of this task begins with: short, so that one block of SHA-256 holds all."""
    return hashlib.sha256(task.encode()).hexdigest()[:_SEED]


def _hash(seed: str, part: int, number: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}.{part}.{number}".encode()).digest())


def _signer(keys: Secrets) -> URLSafeSerializer:
    return URLSafeSerializer(
        keys.of("proof of work"), salt="task", signer_kwargs={"digest_method": hashlib.sha256}
    )
