"""Where the rows live: SQLite beside the home, or PostgreSQL by its address in the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as Alembic
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from kiosk.errors import LinliError, Words
from kiosk.files import Home
from kiosk.settings import Config

_MIGRATING = 0x6C696E6C69  # any number, the same in every process: "linli"
_PRAGMAS = (
    "busy_timeout = 15000",
    "journal_mode = WAL",
    "synchronous = FULL",  # a receipt that was shown survives a power cut
    "foreign_keys = ON",
    "secure_delete = ON",  # what a resident had deleted is gone from the disk too
)


def engine(home: Home, config: Config) -> Engine:
    """The engine for `home`; nothing is opened yet. Raises `LinliError` for an address we cannot use."""
    url = _url(home, config.settings.storage.database)
    if url.get_backend_name() == "sqlite":
        _touch(Path(url.database or ""))
        made = create_engine(url)
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise LinliError(
            Words(
                "使用 PostgreSQL 要先安装驱动：pip install 'linli[postgresql]'。",
                "PostgreSQL needs its driver: pip install 'linli[postgresql]'.",
            )
        ) from error


def migrate(engine: Engine) -> None:
    """Bring the tables up to date. The second of two processes that start at once waits for the first."""
    with _writing(engine).begin() as connection:
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
    with Session(_writing(engine), expire_on_commit=False) as rows, rows.begin():
        yield rows


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Rows to look at: nobody waits for us, and nothing is changed. They may be used after the block."""
    with Session(engine, expire_on_commit=False, autoflush=False) as rows:
        try:
            yield rows
        finally:
            rows.expunge_all()


def _writing(engine: Engine) -> Engine:
    return engine.execution_options(linli_begin="IMMEDIATE")


def _url(home: Home, written: str) -> URL:
    if not written:
        return URL.create("sqlite", database=str(home.state / "kiosk.db"))
    try:
        url = make_url(written)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
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


def _touch(path: Path) -> None:
    """Make the file ourselves, so that residents' words are not readable by everyone on the machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN; the driver would begin too late
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get("linli_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
