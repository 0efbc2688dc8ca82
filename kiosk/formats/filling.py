"""What a card file says made into what its template draws: days read aloud, cells parted, days counted."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from kiosk.card import EMERGENCY, Card
from kiosk.errors import Refusal, Words
from kiosk.formats.kinds import MOST_COLUMNS
from kiosk.look import Look
from kiosk.model import countdown
from kiosk.model.light import lit, turn

Fields = Mapping[str, Any]


def filled(template: str, told: Fields) -> dict[str, Any]:
    """The fields of a card file for its template. Raises `Refusal`."""
    fields = {key: value for key, value in told.items() if value is not None}
    return _FILL.get(template, _aloud)(fields)


def as_of(card: Card, look: Look, at: datetime) -> tuple[Card, float]:
    """What the card tells at `at` (aware), and until when, in Unix seconds; 0 if time makes no difference."""
    if card.template != "countdown":
        return card, 0.0
    local = at.astimezone(ZoneInfo(look.zone))
    day = date.fromisoformat(card.fields["day"])
    left = countdown.left(day, local)
    fields = {"before": left.before, "over": left.over, "number": left.number, "unit": left.unit}
    told = {**card.fields, **fields, "date": countdown.told(day, local.date())}
    return replace(card, fields=told), left.until.timestamp()


def dressed(card: Card, look: Look, at: datetime | None) -> tuple[Card, float]:
    """The card in the colours that it is to have at `at`, and until when; night without a time."""
    chosen, until = card.look or look.cards, 0.0
    if chosen == "auto" and at is not None:
        local = at.astimezone(ZoneInfo(look.zone))
        chosen = "night" if lit(look.light, local).night else "day"
        until = turn(look.light, local).timestamp()
    return replace(card, look="day" if chosen == "day" else "night"), until


def _aloud(fields: Fields) -> dict[str, Any]:
    return {key: aloud(value) for key, value in fields.items()}


def aloud(value: Any) -> Any:
    """A date as it is read aloud, `2026年3月1日`; lists, text and yes or no as they are."""
    day = _day(value)
    if day:
        return f"{day.year}年{day.month}月{day.day}日"
    return value if isinstance(value, list | dict | bool) else str(value)


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _plainly(fields: Fields) -> dict[str, Any]:
    return {key: str(value) for key, value in fields.items()}


def _event(fields: Fields) -> dict[str, Any]:
    """Its day as a leaf of a calendar, too, if it is one and not words."""
    day = _day(fields.get("date"))
    if day is None:
        return _aloud(fields)
    whole = countdown.told(day, day)
    leaf = {"month": f"{day.month}月", "day": str(day.day), "weekday": whole.rpartition(" ")[2]}
    return {**_aloud(fields), "date": whole, "leaf": leaf}


def _disclosure(fields: Fields) -> dict[str, Any]:
    first, last = _day(fields.get("begins")), _day(fields.get("ends"))
    begins, ends = aloud(fields.get("begins", "")), aloud(fields.get("ends", ""))
    if first and last and first.year == last.year:
        ends = ends.partition("年")[2]
    if begins and not ends:
        begins = f"自{begins}"
    return {**_aloud(fields), "period": f"{begins}\n至{ends}".strip() if ends else begins}


def _table(fields: Fields) -> dict[str, Any]:
    heads = _cells(fields["columns"])
    rows = [_cells(row) for row in fields["rows"]]
    if len(heads) > MOST_COLUMNS:
        raise Refusal(_too_wide(len(heads)))
    for number, row in enumerate(rows, 1):
        if len(row) > len(heads):
            raise Refusal(_too_many(number, len(row), len(heads)))
    whole = [row + [""] * (len(heads) - len(row)) for row in rows]
    return {**_aloud(fields), "columns": heads, "rows": whole}


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.replace("｜", "|").split("|")]


_FILL: dict[str, Callable[[Fields], dict[str, Any]]] = {
    EMERGENCY: _plainly,
    "countdown": _plainly,
    "disclosure": _disclosure,
    "event": _event,
    "table": _table,
}


def _too_wide(count: int) -> Words:
    return Words(
        f"表格有 {count} 列，至多 {MOST_COLUMNS} 列。请减少列，或分成两张卡片。",
        f"The table has {count} columns, of at most {MOST_COLUMNS}. Use fewer, or two cards.",
    )


def _too_many(number: int, cells: int, heads: int) -> Words:
    return Words(
        f"表格第 {number} 行有 {cells} 格，表头只有 {heads} 列。请核对 | 的个数。",
        f"Cells in row {number} of the table: {cells}, heads: {heads}. Check its | signs.",
    )
