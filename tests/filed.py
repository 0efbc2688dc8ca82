"""Cases in the register of a running staff app, as residents filed them."""

import io
from dataclasses import replace
from typing import Any

from office import Desk
from PIL import Image
from sqlalchemy import select

from admin import case_photos, db, register, secrets
from admin.case_records import Event, Photo
from admin.contacts import Reach
from admin.records import Report, Trail
from admin.submission import submission, topics
from kiosk.files import Home

TOPICS = (
    '[[topic]]\nslug = "facilities"\nzh = "公共设施与照明"\nen = "Lights"\nhandler = "物业公司"\ndays = 5\n'
    '[[topic]]\nslug = "noise"\nzh = "噪声扰民"\nen = "Noise"\ndays = 3\n'
)
PLACES = (
    '[[place]]\nslug = "SCREEN"\nname = "小区大屏"\nen = "The big screen"\nkind = "screen"\n'
    '[[place]]\nslug = "A03"\nname = "3号楼门口"\nen = "Entrance 3"\n'
)
REACH = Reach("王阿姨", "13800001234")


def furnish(home: Home) -> None:
    """Two topics and two places."""
    (home.config / "topics.toml").write_text(TOPICS)
    (home.config / "places.toml").write_text(PLACES)


def filed(
    here: Desk, words: str = "3号楼门口的路灯不亮，晚上看不清台阶", token: str = "", **more: Any
) -> str:
    """A report with its promise; returns its public number. `more` are fields of the submission."""
    office = here.app.extensions["office"]
    topic, place = more.pop("topic", topics(office.config)[0].slug), more.pop("place", "A03")
    fields = {"topic": topic, "place": place, "words": words}
    slide, language = more.pop("slide", ""), more.pop("language", "zh")
    sent = submission(
        office.config, fields, token=token or words, slide=slide, language=language, at=office.now()
    )
    return register.receive(here.engine, secrets.load(here.home), replace(sent, **more)).report.public_number


def row(here: Desk, number: str) -> Report:
    with db.reading(here.engine) as rows:
        return rows.scalars(select(Report).where(Report.public_number == number)).one()


def jpeg(colour: str = "teal", size: tuple[int, int] = (400, 300)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


def photographed(here: Desk, number: str, content: bytes = b"", key: str = "k") -> int:
    """A photo of that case; returns its id."""
    keys = secrets.load(here.home)
    stream = io.BytesIO(content or jpeg())
    return case_photos.add(here.engine, here.home, keys, row(here, number), stream, key, here.clock()).id


def photo(here: Desk, id_: int) -> Photo:
    with db.reading(here.engine) as rows:
        return rows.get_one(Photo, id_)


def events(here: Desk, number: str) -> list[tuple[str, str, str]]:
    """Of each line of the history: what, by whom, its words."""
    with db.reading(here.engine) as rows:
        wanted = select(Event).where(Event.report_id == row(here, number).id).order_by(Event.id)
        return [(one.action, one.account, one.words) for one in rows.scalars(wanted)]


def trail(here: Desk) -> list[tuple[str, str, str]]:
    """Of each line of the trail: who, what, to what."""
    with db.reading(here.engine) as rows:
        return [
            (one.account, one.action, one.subject) for one in rows.scalars(select(Trail).order_by(Trail.id))
        ]
