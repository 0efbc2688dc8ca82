"""How many reports a network has sent today: a soft brake that keeps no address.

An address goes through a keyed hash; its key is of one day, in `state/keys/`, and is destroyed with the day's
rows. From then on nobody, not even we, can tell whether an address was among them. Never refuse for a high
count: a whole building may share one address.
"""

import contextlib
import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from admin import upsert
from admin.case_records import NetworkDay
from kiosk import keys
from kiosk.files import Home

_NAME = "network-{}.key"


class Source(NamedTuple):
    """Where reports come from on a day: what is kept of a network's name, or of a phone's."""

    day: date
    key_hash: str


def of_network(home: Home, address: str, day: date) -> Source:
    """The network of that address."""
    return Source(day, keyed(_key(home, day), network(address)))


def of_device(home: Home, device: str, day: date) -> Source:
    """The phone that drew this number for the day."""
    return Source(day, keyed(_key(home, day), f"device {device}"))


def seen(rows: Session, sources: Sequence[Source]) -> list[int]:
    """One more report from each of these, in turn; how many there were on its day, this one included."""
    return upsert.in_turn(rows, NetworkDay, "count", sources)


def keyed(key: bytes, name: str) -> str:
    """What is kept of a name: equal ones can be counted, and without the key none is ever read back."""
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()


def forget(rows: Session, home: Home, today: date) -> int:
    """Destroy the keys and the rows of all days before today; how many rows there were."""
    for path in home.keys.glob(_NAME.format("*")):
        if path.name < _NAME.format(today.isoformat()):
            path.unlink(missing_ok=True)
    _key.cache_clear()
    gone = rows.execute(delete(NetworkDay).where(NetworkDay.day < today).returning(NetworkDay.day))
    return len(gone.all())


def network(address: str) -> str:
    """What counts as one network: an IPv4 address, the 64 bits that an IPv6 connection is given."""
    with contextlib.suppress(ValueError):
        found = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(found, ipaddress.IPv6Address):
            mapped = found.ipv4_mapped
            return str(mapped or ipaddress.ip_network((found, 64), strict=False).network_address)
        return str(found)
    return ""


@lru_cache(maxsize=1)
def _key(home: Home, day: date) -> bytes:
    """Read once a day."""
    return keys.load(home, _NAME.format(day.isoformat()))
