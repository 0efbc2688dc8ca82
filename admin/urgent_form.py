"""The form of an emergency: from typed text to an alert and its card file. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import tomlkit

from kiosk.card import EMERGENCY
from kiosk.emergency import written
from kiosk.errors import Refusal, Words
from kiosk.model.alert import Alert, lacking

LASTS = timedelta(hours=2)
"""What is suggested: an emergency that nobody ends is over by then."""

LONGEST = {"title": 24, "area": 60, "action": 300, "issuer": 40, "en": 60, "area_en": 120, "action_en": 400}
LEVELS = ("red", "orange", "yellow", "blue")
_FIELDS = ("level", "area", "action", "issuer", "en", "area_en", "action_en")


@dataclass(frozen=True)
class TypedAlert:
    """What stands in the fields, as text."""

    level: str = ""
    title: str = ""
    area: str = ""
    action: str = ""
    issuer: str = ""
    expires: str = ""
    en: str = ""
    area_en: str = ""
    action_en: str = ""


def fresh(issuer: str, at: datetime) -> TypedAlert:
    """An empty form; `at` is the time in the home's zone."""
    return TypedAlert(issuer=issuer, expires=f"{at + LASTS:%Y-%m-%dT%H:%M}")


def typed(form: Mapping[str, str]) -> TypedAlert:
    """The fields as they were sent."""
    texts = {one.name: form.get(one.name, "").replace("\r\n", "\n").strip() for one in fields(TypedAlert)}
    return TypedAlert(**texts)


def alert_of(said: TypedAlert, at: datetime) -> Alert:
    """The emergency, issued now. Raises `Refusal` with one sentence that names all that is missing."""
    for name, most in LONGEST.items():
        if len(getattr(said, name)) > most:
            begin = f"“{getattr(said, name)[:12]}…”"
            raise Refusal(
                Words(
                    f"{begin}太长，最多 {most} 个字。只写最要紧的。",
                    f"{begin} is too long: {most} characters at most. Keep to the essentials.",
                )
            )
    zone = at.tzinfo
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - the zone of the home
    alert = written(said.title, _card_fields(said, at), zone)
    words = _untitled(alert) or lacking(alert)
    if words:
        raise Refusal(words)
    return alert


def card_file(said: TypedAlert, at: datetime) -> str:
    """The text of the card file."""
    document = tomlkit.document()
    document["template"] = EMERGENCY
    document["title"] = said.title
    document["fields"] = {key: value for key, value in _card_fields(said, at).items() if value}
    return tomlkit.dumps(document)


def file_name(said: TypedAlert, at: datetime) -> str:
    """The name of its file: pressed twice it is one emergency, and two of one second are two."""
    digest = hashlib.sha256(repr(said).encode()).hexdigest()
    return f"emergency-{at:%Y%m%d}-{digest[:8]}.toml"


def _card_fields(said: TypedAlert, at: datetime) -> dict[str, object]:
    texts: dict[str, object] = {name: getattr(said, name) for name in _FIELDS}
    issued = at.replace(tzinfo=None, second=0, microsecond=0)
    return {**texts, "issued": issued, "expires": _moment(said.expires)}


def _moment(text: str) -> object:
    """A moment, or the words that are none: of these the emergency says what is wrong."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


def _untitled(alert: Alert) -> Words | None:
    if alert.telling.title:
        return None
    return Words(
        "请写清发生了什么，例如“三号楼燃气泄漏”。", "Say what has happened, such as “Gas leak in building 3”."
    )
