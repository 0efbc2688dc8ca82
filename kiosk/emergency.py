"""An emergency between its words and its card: what staff wrote, and what is drawn of it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.card import EMERGENCY, Card
from kiosk.errors import Refusal, Words
from kiosk.model.alert import WORDS, Alert, Telling, level_of
from kiosk.model.moments import moment_of


def written(title: str, fields: Mapping[str, object], zone: ZoneInfo) -> Alert:
    """The emergency that a card of staff says, complete or not; its times are of the wall's zone."""

    def text(key: str) -> str:
        return str(fields.get(key) or "").strip()

    return Alert(
        level=level_of(text("level")),
        issuer=text("issuer"),
        issued=_moment(fields.get("issued"), zone),
        expires=_moment(fields.get("expires"), zone, ends=True),
        telling=Telling(title, text("area"), text("action")),
        english=Telling(text("en"), text("area_en"), text("action_en")),
    )


def card_of(alert: Alert, zone: ZoneInfo, title: str = "") -> Card:
    """The card that tells the emergency, its times as the clock of that zone shows them."""
    assert alert.level and alert.issued and alert.expires  # noqa: S101 - it lacks nothing
    words, issued, expires = WORDS[alert.level], alert.issued.astimezone(zone), alert.expires.astimezone(zone)
    fields = {
        "kind": alert.level.name.casefold(),
        "word": words.zh,
        "word_en": words.en,
        "issuer": alert.issuer,
        "issued": _told(issued),
        "expires": _told(expires, beside=issued),
        "area": alert.telling.area,
        "action": alert.telling.action,
        "en": alert.english.title,
        "area_en": alert.english.area,
        "action_en": alert.english.action,
    }
    return Card(EMERGENCY, alert.telling.title or title, fields)


def _told(moment: datetime, beside: datetime | None = None) -> str:
    """`11月26日 08:30`; without the day where that stands beside it already."""
    clock = f"{moment.hour:02}:{moment.minute:02}"
    same = beside is not None and beside.date() == moment.date()
    return clock if same else f"{moment.month}月{moment.day}日 {clock}"


def _moment(given: object, zone: ZoneInfo, *, ends: bool = False) -> datetime | None:
    """The aware moment; None without one. Raises `Refusal` for words that are none."""
    moment = moment_of(given, ends=ends)
    if moment is None and isinstance(given, str) and given.strip():
        raise Refusal(
            Words(
                f"“{given.strip()}”不是时间。发布时间和有效期请写成 2026-11-26T20:00。",
                f'"{given.strip()}" is no time. Write the times of issue and expiry like 2026-11-26T20:00.',
            )
        )
    return moment.replace(tzinfo=zone) if moment and moment.tzinfo is None else moment
