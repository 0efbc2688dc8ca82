"""A home with something of everything in it, and both webs over it: what pages are looked at with."""

import io
import json
import string
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from shutil import copy
from urllib.parse import quote

import papers
import waitress
from office import Desk, desk
from PIL import Image
from samples import photo
from sqlalchemy import delete, select

from admin import (
    case_photos,
    casebook,
    casework,
    counters,
    db,
    incoming,
    public,
    publish,
    register,
    removal,
    secrets,
    sessions,
    setup,
    shelf,
    tray,
)
from admin.case_records import Photo
from admin.casebook import Actor
from admin.contacts import Reach
from admin.counters import Key, What
from admin.incoming import Announced
from admin.records import Account, Report
from admin.submission import ELSEWHERE, submission
from kiosk import library
from kiosk.cli import wall
from kiosk.files import Home
from kiosk.model.cases import Action, By, Given
from kiosk.model.flags import Flag
from kiosk.model.origins import Presence

HERE = Path(__file__).parent.parent
DUTY = Actor(By.ADMINISTRATOR, "值班室")
WALL = """
[community]
name = "清泉社区"
phone = "028-8123 4567"

[screen]
width = {width}
height = {height}

[web]
public_url = "http://192.168.1.20:8080"

[intake]
reserve_megabytes = 0
"""
SAID = (
    ("facilities", "A03", "3号楼门口的路灯坏了一个星期，晚上老人出门看不清台阶，请尽快修好。"),
    ("waste-sorting", "A05", "投放点的厨余桶周末总是满的，能不能星期六多收一次？"),
    ("noise", "", "晚上十点以后还有人在花园里跳舞放音响。"),
    ("stairwell", "A08", "二单元楼道里停了三辆电动车，还在充电。"),
    ("pets", "A02", "有人遛狗不牵绳，孩子害怕。"),
)
BUSY = 2
"""Which of them is being worked on."""
ENDS = {"13-convention": "2026-11-20", "14-water": "2026-11-24", "15-power": "2026-11-28"}
"""Slides with a last day: gone by, tomorrow, within the week."""


@dataclass
class Showcase:
    """Two running webs, the cookie of somebody who is logged in, and the names that addresses ask for."""

    desk: Desk
    staff: str
    public: str
    cookie: dict[str, str]
    names: dict[str, str] = field(default_factory=dict)

    def paths(self, asked: Sequence[str]) -> list[str]:
        """The addresses of which every name is there."""
        return [path.format_map(self.names) for path in asked if _wanted(path) <= set(self.names)]


def _wanted(path: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(path) if name}


@contextmanager
def empty(home: Home, size: tuple[int, int] = (384, 192)) -> Iterator[Showcase]:
    """Places and topics, an account, and nothing else."""
    for name in ("places.toml", "topics.toml"):
        copy(HERE / "config" / name, home.config / name)
    with desk(home, WALL.format(width=size[0], height=size[1])) as made:
        client = made.logged_in().client
        cookie = client.get_cookie(sessions.COOKIE)
        assert cookie is not None
        residents = public.create_app(home, made.app.extensions["office"].config, made.engine, made.clock)
        with served(made.app) as staff, served(residents) as board:
            log_in = {"name": sessions.COOKIE, "value": cookie.value, "url": staff}
            yield Showcase(made, staff, board, log_in)


@contextmanager
def new(home: Home) -> Iterator[Showcase]:
    """Before the first account."""
    with empty(home) as made:
        with db.session(made.desk.engine) as rows:
            rows.execute(delete(Account))
        key = setup.issue(home, made.desk.engine)
        assert key is not None
        made.names["key"] = quote(key)
        yield made


@contextmanager
def full(home: Home, size: tuple[int, int] = (384, 192)) -> Iterator[Showcase]:
    """Slides, drafts, what is refused, what is about to end, uploads, reports and answers."""
    with empty(home, size) as made:
        fill_content(home)
        here = made.desk.app.extensions["office"]
        library.prove(home, here.config, here.decoder)
        _remove(made, home)
        _upload(made.desk)
        _report(made)
        _scan(made)
        library.prove(home, here.config, here.decoder)
        picture = wall.picture(home, here.config, here.decoder, here.now(), lambda zone, found: None)
        picture.save(home.screen, "JPEG", quality=92)
        said = {"at": made.desk.clock().isoformat(), "slide": "02-waste-sorting.toml", "pid": 1}
        home.heartbeat.write_text(json.dumps(said))
        made.names.update(
            nothing=quote("没有这个.jpg"),
            card="02-waste-sorting.toml",
            photo=quote("院子里的春天.jpg"),
            document=quote("居民公约.pdf"),
        )
        yield made


def fill_content(home: Home) -> None:
    """The starter slides, files of every kind, and some that cannot be shown."""
    for path in sorted((HERE / "content").glob("[0-9]*.toml")):
        copy(path, home.content)
    for name, day in ENDS.items():
        path = home.content / f"{name}.toml"
        path.write_text(f"{path.read_text('utf-8')}\n[show]\nuntil = {day}\n", "utf-8")
    spring = home.content / "院子里的春天.jpg"
    Image.open(io.BytesIO(photo())).convert("RGB").save(spring, "JPEG", quality=88)
    spring.with_suffix(".toml").write_text('priority = "insert"\n[show]\ndays = ["sat", "sun"]\n')
    (home.content / "居民公约.pdf").write_bytes(pages(3))
    (home.content / "合影.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (home.content / "老电影.rmvb").write_bytes(b"0")
    (home.content / "_以后再用.txt").write_text("冬至包饺子\n报名请到居委会。")
    (home.content / "lift").mkdir()
    (home.content / "lift" / "电梯年检.txt").write_text("电梯年检\n周三上午停用一小时。")
    (home.content / "playlist.toml").write_text('order = ["01-welcome.toml", "去年的通知.png"]\n')


def pages(count: int) -> bytes:
    """A document of so many coloured pages."""
    colours = ((0.13, 0.42, 0.32), (0.16, 0.3, 0.5), (0.5, 0.3, 0.12), (0.36, 0.2, 0.42), (0.2, 0.2, 0.2))
    return papers.paged([papers.coloured(colours[number % len(colours)]) for number in range(count)])


def _remove(made: Showcase, home: Home) -> None:
    at = made.desk.app.extensions["office"].now()
    gone = removal.put_away(home, "16-summer.toml", "夏天的电", "值班室", at - timedelta(days=2, hours=3))
    made.names["removed"] = gone.name


def _upload(made: Desk) -> None:
    """One picture, one document of a name that is taken, and one film of which the rest is missing."""
    here = made.app.extensions["office"]
    for name, content, have in (
        ("周末集市.png", photo(), 1.0),
        ("居民公约.pdf", pages(4), 1.0),
        ("社区春晚.mp4", bytes(2_000_000), 0.45),
    ):
        said = Announced("值班室", name, len(content), head=content[:100])
        upload = incoming.begin(made.home, here.config.settings.intake, said)
        incoming.add(upload, 0, io.BytesIO(content[: int(len(content) * have)]))
        if have == 1.0:
            incoming.finish(upload)
            tray.stage(here, upload)


def _report(made: Showcase) -> None:
    """Five reports over some days, of which the first two are answered, one of these on the screen."""
    here, clock = made.desk.app.extensions["office"], made.desk.clock
    now, numbers = clock.at, []
    for number, (topic, place, words) in enumerate(SAID):
        clock.at = now - timedelta(days=6 - number, hours=number * 3 + 1)
        fields = {"topic": topic, "place": place or ELSEWHERE, "words": words}
        sent = submission(
            here.config, fields, token=f"token {number}", slide="", language="zh", at=here.now()
        )
        if number == BUSY:
            sent = replace(sent, contact=Reach("赵先生", "028-8123 0000"))
        if number == len(SAID) - 1:
            sent = replace(sent, flags=frozenset({Flag.DANGER, Flag.LINKS}), presence=Presence.STALE)
        given = register.receive(here.engine, secrets.load(here.home), sent)
        numbers.append(given.report.public_number)
        made.names["receipt"] = given.digits
    clock.at = now
    for number, said, done in (
        (numbers[0], "3号楼门口的路灯不亮", "物业已换上新灯泡，今晚起恢复照明。"),
        (numbers[1], "厨余桶周末总是满的", "从本周起，周六下午多收运一次。"),
    ):
        shows = _photographed(made, number) if number == numbers[0] else publish.Showing()
        with db.session(here.engine) as rows:
            report = rows.scalars(select(Report).where(Report.public_number == number)).one()
            publish.keep(rows, here, report, publish.draft(said, done), DUTY, here.now())
            publish.publish(rows, here, report, "值班室", here.now(), shows)
        shelf.prove(here, f"answer-{number}.toml")
    _busy(made, numbers[BUSY])
    made.names.update(answered=numbers[0], open=numbers[-1], busy=numbers[BUSY])


def _scan(made: Showcase) -> None:
    """Some days of codes scanned, forms opened, begun, sent: at the screen, at two doors, by an address."""
    today, counted = made.desk.app.extensions["office"].now().date(), {}
    for place, slide, opened, begun, sent, seconds in (
        ("SCREEN", "02-waste-sorting.toml", 41, 29, 18, 40),
        ("SCREEN", "一张已经不在的很长名字的活动照片-2026-09.jpg", 12, 6, 3, 60),
        ("A03", "", 23, 17, 14, 30),
        ("A08", "", 3, 1, 1, 86_400),
        ("", "", 6, 2, 2, 120),
    ):
        steps = {What.OPENED: opened, What.STARTED: begun, What.SENT: sent}
        if place:
            steps[What.SCAN] = opened
        for what, times in steps.items():
            counted[Key(today - timedelta(days=opened % 5), place, slide, what)] = times
        counted[Key(today, place, slide, What.TOOK, seconds)] = sent
    with db.session(made.desk.engine) as rows:
        counters.add(rows, counted)


def _photographed(made: Showcase, number: str) -> publish.Showing:
    """How it was and how it is, looked at by somebody."""
    here = made.desk.app.extensions["office"]
    with db.reading(here.engine) as rows:
        report = rows.scalars(select(Report).where(Report.public_number == number)).one()
    ids = [
        case_photos.add(here.engine, here.home, here.secrets, report, io.BytesIO(photo()), key, here.now()).id
        for key in ("before", "after")
    ]
    with db.session(here.engine) as rows:
        for id_ in ids:
            case_photos.redact(rows, here.home, rows.get_one(Photo, id_), [], DUTY, here.now())
    return publish.Showing((), *ids)


def _busy(made: Showcase, number: str) -> None:
    """A case with all that can hang on one: steps, a note, somebody who has it, photos, one covered."""
    here = made.desk.app.extensions["office"]
    with db.session(here.engine) as rows:
        report = rows.scalars(select(Report).where(Report.public_number == number)).one()
        for action, given in (
            (Action.ACCEPT, Given()),
            (Action.WAIT, Given("和他们谈过，约好周五再看。", until=here.now().date() + timedelta(days=3))),
        ):
            casework.take(rows, here.home, here.config, report, action, DUTY, here.now(), given)
        casebook.note(rows, report, "值班室打过电话，周五晚上再去听一次。", DUTY, here.now())
        casebook.assign(rows, report, DUTY.account, DUTY, here.now())
        report.supporters = 2
    photos = [
        case_photos.add(here.engine, here.home, here.secrets, report, io.BytesIO(photo()), key, here.now()).id
        for key in ("first", "second")
    ]
    with db.session(here.engine) as rows:
        case_photos.redact(rows, here.home, rows.get_one(Photo, photos[1]), [], DUTY, here.now())
    made.names["busy_photo"] = str(photos[0])


@contextmanager
def served(app: object) -> Iterator[str]:
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:  # or a test that fails would never end
        server.task_dispatcher.shutdown(timeout=10)  # whoever is being answered gets the answer
        server.trigger.pull_trigger(server.close)
        thread.join(10)


def listed(table: Mapping[str, Sequence[str]], made: Showcase) -> list[str]:
    """All addresses of a table that this home has."""
    return [path for asked in table.values() for path in made.paths(asked)]
