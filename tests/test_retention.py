"""What is erased when, what stays, and that the bytes are gone from the disk."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cases import ADMINISTRATOR, CONFIG, HANDLER, NOON, SECRETS, after, row, sent, taken
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from sqlalchemy import Engine, func, select

from admin import casebook, contacts, db, network, publish, register, retain, retention
from admin.case_records import Contact, Event, NetworkDay, Photo
from admin.casebook import RESIDENT
from admin.contacts import Reach
from admin.daily import Daily, is_due
from admin.office import Office
from admin.records import Answer, Report, Trail
from admin.retention import Due
from kiosk.files import Home
from kiosk.model import notice
from kiosk.model.cases import Action, State
from kiosk.model.keeping import Keeping

SECRET_WORDS, SECRET_REPLY, SECRET_NOTE = "楼上住的人每天夜里敲墙", "她的孩子在三小念书", "打过电话，态度不好"
REACH = Reach("欧阳测试", "13800001234")
PHOTO, SHOWN = b"the photo as it was sent", b"the photo with boxes"


def closed(engine: Engine, home: Home, words: str = SECRET_WORDS, at: datetime = NOON) -> str:
    """A case with everything that it can have, closed at that moment; its public number."""
    given = replace(sent(words, at=at), contact=REACH, flags=frozenset({"links"}))
    number = register.receive(engine, SECRETS, given).report.public_number
    taken(engine, home, number, Action.ASK, HANDLER, at, words="几楼？")
    taken(engine, home, number, Action.REPLY, RESIDENT, at, words=SECRET_REPLY)
    with db.session(engine) as rows:
        report = rows.scalars(select(Report).where(Report.public_number == number)).one()
        casebook.note(rows, report, SECRET_NOTE, HANDLER, at)
        rows.add(
            Answer(
                report=report,
                summary="噪声，住2单元301",
                words="已劝导，电话13800001234",
                author="小李",
                written=at,
            )
        )
        for name, content in (("a.webp", PHOTO), ("b.webp", SHOWN)):
            (home.photos / f"{number}{name}").write_bytes(content)
        rows.add(
            Photo(
                report_id=report.id,
                key=number,
                file=f"{number}a.webp",
                shown=f"{number}b.webp",
                boxes="[[1, 2, 3, 4]]",
                state="redacted",
                received=at,
            )
        )
    taken(engine, home, number, Action.RESOLVE, HANDLER, at, words="已劝导")
    taken(engine, home, number, Action.CONFIRM, RESIDENT, at)
    return number


def kept(engine: Engine, home: Home, number: str) -> tuple[bool, bool, bool]:
    """Whether the contact, the photos and the words are there still."""
    with db.reading(engine) as rows:
        contact = contacts.there(rows, row(engine, number))
        words = bool(row(engine, number).words)
    return contact, any(number in path.name for path in home.photos.iterdir()), words


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (29, (True, True, True)),
        (30, (False, True, True)),
        (179, (False, True, True)),
        (180, (False, False, True)),
        (364, (False, False, True)),
        (365, (False, False, False)),
    ],
)
def test_contact_photos_and_words_go_each_in_its_time(
    engine: Engine, home: Home, days: int, left: tuple[bool, bool, bool]
) -> None:
    number = closed(engine, home)

    retention.erase(engine, home, after(days=days))

    assert kept(engine, home, number) == left


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_it_is_due_at_the_same_moment_wherever_the_community_lives(
    engine: Engine, home: Home, zone: str
) -> None:
    number = closed(engine, home)

    retention.erase(engine, home, after(days=29, hours=23).astimezone(ZoneInfo(zone)))
    before = kept(engine, home, number)
    retention.erase(engine, home, after(days=30, hours=1).astimezone(ZoneInfo(zone)))

    assert (before, kept(engine, home, number)) == ((True, True, True), (False, True, True))


LATER = replace(
    notice.current(), version="later", keeping=Keeping(contact_days=90, photo_days=200, words_months=24)
)


@pytest.mark.parametrize(
    ("version", "left"),
    [
        (notice.current().version, (False, False, False)),
        ("later", (False, False, True)),
        ("", (False, False, True)),
        ("never heard of", (False, False, True)),
    ],
)
def test_a_later_notice_changes_nothing_about_what_was_told_before(
    engine: Engine, home: Home, monkeypatch: pytest.MonkeyPatch, version: str, left: tuple[bool, bool, bool]
) -> None:
    number = closed(engine, home)
    with db.session(engine) as rows:
        rows.scalars(select(Report)).one().notice_version = version
    monkeypatch.setattr(notice, "VERSIONS", (*notice.VERSIONS, LATER))

    retention.erase(engine, home, after(days=400))

    assert kept(engine, home, number) == left


def test_the_dry_run_says_what_would_go_and_changes_nothing(engine: Engine, home: Home) -> None:
    number = closed(engine, home)

    found = retention.due(engine, home, after(days=400))

    assert (found.contacts, found.photos, found.words) == ((number,),) * 3
    assert kept(engine, home, number) == (True, True, True)
    assert retention.erase(engine, home, after(days=400)) == found
    assert retention.due(engine, home, after(days=400)) == Due()


def test_nothing_of_an_open_case_goes_however_old_it_is(engine: Engine, home: Home) -> None:
    number = closed(engine, home)
    taken(engine, home, number, Action.REOPEN, RESIDENT, after(days=20))

    retention.erase(engine, home, after(days=900))

    assert kept(engine, home, number) == (True, True, True)


def test_an_answered_case_that_nobody_has_closed_yet_keeps_its_contact(engine: Engine, home: Home) -> None:
    number = closed(engine, home)
    with db.session(engine) as rows:
        report = rows.scalars(select(Report)).one()
        report.state, report.ended = State.RESOLVED, None

    retention.erase(engine, home, after(days=40))

    assert kept(engine, home, number)[0]


def test_counts_and_a_tombstone_stay_and_point_at_nobody(engine: Engine, home: Home) -> None:
    number = closed(engine, home)

    retention.erase(engine, home, after(days=366))

    report = row(engine, number)
    assert (report.state, report.topic, report.place, report.closed_by) == (
        State.CLOSED,
        "waste",
        "A03",
        "resident",
    )
    assert (report.words, report.flags, report.erased) == ("", "", after(days=366))
    assert report.answer and (report.answer.summary, report.answer.words) == (
        "噪声，住〔住户〕",
        "已劝导，电话〔电话〕",
    )
    with db.reading(engine) as rows:
        assert [one.action for one in casebook.history(rows, report, public=False)] == [
            "receive", "ask", "reply", "note", "resolve", "confirm",
        ]  # fmt: skip
        assert set(rows.scalars(select(Event.words))) == {""}
        [photo] = rows.scalars(select(Photo))
        assert (photo.state, photo.file, photo.shown, photo.boxes) == ("erased", "", "", "")
        erased = [one for one in rows.scalars(select(Trail)) if one.action == "retain"]
        assert [(one.account, one.subject) for one in erased] == [("by itself", "1 1 1")]


def test_the_receipt_of_an_erased_case_opens_its_state(engine: Engine, home: Home) -> None:
    given = register.receive(engine, SECRETS, sent("一件事"))
    taken(engine, home, given.report.public_number, Action.REJECT, words="广告", reason="spam")

    retention.erase(engine, home, after(days=366))

    with db.reading(engine) as rows:
        found = register.by_receipt(rows, SECRETS, given.digits)
        assert found and found.erased and found.state is State.REJECTED


def test_files_of_photos_that_no_row_knows_go_after_a_day(engine: Engine, home: Home) -> None:
    number = closed(engine, home)
    old, young = home.photos / "old.webp", home.photos / "young.webp"
    for path, hours in ((old, 25), (young, 1)):
        path.write_bytes(b"x")
        os.utime(path, times=(after(hours=-hours).timestamp(),) * 2)

    found = retention.erase(engine, home, NOON)

    assert found.strays == ("old.webp",)
    assert sorted(path.name for path in home.photos.iterdir()) == [
        f"{number}a.webp",
        f"{number}b.webp",
        "young.webp",
    ]


def test_many_cases_are_erased_in_short_transactions(
    engine: Engine, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    numbers = [closed(engine, home, f"第{count}件事") for count in range(5)]

    found = retention.erase(engine, home, after(days=366))

    assert found.words == tuple(numbers)
    with db.reading(engine) as rows:
        assert rows.scalar(select(func.count()).select_from(Contact)) == 0


def bytes_of(home: Home) -> bytes:
    """Everything that the database has on the disk: the file, its log, its index of the log."""
    return b"".join(path.read_bytes() for path in sorted(home.state.glob("kiosk.db*")))


SECRETS_ON_DISK = (SECRET_WORDS, SECRET_REPLY, SECRET_NOTE, "住2单元301", "13800001234")


@pytest.mark.parametrize("cases", [1, 60])
@pytest.mark.parametrize("bare_engine", ["sqlite"], indirect=True)
def test_the_bytes_of_what_was_erased_are_in_no_file_any_more(engine: Engine, home: Home, cases: int) -> None:
    numbers = [
        closed(engine, home, f"{SECRET_WORDS}，第{count}次" * (1 + count % 9)) for count in range(cases)
    ]
    with db.reading(engine) as rows:
        sealed = list(rows.scalars(select(Contact.sealed)))
    before = bytes_of(home)
    assert all(one.encode() in before for one in SECRETS_ON_DISK) and all(one in before for one in sealed)

    retention.erase(engine, home, after(days=366))

    left = bytes_of(home)
    assert [one for one in SECRETS_ON_DISK if one.encode() in left] == []
    assert [one for one in sealed if one in left or one[13:45] in left] == []
    assert all(one.encode() in left for one in numbers)


def test_the_trail_never_holds_what_must_be_erased(engine: Engine, home: Home, office: Office) -> None:
    number = closed(engine, home)
    with db.session(engine) as rows:
        report = rows.scalars(select(Report).where(Report.public_number == number)).one()
        draft = publish.Draft("噪声，住2单元301", "已劝导，电话13800001234")
        publish.keep(rows, office, report, draft, ADMINISTRATOR, NOON)

    with db.reading(engine) as rows:
        said = "".join(f"{one.subject}{one.before}{one.after}" for one in rows.scalars(select(Trail)))
    assert not [one for one in SECRETS_ON_DISK if one in said]


@pytest.fixture(name="office")
def an_office(engine: Engine, home: Home) -> Office:
    """As much of an office as an answer needs that is only kept."""
    return Office(home, CONFIG, engine, None, SECRETS, lambda: NOON)  # type: ignore[arg-type]


# The limits, the command, the day


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2027, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2027, 1, 31, tzinfo=UTC), datetime(2026, 1, 31, tzinfo=UTC)),
    ],
)
def test_twelve_months_ago_is_the_same_day_or_the_last_of_the_month(at: datetime, words: datetime) -> None:
    assert notice.current().keeping.limits(at).words == words


def test_the_command_says_each_kind_and_shortens_long_lists() -> None:
    many = tuple(f"2026-{n:04d}" for n in range(30))

    said = list(retain.said(Due(contacts=many, words=("2025-0007",)), dry_run=True))

    assert "30" in said[1] and "(+10)" in said[1] and "2026-0029" not in said[1]
    assert "2025-0007" in said[3] and "Nothing was changed" in said[-1]


@pytest.mark.parametrize(
    ("last", "hour", "due"),
    [(None, 2, False), (None, 3, True), (26, 3, True), (27, 23, False), (26, 2, False)],
)
def test_the_days_work_is_done_once_from_three_on(last: int | None, hour: int, due: bool) -> None:
    day = NOON.date().replace(day=last) if last else None

    assert is_due(day, NOON.replace(hour=hour)) is due


def test_a_job_that_fails_is_tried_again_the_next_day() -> None:
    done: list[datetime] = []
    moments = iter([NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1)])
    made: list[Daily] = []

    def job(at: datetime) -> None:
        done.append(at)
        if len(done) == 1:
            raise OSError("the disk is full")
        made[0]._closing.set()

    made.append(Daily(job, lambda: next(moments), look_seconds=0))
    with made[0] as running:
        running._thread.join(30)

    assert done == [NOON, NOON + timedelta(days=1)]


def test_a_look_at_the_settings_that_fails_does_not_end_the_days_work_for_ever() -> None:
    done: list[datetime] = []
    looks = iter([OSError("no such folder"), NOON])
    made: list[Daily] = []

    def now() -> datetime:
        found = next(looks)
        if isinstance(found, OSError):
            raise found
        return found

    def job(at: datetime) -> None:
        done.append(at)
        made[0]._closing.set()

    made.append(Daily(job, now, look_seconds=0))
    with made[0] as running:
        running._thread.join(30)

    assert done == [NOON]


# Counts of networks


def test_a_network_is_counted_for_a_day_and_no_address_is_kept(engine: Engine, home: Home) -> None:
    with db.session(engine) as rows:
        found = [network.of_network(home, f"10.0.0.{one}", NOON.date()) for one in (1, 1, 2)]
        counts = [*network.seen(rows, found), *network.seen(rows, found)]
    with db.reading(engine) as rows:
        kept = [f"{one.key_hash}{one.count}" for one in rows.scalars(select(NetworkDay))]

    assert counts == [1, 2, 1, 3, 4, 2] and len(kept) == 2
    assert not any("10.0.0" in one for one in kept)


def test_the_key_of_a_day_is_destroyed_with_its_rows(engine: Engine, home: Home) -> None:
    tomorrow = NOON + timedelta(days=1)
    with db.session(engine) as rows:
        network.seen(rows, [network.of_network(home, "10.0.0.1", NOON.date())])
    yesterdays = keys(home)

    found = retention.erase(engine, home, tomorrow)

    with db.session(engine) as rows:
        assert found.networks == 1 and keys(home) == []
        assert network.seen(rows, [network.of_network(home, "10.0.0.1", tomorrow.date())]) == [1]
    assert len(yesterdays) == 1 and keys(home) != yesterdays


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("fe80::1%eth0", "fe80::1", True),
        ("nonsense", "", True),
    ],
)
def test_a_network_is_an_address_or_the_half_of_one(one: str, other: str, same: bool) -> None:
    assert (network.network(one) == network.network(other)) is same


def keys(home: Home) -> Sequence[Path]:
    return sorted(home.keys.glob("network-*.key"))
