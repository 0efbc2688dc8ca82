"""Where the rows live: SQLite beside the home, or PostgreSQL by its address in the settings."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config as Alembic
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from admin.together import Together, Work
from kiosk.errors import LinliError, Words
from kiosk.files import Home, writing
from kiosk.settings import Config

G = TypeVar("G")
T = TypeVar("T")
_MIGRATING = 0x6C696E6C69  # any number, the same in every process: "linli"
PATIENCE = 15.0  # seconds to wait for a lock; whoever is at the phone then hears that it did not work
_IMMEDIATE = {"linli_begin": "IMMEDIATE"}
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # a receipt that was shown survives a power cut
    "foreign_keys = ON",
    "secure_delete = ON",  # what a resident had deleted is gone from the disk too
)


def engine(home: Home, config: Config) -> Engine:
    """The engine for `home`; nothing is opened yet. Raises `LinliError` for one that we cannot use."""
    url = _url(home, config.settings.storage.database)
    if url.get_backend_name() == "sqlite":
        return _sqlite(Path(url.database or "").absolute())
    try:
        made = create_engine(
            url, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": int(PATIENCE)}
        )
    except ModuleNotFoundError as error:
        raise LinliError(
            Words(
                "使用 PostgreSQL 要先安装驱动：pip install 'linli[postgresql]'。",
                "PostgreSQL needs its driver: pip install 'linli[postgresql]'.",
            )
        ) from error
    event.listen(made, "connect", _prepare_postgresql)
    _in_company(made)
    return made


def migrate(engine: Engine) -> None:
    """Bring the tables up to date. The second of two processes that start at once waits for the first.

    Raises `LinliError` if the database cannot be opened, or is of a newer version than this one.
    """
    try:
        _upgrade(engine)
    except CommandError as error:
        raise LinliError(
            Words(
                "数据库来自更新版本的邻里屏。请安装新版本，或从备份恢复旧的数据库。",
                "The database was made by a newer Linli. Install that version, or restore an older backup.",
            )
        ) from error
    except DBAPIError as error:
        raise LinliError(
            Words(
                f"数据库打不开（{error.orig}）。请检查磁盘空间、文件权限和 storage.database，或从备份恢复。",
                f"The database cannot be opened ({error.orig}). Check the disk, the file's permissions and "
                "storage.database, or restore the backup.",
            )
        ) from error


def _upgrade(engine: Engine) -> None:
    with engine.connect().execution_options(**_IMMEDIATE) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
        command.upgrade(alembic(connection), "head")


def alembic(connection: Connection) -> Alembic:
    """Alembic's settings for our migrations over an open connection."""
    settings = Alembic()
    folder = str(Path(__file__).parent / "migrations")
    settings.set_main_option("script_location", folder.replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


@contextmanager
def session(engine: Engine) -> Iterator[Session]:
    """Rows to change: committed, durably, when the block ends well; rolled back when it raises.

    SQLite takes its write lock at the start: one that reads first and writes later could be refused.
    """
    with _turn(engine), Session(engine, expire_on_commit=False) as rows, rows.begin():
        rows.connection(execution_options=_IMMEDIATE)
        yield rows


def coming(engine: Engine) -> AbstractContextManager[None]:
    """A block in which somebody is about to write `together` with others, who wait for them a moment."""
    return _company(engine).coming()


def together(engine: Engine, work: Work[G, T], given: G) -> T:
    """What `work` gives with rows to change, when it is committed; many at once share a transaction.

    It may be done in another thread, with what others gave, and done again (`admin.together`).
    """
    return _company(engine).write(work, given)


def _company(engine: Engine) -> Together:
    company: Together = engine.get_execution_options()["linli_together"]
    return company


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Rows to look at: nobody waits for us, and nothing is changed. They may be used after the block."""
    with Session(engine, expire_on_commit=False, autoflush=False) as rows:
        try:
            yield rows
        finally:
            rows.expunge_all()


def overwrite(engine: Engine) -> bool:
    """See that what was deleted is in no file any more; False if somebody reads, then the next time does it.

    SQLite overwrites what it deletes, but the pages of before are still in its log until that is emptied.
    PostgreSQL frees the room and writes over it when it needs it; its own log goes with its next segments.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM report, contact, event, photo, answer")
        return True
    bare = engine.raw_connection()  # outside of any transaction
    try:
        cursor = bare.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_pages = cursor.fetchone() or (1,)
        cursor.close()
    finally:
        bare.close()
    return not busy


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """One writer of this process after the other: who waits in SQLite itself looks again only now and then,
    and the file is idle meanwhile. Nobody waits here for longer than there.
    """
    turn: threading.Lock | None = engine.get_execution_options().get("linli_turn")
    mine = turn if turn and turn.acquire(timeout=PATIENCE) else None
    try:
        yield
    finally:
        if mine:
            mine.release()


def _url(home: Home, written: str) -> URL:
    if not written:
        return URL.create("sqlite", database=str(home.state / "kiosk.db"))
    try:
        url = make_url(written)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("sqlite", "postgresql", "postgres") or _memory(url):
        raise LinliError(
            Words(
                "kiosk.toml 的 storage.database 要写成 postgresql://用户:密码@主机/库名，留空则用 SQLite。",
                "storage.database in kiosk.toml should read postgresql://user:password@host/name; "
                "leave it empty for SQLite.",
            )
        )
    if url.get_backend_name() == "sqlite":
        return url
    return url.set(drivername="postgresql+psycopg")


def _memory(url: URL) -> bool:
    """Whether rows would live in memory alone, where every receipt would be a lie."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def _sqlite(path: Path) -> Engine:
    """An engine over the file at `path`. Should the file go away, it is not made anew behind our back."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False)

    def remember(_connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)

    def compare(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info["file"] != _identity(path):
            raise DisconnectionError  # it would write into a file that nobody finds again

    _touch(path)
    made = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        hide_parameters=True,
        execution_options={"linli_turn": threading.Lock()},
    )
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "connect", remember)
    event.listen(made, "checkout", compare)
    event.listen(made, "begin", _begin_sqlite)
    _in_company(made)
    return made


def _in_company(engine: Engine) -> None:
    engine.update_execution_options(linli_together=Together(lambda: session(engine)))


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at `path` now; None for none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _touch(path: Path) -> None:
    """Make the file ourselves, so that residents' words are not readable by everyone on the machine."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN; the driver would begin too late
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}").close()
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {int(PATIENCE * 1000)}")
    connection.commit()  # else the pool's rollback takes it back


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get("linli_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
