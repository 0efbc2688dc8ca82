"""How many reports a network has sent today: a soft brake that keeps no address.

An address goes through a keyed hash; its key is of one day, in `state/keys/`, and is destroyed with the day's
rows. From then on nobody, not even we, can tell whether an address was among them. Never refuse for a high
count: a whole building may share one address.
"""

import contextlib
import hashlib
import hmac
import ipaddress
from datetime import date

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from admin.case_records import NetworkDay
from kiosk import keys
from kiosk.files import Home

_NAME = "network-{}.key"


def seen(rows: Session, home: Home, address: str, day: date) -> int:
    """One more report from the network of that address; how many there were today, this one included."""
    insert = sqlite.insert if rows.get_bind().dialect.name == "sqlite" else postgresql.insert
    hashed = hmac.new(_key(home, day), network(address).encode(), hashlib.sha256).hexdigest()
    one = insert(NetworkDay).values(day=day, key_hash=hashed, count=1)
    counted = one.on_conflict_do_update(
        index_elements=["day", "key_hash"], set_={"count": NetworkDay.count + 1}
    )
    return rows.scalar(counted.returning(NetworkDay.count)) or 1


def forget(rows: Session, home: Home, today: date) -> int:
    """Destroy the keys and the rows of all days before today; how many rows there were."""
    for path in home.keys.glob(_NAME.format("*")):
        if path.name < _NAME.format(today.isoformat()):
            path.unlink(missing_ok=True)
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


def _key(home: Home, day: date) -> bytes:
    return keys.load(home, _NAME.format(day.isoformat()))
