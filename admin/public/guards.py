"""What is noticed about a report on its way in. Soft, all of it: nobody is refused, and nothing is dropped.

How many came from one network, and from one phone, is counted in the transaction that keeps the report.
Above what is free a phone does a little work (`proof_of_work`); who cannot, sends all the same, and a person
looks at it first. A whole building may share one address, so the address alone decides nothing.
"""

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import request

from admin import network
from admin.public import proof_of_work
from admin.public.desk import Desk
from admin.public.tokens import Token
from admin.register import Marks
from kiosk.model import hints
from kiosk.model.flags import Flag, look_first
from kiosk.model.hints import Hint

FREE_NETWORK = 40
"""Reports a day from one network that cost nothing."""
FREE_DEVICE = 8
"""Reports a day from one phone that cost nothing."""
TIMES = 32
"""So many times what is free, and a person looks first although work was done."""
QUICK_SECONDS = 2.0
TRAP = "website"
"""A field that people do not see. What fills in every field there is fills it in, too."""
CANNOT = "-"
"""What a phone gives as its work if it cannot do it."""
_DEVICE = 64  # characters


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a form comes from: an address, and a number that the phone has drawn for the day, or ""."""

    address: str
    device: str


@dataclass(frozen=True, slots=True)
class Work:
    """Work to be done for one form: the task, and how hard it is, in bits."""

    task: str
    bits: int


class Guards:
    """Remembers, for the day, from where much has come; what is kept is in the rows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._salt = secrets.token_bytes(16)
        self._day = date.min
        self._much: dict[str, int] = {}

    def wanted(self, who: Sender, fields: Mapping[str, str], token: Token, at: datetime) -> Work | None:
        """The work to ask the phone for before this form is taken; None if there is none, or it is done."""
        bits = self._bits(who, at.date())
        if not bits or fields.get("js") != "1" or fields.get("work") == CANNOT:
            return None
        if self._worked(fields, token, at):
            return None
        return Work(proof_of_work.task(self._desk.secrets, token.nonce, bits, at), bits)

    def marks(
        self, who: Sender, fields: Mapping[str, str], token: Token, at: datetime, said: Sequence[Hint]
    ) -> Marks:
        """What is to be counted of this report, and what is noticed about it."""
        home, day = self._desk.home, at.date()
        noticed = {
            Flag.WORKED: self._worked(fields, token, at),
            Flag.TRAP: bool(fields.get(TRAP, "").strip()),
            Flag.QUICK: token.seconds(at) < QUICK_SECONDS,
            **about(said),
        }
        seen = {flag for flag, there in noticed.items() if there}

        def flags(counts: Sequence[int]) -> set[Flag]:
            sent, device = (*counts, 0)[:2]
            self._remember(who, sent, device, day)
            much = {Flag.NETWORK: sent > FREE_NETWORK, Flag.DEVICE: device > FREE_DEVICE}
            found = seen.union(flag for flag, there in much.items() if there)
            far = sent > FREE_NETWORK * TIMES or device > FREE_DEVICE * TIMES
            return found | {Flag.FIRST} if far or look_first(found) else found

        phone = (network.of_device(home, who.device, day),) if who.device else ()
        return Marks((network.of_network(home, who.address, day), *phone), flags)

    def _worked(self, fields: Mapping[str, str], token: Token, at: datetime) -> bool:
        task, work = fields.get("task", ""), fields.get("work", "")
        least = proof_of_work.EASIEST  # what was asked for when the form was opened is good now
        return bool(task) and proof_of_work.solved(self._desk.secrets, task, work, token.nonce, at, least)

    def _bits(self, who: Sender, day: date) -> int:
        with self._lock:
            if day != self._day or not self._much:
                return 0
            names = ((_network(who), FREE_NETWORK), (_device(who), FREE_DEVICE))
            sent = ((self._much.get(self._key(name), 0), free) for name, free in names)
            return max(proof_of_work.bits_for(before + 1, free) for before, free in sent)

    def _remember(self, who: Sender, sent: int, device: int, day: date) -> None:
        with self._lock:
            if day != self._day:
                self._day, self._much, self._salt = day, {}, secrets.token_bytes(16)
            if sent >= FREE_NETWORK:
                self._much[self._key(_network(who))] = sent
            if device >= FREE_DEVICE:
                self._much[self._key(_device(who))] = device

    def _key(self, name: str) -> str:
        return network.keyed(self._salt, name)


def _network(who: Sender) -> str:
    return f"network {network.network(who.address)}"


def _device(who: Sender) -> str:
    return f"device {who.device}"


def sender(fields: Mapping[str, str]) -> Sender:
    """Who sends this form, as far as that is anybody's business."""
    device = fields.get("device", "")
    return Sender(request.remote_addr or "", device if device.isalnum() and len(device) <= _DEVICE else "")


def about(said: Sequence[Hint]) -> dict[Flag, bool]:
    """What the words say to those who read them first, by what was said of them to their writer."""
    return {
        Flag.DANGER: any(one.numbers for one in said),
        Flag.LINKS: any(one.words is hints.LINKED for one in said),
    }
