"""The form of one section: from values to typed text and back to changes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from admin.settings.kinds import Choice, Form, Kind, Mistyped
from admin.settings.sections import Asked, Section
from kiosk.errors import Mistake, Mistakes, Words
from kiosk.lines import Lines
from kiosk.settings import Config, Place

Values = dict[str, Any]
"""By dotted key, as the file has them."""

FILE = "kiosk.toml"


@dataclass(frozen=True)
class Field:
    """One setting on the page: what stands in it, and what the file says if that is another thing."""

    asked: Asked
    typed: Any
    choices: tuple[tuple[str, Words], ...] = ()
    other: str = ""

    @property
    def widget(self) -> str:
        """How it is drawn."""
        return self.asked.kind.widget


def values_of(section: Section, config: Config) -> Values:
    """What the settings say of this section."""
    said = msgspec.to_builtins(config.settings)
    found = {}
    for asked in section.asked:
        table, key = asked.key.split(".")
        value = said[table][key]
        if key == "seasons":
            value = [{name: one for name, one in season.items() if one is not None} for season in value]
        found[asked.key] = list(value) if isinstance(value, tuple) else value
    return found


def shown(section: Section, values: Values) -> dict[str, Any]:
    """What stands in the fields for these values."""
    return {asked.key: asked.kind.shown(values[asked.key]) for asked in section.asked}


def typed(section: Section, form: Form) -> dict[str, Any]:
    """What stands in the fields as they were sent."""
    return {asked.key: asked.kind.typed(form, asked.key) for asked in section.asked}


def meant(section: Section, said: Mapping[str, Any]) -> tuple[Values, dict[str, Words]]:
    """The values, and by key what is no value."""
    values: Values = {}
    wrong = {}
    for asked in section.asked:
        try:
            values[asked.key] = asked.kind.value(said[asked.key])
        except Mistyped as mistyped:
            wrong[asked.key] = mistyped.words
    return values, wrong


def differences(before: Values, after: Values) -> Values:
    """What is to be written: only where the value is another."""
    return {key: value for key, value in after.items() if value != before[key]}


def placed(section: Section, mistakes: Mistakes, text: str) -> dict[str, Words]:
    """Each mistake beside the setting on whose line it was found; others above the form, as `file`."""
    lines, wrong = Lines(text), dict[str, Words]()
    for mistake in mistakes.found:
        near = (asked for asked in section.asked if mistake.line and lines.of(asked.key) == mistake.line)
        asked = next(near, None) if mistake.file == FILE else None
        if asked:
            wrong[asked.key] = _called(mistake.words, asked)
        else:
            wrong["file"] = _with_line(mistake)
    return wrong


def fields(
    section: Section, said: Mapping[str, Any], config: Config, file: Mapping[str, Any] | None = None
) -> list[Field]:
    """What the page draws. `file` is what stands in the file by now, where somebody else has changed it."""
    found = []
    for asked in section.asked:
        other = (file or said)[asked.key]
        differs = _told(asked.kind, other) if other != said[asked.key] else ""
        found.append(Field(asked, said[asked.key], _choices(asked, said[asked.key], config), differs))
    return found


def place_choices(config: Config) -> tuple[tuple[str, Words], ...]:
    """The places that are used."""
    return tuple((place.slug, _name(place)) for place in config.places.used)


def _name(place: Place) -> Words:
    return Words(place.name, place.en or place.name)


def _choices(asked: Asked, value: str, config: Config) -> tuple[tuple[str, Words], ...]:
    if not isinstance(asked.kind, Choice):
        return ()
    known = asked.kind.choices or place_choices(config)
    return known if value in dict(known) else (*known, (value, Words(value, value)))


def _told(kind: Kind, typed: Any) -> str:
    """What stands in a field, in a line."""
    if isinstance(kind, Choice):
        words = dict(kind.choices).get(typed)
        return str(words) if words else str(typed)
    if isinstance(typed, tuple):
        return "  ".join("–".join(map(str, one)) for one in typed if isinstance(one, tuple) and any(one))
    return str(typed)


def _called(words: Words, asked: Asked) -> Words:
    """The sentence with the name that the page uses."""
    return Words(
        words.zh.replace(f"“{asked.key}”", f"“{asked.label.zh}”"),
        words.en.replace(f'"{asked.key}"', f"“{asked.label.en}”"),
    )


def _with_line(mistake: Mistake) -> Words:
    where = f"{mistake.file}:{mistake.line}" if mistake.line else mistake.file
    return Words(f"{where}：{mistake.words.zh}", f"{where}: {mistake.words.en}")
