"""Settings for the usual walls, ready to be written into a new home's `kiosk.toml`."""

from kiosk import pen
from kiosk.errors import Refusal, Words

Values = dict[str, object]
"""Dotted names of settings and what they become."""

LIT = ["08:30-22:00"]
LIT_IN_WINTER = ["08:30-21:50"]
HEARD = ["08:00-12:00", "14:30-21:00"]

# A court in Chongqing held a screen to these hours and to less light after 19:00 in 2018; the mute hours
# are after Arts. 592-593 of the Ecological Environment Code (in force 2026-08-15). No legal advice: the
# hours that hold are those of the place.
NEIGHBOURLY: Values = {
    "light.hours": LIT,
    "light.night": "19:00-07:00",
    "light.night_percent": 40,
    "light.max_level": 50,
    "light.seasons": [
        {"from": "05-01", "until": "09-30", "hours": LIT},
        {"from": "10-01", "until": "04-30", "hours": LIT_IN_WINTER},
    ],
    "sound.hours": HEARD,
}
INDOORS: Values = {"sound.hours": HEARD}


def _wall(width: int, height: int, pitch_mm: float, viewers_m: float, more: Values) -> Values:
    size = {"screen.width": width, "screen.height": height}
    return size | {"screen.pitch_mm": pitch_mm, "screen.viewers_m": viewers_m} | more


PRESETS: dict[str, Values] = {
    "128x64": _wall(128, 64, 10.0, 10.0, NEIGHBOURLY),
    "192x96": _wall(192, 96, 10.0, 12.0, NEIGHBOURLY),
    "320x160": _wall(320, 160, 5.0, 10.0, NEIGHBOURLY),
    "384x192": _wall(384, 192, 5.0, 12.0, NEIGHBOURLY),
    "512x256": _wall(512, 256, 5.0, 15.0, NEIGHBOURLY),
    "960x480": _wall(960, 480, 4.0, 15.0, NEIGHBOURLY),
    "1280x640": _wall(1280, 640, 2.5, 12.0, NEIGHBOURLY),
    "ticker-1024x32": _wall(1024, 32, 10.0, 20.0, NEIGHBOURLY),
    "entrance-1920x1080": _wall(1920, 1080, 0.6, 3.0, INDOORS),
    "entrance-1080x1920": _wall(1080, 1920, 0.6, 3.0, INDOORS),
}
"""Named by their pixels; pitch and distance are the usual ones, and to be corrected where they differ."""


def preset(name: str) -> Values:
    """The settings of that name. Raises `Refusal` with all names if there is none."""
    if name in PRESETS:
        return PRESETS[name]
    known = "、".join(PRESETS)
    raise Refusal(
        Words(
            f"没有名为“{name}”的预设。可以用：{known}。",
            f'There is no preset "{name}". Known: {", ".join(PRESETS)}.',
        )
    )


def filled(text: str, values: Values) -> str:
    """The settings in TOML `text` with other values; comments and order stay."""
    return pen.changed(text, values)
