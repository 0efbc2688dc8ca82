"""What is on the screen now. Anyone may see it: it hangs in the yard."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, jsonify, render_template, request, send_file
from werkzeug import Response

from admin.language import spoken
from admin.office import office
from kiosk.errors import Words
from kiosk.files import Home

pages = Blueprint("live", __name__)
SILENT = timedelta(seconds=30)

_STOPPED = Words("屏幕程序没有在运行。", "The screen program is not running.")
_RUNNING = Words("屏幕正在播放。", "The screen is playing.")
_NO_PICTURE = Words("屏幕还没有画面。", "There is no picture yet.")
_WRONG_CLOCK = Words(
    "屏幕正在播放，但这台机器的时钟不对：有日期或时段的画面先不放，紧急插播照放。请校准时间；"
    "如果时间是对的，请删掉 state/clock 再重新启动。",
    "The screen is playing, but the clock of its machine is wrong: slides with dates or hours wait, "
    "emergencies do not. Set the time; if it is right, delete state/clock and start again.",
)


@dataclass(frozen=True)
class Beat:
    """The player's last sign of life; `slide` is the name of what it shows, "" for none.

    `clock` is False if the player does not trust the clock of its machine.
    """

    alive: bool = False
    slide: str = ""
    picture: str = ""
    clock: bool = True

    @property
    def words(self) -> Words:
        """How the screen is, in a sentence."""
        if not self.alive:
            return _STOPPED
        if not self.picture:
            return _NO_PICTURE
        return _RUNNING if self.clock else _WRONG_CLOCK


def beat(home: Home, at: datetime) -> Beat:
    """Read the heartbeat and the version of the picture; a torn or absent file means no beat."""
    try:
        said = json.loads(home.heartbeat.read_bytes())
        when = datetime.fromisoformat(said["at"])
        when = when if when.tzinfo else when.replace(tzinfo=at.tzinfo)
        slide, clock = str(said.get("slide") or ""), said.get("clock") is not False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Beat(picture=_picture_version(home))
    return Beat(abs(at - when) <= SILENT, slide, _picture_version(home), clock)


@pages.get("/live")
def page() -> str:
    """The live picture alone, as large as the window."""
    return render_template("live.html", beat=beat(office().home, office().now()))


@pages.get("/live.json")
def state() -> Response:
    """For the script of the page: is there a new picture, and does the player live?"""
    now = beat(office().home, office().now())
    response = jsonify(alive=now.alive, slide=now.slide, picture=now.picture, words=spoken(now.words))
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@pages.get("/screen.jpg")
def picture() -> Response:
    """The picture itself, with an ETag."""
    if not office().home.screen.is_file():
        abort(404)
    response = send_file(office().home.screen, mimetype="image/jpeg", conditional=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _picture_version(home: Home) -> str:
    try:
        stat = home.screen.stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"
