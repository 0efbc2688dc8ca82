"""The databases that the records are tested on: SQLite always, PostgreSQL where it is installed."""

import atexit
import functools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from admin import db
from kiosk.files import Home
from kiosk.settings import Config, Settings, Storage

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/nowhere"))


@pytest.fixture(name="bare_engine", params=["sqlite", "postgresql"])
def a_bare_engine(request: pytest.FixtureRequest, home: Home) -> Iterator[Engine]:
    """An engine over an empty database, without tables."""
    url = "" if request.param == "sqlite" else fresh_postgresql()
    engine = db.engine(home, Config(settings=Settings(storage=Storage(database=url))))
    yield engine
    engine.dispose()


@pytest.fixture(name="engine")
def an_engine(bare_engine: Engine) -> Engine:
    """An engine over a database with our tables."""
    give_tables(bare_engine)
    return bare_engine


def give_tables(engine: Engine) -> None:
    """Our tables for an empty database: migrated once in a run, then copied."""
    if engine.dialect.name != "sqlite":
        engine.dispose()
        _create(engine.url.database or "", _migrated_postgresql())
        return
    with engine.connect() as connection:
        file = connection.exec_driver_sql("PRAGMA database_list").one().file
    engine.dispose()
    Path(file).write_bytes(_migrated())


@functools.cache
def _migrated() -> bytes:
    """An SQLite database with our tables and no rows."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.state.mkdir()
        made = db.engine(home, Config())
        db.migrate(made)
        made.dispose()  # the last connection writes the log of changes into the file
        return (home.state / "kiosk.db").read_bytes()


@functools.cache
def _migrated_postgresql() -> str:
    """The name of a PostgreSQL database with our tables and no rows."""
    made = db.engine(
        Home(Path("/nowhere")), Config(settings=Settings(storage=Storage(database=fresh_postgresql())))
    )
    db.migrate(made)
    made.dispose()  # none may be open when it is copied
    return str(made.url.database)


def _create(name: str, like: str) -> None:
    """A PostgreSQL database like that one, in place of what has the name now."""
    with psycopg.connect(
        host=str(postgresql()), user="linli", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")


def fresh_postgresql() -> str:
    """The address of a new, empty PostgreSQL database; the test is skipped where there is none."""
    if not (BINARIES / "initdb").exists():
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    name = f"linli{time.monotonic_ns()}"
    _create(name, "template1")
    return f"postgresql://linli@/{name}?host={postgresql()}"


@functools.cache
def postgresql() -> Path:
    """Start one server for this test run, on a private socket; the folder of that socket."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-", dir="/tmp"))
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    rows = str(folder / "rows")
    subprocess.run(
        [BINARIES / "initdb", "-D", rows, "-U", "linli", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_owner,
    )  # fmt: skip
    server = subprocess.Popen(
        [BINARIES / "postgres", "-D", rows, "-k", str(folder), "-h", "", "-F"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **as_owner,
    )  # fmt: skip
    atexit.register(_stop, server, folder)
    _wait_until_ready(folder)
    return folder


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name: user for user in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _wait_until_ready(folder: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(host=str(folder), user="linli", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes], folder: Path) -> None:
    server.terminate()
    server.wait(10)
    shutil.rmtree(folder, ignore_errors=True)
