"""What is put up from the tray gets its last day: beside it, or inside a card."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkzeug.datastructures import MultiDict

from admin import lifetime
from kiosk import sidecar
from kiosk.decoder import Verdict
from kiosk.errors import Mistakes, Refusal, Words
from kiosk.formats import format_of
from kiosk.settings import Config
from kiosk.sidecar import CardFile

_NO_DAY = Words("请填最后一天，例如 2026-12-31。", "Enter the last day, such as 2026-12-31.")
_PAST = Words("最后一天已经过了，请另选一天。", "That last day has passed; choose another.")


@dataclass(frozen=True)
class Chosen:
    """What was chosen in the tray. If nothing was (`made`) it is the usual; an `until` None is for ever."""

    made: bool = False
    until: date | None = None


def chosen(form: MultiDict[str, str], today: date) -> Chosen:
    """The last day that was chosen. Raises `Refusal` for a day that is none, or past."""
    keep = form.get("keep", "")
    if keep in lifetime.CHOICES:
        return Chosen(made=True, until=lifetime.chosen_until(keep, today))
    if keep != "day":
        return Chosen()
    try:
        day = date.fromisoformat(form.get("until_day", "").strip())
    except ValueError as error:
        raise Refusal(_NO_DAY) from error
    if day < today:
        raise Refusal(_PAST)
    return Chosen(made=True, until=day)


def last_day(config: Config, path: Path, verdict: Verdict, said: Chosen, today: date) -> date | None:
    """The last day of a file that is put up. A card and an alert that say it themselves keep their own."""
    card = _card(path)
    if verdict.bulletin or (card and (card.show.last or card.priority == "emergency")):
        return None
    if said.made:
        return said.until
    kind, fields = (card.template, card.fields) if card else (_kind(path), {})
    return lifetime.default_until(config, kind, today, fields)


def beside(until: date | None) -> bytes:
    """The sidecar that says so; empty for what has no end."""
    return f"[show]\nuntil = {until.isoformat()}\n".encode() if until else b""


def write_into(path: Path, until: date | None) -> None:
    """A card that is still in the tray says its last day itself."""
    if until and _card(path):
        sidecar.edit(path, {"show.until": until})


def _card(path: Path) -> CardFile | None:
    if path.suffix.casefold() != ".toml":
        return None
    try:
        return sidecar.read_card(path.read_text("utf-8-sig"), path.name)
    except (Mistakes, UnicodeDecodeError):
        return None


def _kind(path: Path) -> str:
    found = format_of(path.name)
    return found.kind if found else ""
