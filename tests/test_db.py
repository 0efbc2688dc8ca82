import re
import stat
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from sqlalchemy import Engine, event, insert, inspect, select
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError, StatementError

from admin import casebook, db, register
from admin.records import Account, Answer, Login, Record, Report
from admin.secrets import Secrets, load
from admin.submission import Submission
from kiosk.errors import LinliError
from kiosk.files import Home
from kiosk.model import receipt
from kiosk.model.cases import State
from kiosk.model.deadlines import Deadline
from kiosk.settings import Config, Settings, Storage

HERE = Path(__file__).parent.parent
SECRETS = Secrets(b"k" * 32)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=8)))


def submission(token: str, words: str = "垃圾桶满了", at: datetime = NOON) -> Submission:
    return Submission(token, "other", "A03", "", words, "zh", at)


def reports(engine: Engine) -> list[Report]:
    with db.reading(engine) as rows:
        return list(rows.scalars(select(Report).order_by(Report.id)))


def test_the_models_and_the_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Record.metadata) == []


def test_the_migrations_go_down_and_up_again_also_over_rows(engine: Engine) -> None:
    register.receive(engine, SECRETS, submission("t"))
    with db.session(engine) as rows:
        rows.add(answer(1))

    with engine.begin() as connection:
        command.downgrade(db.alembic(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]

    db.migrate(engine)

    assert set(inspect(engine).get_table_names()) >= set(Record.metadata.tables)
    assert register.receive(engine, SECRETS, submission("t")).report.public_number == "2026-0001"


OLD = """INSERT INTO report (id, public_number, receipt_hash, token_hash, topic, place, slide, words,
language, received, state, changed) VALUES ({id}, '2025-000{id}', 'r{id}', 't{id}', 'other', 'A03', '{slide}',
'路灯不亮', 'zh', '2025-03-02 04:00:00', '{state}', '2025-03-09 04:00:00')"""


def test_rows_of_before_become_whole_cases_and_go_back_as_they_were(bare_engine: Engine) -> None:
    with bare_engine.begin() as connection:
        command.upgrade(db.alembic(connection), "0003")
        for id_, state, slide in ((1, "received", ""), (2, "closed", "a.png"), (3, "reopened", "")):
            connection.exec_driver_sql(OLD.format(id=id_, state=state, slide=slide))
        connection.exec_driver_sql(
            "INSERT INTO answer (id, report_id, summary, words, author, written, slide)"
            " VALUES (1, 2, '路灯', '修好了', 'li', '2025-03-08 04:00:00', '')"
        )

    db.migrate(bare_engine)

    one, two, three = reports(bare_engine)
    assert [one.state, two.state, three.state] == [State.RECEIVED, State.CLOSED, State.REOPENED]
    assert (two.closed_by, two.origin, two.ended) == ("staff", "screen", two.changed)
    assert (one.closed_by, one.origin, one.ended, one.since, one.due) == ("", "web", None, one.changed, None)
    assert two.answer and two.answer.words == "修好了"
    with db.session(bare_engine) as rows:
        rows.get_one(Report, 1).state = State.WAITING
        rows.get_one(Report, 3).state = State.MERGED
    register.receive(bare_engine, SECRETS, submission("t"))

    with bare_engine.begin() as connection:
        command.downgrade(db.alembic(connection), "0003")
        states = connection.exec_driver_sql("SELECT state, words FROM report ORDER BY id").all()
        answers = connection.exec_driver_sql("SELECT words FROM answer").all()
        columns = {column["name"] for column in inspect(connection).get_columns("report")}

    assert [state for state, _ in states] == ["in_progress", "closed", "closed", "received"]
    assert [words for _, words in states] == ["路灯不亮"] * 3 + ["垃圾桶满了"]
    assert [words for (words,) in answers] == ["修好了"] and len(columns) == 12
    db.migrate(bare_engine)
    assert len(reports(bare_engine)) == 4


def test_migrating_again_keeps_every_row(engine: Engine) -> None:
    given = register.receive(engine, SECRETS, submission("t"))

    db.migrate(engine)

    assert [report.receipt_hash for report in reports(engine)] == [given.report.receipt_hash]


def test_processes_that_start_at_once_migrate_once(bare_engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(db.migrate, [bare_engine] * 8))

    assert set(inspect(bare_engine).get_table_names()) >= set(Record.metadata.tables)


def test_a_report_comes_back_as_it_was_given_with_moments_in_utc(engine: Engine) -> None:
    given = register.receive(engine, SECRETS, submission("t", "楼道堆物 👨‍👩‍👧 很多"))

    [kept] = reports(engine)
    assert (kept.words, kept.state, kept.place) == ("楼道堆物 👨‍👩‍👧 很多", State.RECEIVED, "A03")
    assert kept.received == NOON
    assert kept.received.tzinfo is UTC
    assert receipt.fits(given.digits)


def test_a_report_that_was_just_kept_is_given_back_as_it_stands_in_its_row(engine: Engine) -> None:
    promise = Deadline(NOON.date(), NOON.date() + timedelta(3), NOON.date() + timedelta(2), 3)
    full = replace(submission("t"), deadline=promise, publish=True, flags=frozenset({"b", "a"}))
    given = register.receive(engine, SECRETS, full).report

    [kept] = reports(engine)
    columns = [column.key for column in Report.__table__.columns]
    assert {name: getattr(given, name) for name in columns} == {name: getattr(kept, name) for name in columns}
    assert (given.answer, kept.answer, given.flags, given.due) == (None, None, "a,b", promise.due)
    with db.session(engine) as rows:
        rows.add(given)
        given.rating = 5
    assert [one.rating for one in reports(engine)] == [5]


def test_many_who_send_at_once_get_a_receipt_each_and_a_failing_one_harms_nobody(engine: Engine) -> None:
    def sent(number: int) -> str:
        def flags(_counts: Sequence[int]) -> set[str]:
            if number % 5 == 0:
                raise ValueError("no")
            return {f"n{number}"}

        given, marks = submission(f"{number}", f"words {number}"), register.Marks((), flags)
        try:
            return register.receive(engine, SECRETS, given, marks).digits
        except ValueError:
            return ""

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(sent, range(40)))

    with db.reading(engine) as rows:
        found = {n: register.by_receipt(rows, SECRETS, one) for n, one in enumerate(given) if one}
    assert [n for n, one in enumerate(given) if not one] == list(range(0, 40, 5))
    assert {n: report and (report.words, report.flags) for n, report in found.items()} == {
        n: (f"words {n}", f"n{n}") for n in range(40) if n % 5
    }
    numbers = sorted(report.public_number for report in reports(engine))
    assert numbers == [f"2026-{n:04d}" for n in range(1, 33)]


def at_once(engine: Engine, *sent: Submission) -> list[register.Receipt]:
    """All of them wait for one transaction, in this order."""
    company = engine.get_execution_options()["linli_together"]
    with ThreadPoolExecutor(len(sent)) as pool:
        with company._turn:
            waits = []
            for one in sent:
                waits.append(pool.submit(register.receive, engine, SECRETS, one))
                while len(company._waiting) < len(waits):
                    pass
        return [one.result() for one in waits]


def test_those_kept_in_one_transaction_get_their_numbers_in_turn_each_in_its_year(engine: Engine) -> None:
    next_year = NOON.replace(year=2027)
    sent = [submission("a"), submission("b", at=next_year), submission("c"), submission("d", at=next_year)]
    given = at_once(engine, *sent)

    numbers = ["2026-0001", "2027-0001", "2026-0002", "2027-0002"]
    assert [one.report.public_number for one in given] == numbers
    with db.reading(engine) as rows:
        found = [register.by_receipt(rows, SECRETS, one.digits) for one in given]
        assert [one and one.public_number for one in found] == numbers
        lines = [casebook.history(rows, one, public=True) for one in found if one]
    assert [[line.action for line in history] for history in lines] == [[casebook.RECEIVE]] * 4


def test_a_token_that_comes_twice_in_one_transaction_is_one_report(engine: Engine) -> None:
    register.receive(engine, SECRETS, submission("before"))
    first, other, again, old = at_once(
        engine, *(submission(token, f"words {n}") for n, token in enumerate(("t", "u", "t", "before")))
    )

    assert (again.digits, again.report.words) == (first.digits, "words 0")
    assert [one.new for one in (first, other, again, old)] == [True, True, False, False]
    assert [one.public_number for one in reports(engine)] == ["2026-0001", "2026-0002", "2026-0003"]


def test_many_at_once_take_as_many_statements_as_one(engine: Engine) -> None:
    register.receive(engine, SECRETS, submission("warm"))
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *one: said.append(one[2]))
    register.receive(engine, SECRETS, submission("alone"))
    alone = len(said)
    at_once(engine, *(submission(f"{number}") for number in range(8)))

    assert len(said) == 2 * alone


def test_a_receipt_opens_its_report_and_is_kept_only_as_a_hash(engine: Engine) -> None:
    given = register.receive(engine, SECRETS, submission("t"))

    with db.reading(engine) as rows:
        found = register.by_receipt(rows, SECRETS, given.digits)
        assert register.by_receipt(rows, SECRETS, receipt.receipt(1)) is None
    assert found is not None
    assert found.public_number == "2026-0001"
    kept = [str(getattr(found, column.key)) for column in Report.__table__.columns]
    assert not any(given.digits in value for value in kept)


def test_one_token_is_one_report_and_one_receipt_also_when_sent_at_once(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: register.receive(engine, SECRETS, submission("same")), range(24)))

    assert len({one.digits for one in given}) == 1
    assert len(reports(engine)) == 1


def test_public_numbers_are_counted_per_year_without_gaps_or_doubles(engine: Engine) -> None:
    next_year = NOON.replace(year=2027)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: register.receive(engine, SECRETS, submission(f"a{n}")), range(40)))
    register.receive(engine, SECRETS, submission("b", at=next_year))

    numbers = sorted(report.public_number for report in reports(engine))
    assert numbers == [f"2026-{n:04d}" for n in range(1, 41)] + ["2027-0001"]


def test_two_tokens_that_draw_one_receipt_get_two(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt, "SPACE", 2)
    given = {register.receive(engine, SECRETS, submission(token)).digits for token in ("a", "c")}
    again = {register.receive(engine, SECRETS, submission(token)).digits for token in ("a", "c")}

    assert len(given) == 2
    assert again == given


def test_what_raises_inside_a_session_leaves_no_row(engine: Engine) -> None:
    with pytest.raises(RuntimeError), db.session(engine) as rows:
        rows.add(account("li"))
        rows.flush()
        raise RuntimeError

    with db.reading(engine) as rows:
        assert rows.scalars(select(Account)).all() == []


def test_names_are_unique_and_a_login_goes_with_its_account(engine: Engine) -> None:
    with db.session(engine) as rows:
        rows.add(account("li"))
        rows.flush()
        rows.add(Login(token_hash="h", account_id=1, csrf="c", created=NOON, seen=NOON))
    with pytest.raises(IntegrityError), db.session(engine) as rows:
        rows.add(account("li"))

    with db.session(engine) as rows:
        rows.delete(rows.get_one(Account, 1))

    with db.reading(engine) as rows:
        assert rows.scalars(select(Login)).all() == []


def test_an_answer_belongs_to_a_report_and_there_is_one(engine: Engine) -> None:
    register.receive(engine, SECRETS, submission("t"))
    with db.session(engine) as rows:
        rows.add(answer(1))

    with db.reading(engine) as rows:
        report = rows.scalars(select(Report)).one()
    assert report.answer is not None
    assert report.answer.words == "已清运"
    for wrong in (1, 99):
        with pytest.raises(IntegrityError), db.session(engine) as rows:
            rows.add(answer(wrong))


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="time zone"), db.session(engine) as rows:
        rows.add(Account(name="li", password="x", role="editor", created=datetime(2026, 1, 1)))


def test_every_connection_to_sqlite_is_durable_and_overwrites_what_is_deleted(home: Home) -> None:
    engine = db.engine(home, Config())
    db.migrate(engine)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}

    with ExitStack() as open_at_once:
        connections = [open_at_once.enter_context(engine.connect()) for _ in range(4)]
        found = [
            {name: one.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} for one in connections
        ]

    assert found == [wanted] * 4
    assert stat.S_IMODE((home.state / "kiosk.db").stat().st_mode) == 0o600


def test_nobody_opens_the_database_but_through_this_door() -> None:
    ours = (path for top in ("admin", "kiosk") for path in (HERE / top).rglob("*.py"))
    door = re.compile(r"\bsqlite3\.connect|\bcreate_engine\(")

    opening = {path.name for path in ours if door.search(path.read_text("utf-8"))}

    assert opening == {"db.py"}


def test_words_are_never_kept_in_a_file_that_is_gone(home: Home) -> None:
    engine = db.engine(home, Config())
    db.migrate(engine)
    register.receive(engine, SECRETS, submission("before"))
    for path in home.state.glob("kiosk.db*"):
        path.unlink()

    with pytest.raises(OperationalError, match="unable to open"):
        register.receive(engine, SECRETS, submission("after"))

    assert list(home.state.glob("kiosk.db*")) == []


def test_a_backup_put_back_while_we_run_is_what_is_read_and_written(home: Home) -> None:
    engine = db.engine(home, Config())
    db.migrate(engine)
    register.receive(engine, SECRETS, submission("kept"))
    engine.dispose()
    backup = home.state / "backup"
    backup.write_bytes((home.state / "kiosk.db").read_bytes())
    register.receive(engine, SECRETS, submission("since then"))
    for path in home.state.glob("kiosk.db*"):
        path.unlink()

    backup.rename(home.state / "kiosk.db")
    register.receive(engine, SECRETS, submission("after"))

    other = db.engine(home, Config())
    assert len(reports(engine)) == len(reports(other)) == 2


def test_a_locked_table_is_waited_for_but_not_for_ever(
    bare_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "PATIENCE", 0.2)
    db.migrate(bare_engine)
    lock = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "LOCK TABLE numbering IN ACCESS EXCLUSIVE MODE"}
    with bare_engine.connect() as other:
        if other.dialect.name == "sqlite":
            other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql(lock[other.dialect.name])

        with pytest.raises(OperationalError, match="lock"):
            register.receive(bare_engine, SECRETS, submission("t"))

    assert register.receive(bare_engine, SECRETS, submission("t")).report.public_number == "2026-0001"


def test_what_the_database_complains_of_does_not_repeat_a_residents_words(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE report RENAME COLUMN slide TO other")

    with pytest.raises(SQLAlchemyError) as complaint, db.session(engine) as rows:
        rows.execute(insert(Report).values(words="只给居委会看的话", slide=""))

    assert "只给居委会看的话" not in str(complaint.value)


@pytest.mark.parametrize("hurt", ["a file that is none of ours", "a folder", "no server", "a newer program"])
def test_rows_that_cannot_be_opened_are_said_in_words(home: Home, hurt: str) -> None:
    url = "postgresql:///linli?host=/nowhere" if hurt == "no server" else ""
    if hurt == "a folder":
        (home.state / "kiosk.db").mkdir()
    if hurt == "a file that is none of ours":
        (home.state / "kiosk.db").write_bytes(b"a letter to the neighbours\n" * 99)
    engine = db.engine(home, Config(settings=Settings(storage=Storage(database=url))))
    if hurt == "a newer program":
        db.migrate(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(LinliError, match="数据库"):
        db.migrate(engine)


@pytest.mark.parametrize("url", ["mysql://host/name", "nonsense", "postgres//x", "sqlite://"])
def test_an_address_we_cannot_use_is_refused_in_words(home: Home, url: str) -> None:
    with pytest.raises(LinliError, match=r"storage\.database"):
        db.engine(home, Config(settings=Settings(storage=Storage(database=url))))


def test_the_key_is_made_once_by_many_and_only_we_may_read_it(home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(load, [home] * 8))

    assert len({one.key for one in made}) == 1
    assert stat.S_IMODE((home.keys / "web.key").stat().st_mode) == 0o600
    assert [path.name for path in home.keys.iterdir()] == ["web.key"]
    assert made[0].key.hex() not in repr(made[0])


def test_a_damaged_key_is_said_in_words(home: Home) -> None:
    (home.keys / "web.key").write_bytes(b"short")

    with pytest.raises(LinliError, match="已损坏"):
        load(home)


def account(name: str) -> Account:
    return Account(name=name, password="x", role="editor", created=NOON)


def answer(report_id: int) -> Answer:
    return Answer(report_id=report_id, summary="垃圾桶", words="已清运", author="li", written=NOON)
