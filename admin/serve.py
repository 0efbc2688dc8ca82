"""Both webs in one process: staff pages and residents' pages, each on its own port and threads."""

import logging
import signal
import sys
import tempfile
from http import HTTPStatus
from types import FrameType
from typing import Any

from waitress import create_server, wasyncore  # type: ignore[import-untyped] # it ships no types
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]

from admin import daily, db, public, setup, staff
from admin.in_force import InForce
from admin.office import utc_now
from admin.tally_card import TallyCard
from kiosk import address, last_good, settings
from kiosk.decoder import Decoder
from kiosk.errors import LinliError, Words
from kiosk.files import Home, prepare
from kiosk.look import look
from kiosk.settings import Config, Web

MEGABYTE = 1_000_000
_HELD = 2 << 20
_RECEIVED = 1 << 16
"""Bytes asked of a connection at once: with the usual 8 KiB a large upload spends its time asking."""
_STAFF_THREADS, _PUBLIC_THREADS = 8, 8

_TOO_LARGE = Words(
    "内容太大了，没有收下。请返回，写短一点或换小一点的文件再试。",
    "This is too large and was not taken. Go back, make it smaller and try again.",
)
_NOT_UNDERSTOOD = Words(
    "这个请求看不懂。请返回再试一次。", "This request was not understood. Go back and try again."
)

_log = logging.getLogger(__name__)


class InWords(ErrorTask):  # type: ignore[misc] # it ships no types
    """What waitress itself refuses never reaches our pages, so it says it here."""

    def execute(self) -> None:
        """Answer, and close."""
        error = self.request.error
        words = _TOO_LARGE if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else _NOT_UNDERSTOOD
        body = f"{words.zh}\r\n\r\n{words.en}\r\n".encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "text/plain; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc] # it ships no types
    """One connection."""

    error_task_class = InWords


class Stop(SystemExit):
    """SIGTERM or SIGINT: a clean end."""


def serve(home: Home, *, kept: bool = False) -> None:
    """Serve until SIGTERM or SIGINT, if `kept` by the last good settings as long as those in `config/` stay.

    Raises `LinliError` if a port is taken, `Mistakes` in `config/`.
    """
    config = (last_good.kept(home) if kept else None) or settings.load(home)
    prepare(home)
    tempfile.tempdir = str(home.incoming)  # what waitress and werkzeug spool goes to the home's own disk
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stop)
    engine = db.engine(home, config)
    db.migrate(engine)
    with Decoder.of(home, config, look(config)) as decoder:
        sockets: dict[int, Any] = {}
        web = config.settings.web
        largest = config.settings.intake.max_megabytes * MEGABYTE + _HELD
        residents = public.create_app(home, config, engine)
        servers = [
            _bound(staff.create_app(home, config, engine, decoder), web.staff_host, web.staff_port,
                   sockets, _STAFF_THREADS, largest),
            _bound(residents, web.public_host, web.public_port,
                   sockets, _PUBLIC_THREADS, public.LARGEST_PHOTO),
        ]  # fmt: skip
        _announce(config, setup.issue(home, engine))
        with TallyCard(home, config, engine, utc_now), daily.of(home, engine, InForce(home, config)):
            _run(servers, sockets)
        residents.extensions["counting"].flush()
    engine.dispose()


def _bound(app: Any, host: str, port: int, sockets: dict[int, Any], threads: int, largest: int) -> Any:
    """A waitress server that shares one loop. A piece of an upload stays in memory: it is 1 MiB at most."""
    try:
        server = create_server(
            app,
            map=sockets,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            recv_bytes=_RECEIVED,
            inbuf_overflow=_HELD,
            max_request_body_size=largest,
            channel_timeout=60,
        )
        server.channel_class = Channel
        return server
    except OSError as error:
        raise LinliError(
            Words(
                f"{host}:{port} 打不开（{error.strerror}），可能已有程序在用。"
                "请关掉它，或在 kiosk.toml 里换端口。",
                f"Cannot listen on {host}:{port} ({error.strerror}); another program may use it. "
                "Stop that one, or change the port in kiosk.toml.",
            )
        ) from error


def _run(servers: list[Any], sockets: dict[int, Any]) -> None:
    try:
        while sockets:
            wasyncore.loop(timeout=1, use_poll=True, map=sockets, count=1)
    except Stop:
        _log.info("网页停止。The web stops.")
    finally:
        for server in servers:
            server.task_dispatcher.shutdown(timeout=3)  # whoever is being answered gets the answer
        for server in servers:
            server.close()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop(0)


def _announce(config: Config, key: str | None) -> None:
    """Print where the pages are and, while there is no account, the link that makes the first."""
    web = config.settings.web
    base = staff_address(web)
    print(f"工作人员页面 staff pages     {base}/", f"实时画面 live picture        {base}/live", sep="\n")
    residents = address.feedback(config, config.settings.screen.place)
    print(f"居民反馈页 residents' pages  {residents.url}")
    if residents.warning:
        print(residents.warning)
    if key:
        print(f"还没有账号，请打开一次这个链接 no account yet, open this once:\n  {base}/setup?key={key}")
    sys.stdout.flush()


def staff_address(web: Web) -> str:
    """Where a browser on this machine or its network opens the staff pages."""
    anywhere = web.staff_host in ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound
    return f"http://{address.lan_address() if anywhere else web.staff_host}:{web.staff_port}"
