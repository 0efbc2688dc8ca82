"""What is photographed: which page, at what size, in which language, by day or by night."""

from dataclasses import dataclass

DESKTOP, TALL, PHONE = (1366, 768), (1366, 1080), (390, 844)


@dataclass(frozen=True)
class Shot:
    """One picture. `path` is as in `visits.py`; `part` is a CSS selector, "" for what the window shows.

    `typed` is what is written into fields, by their id; `pressed` the button that is pressed then.
    """

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    language: str = "zh"
    scheme: str = "light"
    web: str = "staff"
    part: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    pressed: str = ""


EMERGENCY = (
    ("title", "三号楼燃气泄漏"),
    ("area", "三号楼全部单元"),
    ("action", "请走楼梯从东门离开，不要开关电灯。"),
    ("expires", "2026-11-23T20:00"),
)
RED = "label.chip.red"

SHOTS = (
    Shot("staff", "/", size=TALL),
    Shot("staff-en", "/", size=TALL, language="en"),
    Shot("staff-night", "/", size=TALL, scheme="dark"),
    Shot("staff-phone", "/", size=PHONE),
    Shot("slide", "/slide/{card}"),
    Shot("slide-en", "/slide/{card}", language="en"),
    Shot("report", "/report/{answered}"),
    Shot("inbox-phone", "/inbox", size=PHONE),
    Shot("urgent", "/urgent", typed=EMERGENCY, pressed=RED),
    Shot("form-phone", "/F/A03", size=PHONE, web="public"),
    Shot("form-phone-en", "/F/A03", size=PHONE, language="en", web="public"),
    Shot("board-phone", "/", size=PHONE, web="public"),
)

DESIGN = ("colours", "letters", "room", "buttons", "fields", "notices")
"""The parts of `design.html`."""

BY_NIGHT = ("colours", "buttons", "fields", "notices")
"""Those of them that are shown by night too."""
