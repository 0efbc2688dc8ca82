"""A real HTTP server with a live HLS stream that goes off the air and comes back, and with lies."""

import re
import socket
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

import media

WINDOW = 4
"""Segments in the playlist, each of one second and one colour."""

_HEAD = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{first}\n"


class Station:
    """On the air at `address` while it is used as a `with` thing, and not `off()`.

    The playlist grows by a segment each time that it is asked for. `size` is that of the picture;
    `pages` are other answers by their path, `leads` addresses that a path leads on to. An `endless`
    one never finishes its playlist.
    """

    def __init__(self, size: tuple[int, int] = (320, 180)) -> None:
        self.size = size
        self.pages: dict[str, str] = {}
        self.leads: dict[str, str] = {}
        self.endless = False
        self.last = WINDOW
        self._folder = tempfile.TemporaryDirectory()
        self._port = 0
        self._server: _Server | None = None

    def __enter__(self) -> "Station":
        self.on()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.off()
        self._folder.cleanup()

    @property
    def address(self) -> str:
        return self.at("live.m3u8")

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self._port}/{path}"

    def on(self) -> None:
        self._server = _Server(self, self._port)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def off(self) -> None:
        """Refuse every connection, and break those that there are."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._server = None

    def page(self, path: str) -> bytes | None:
        if path in self.pages:
            return self.pages[path].encode()
        if path == "live.m3u8":
            self.last += 1
            return self._playlist().encode()
        found = re.fullmatch(r"(\d+)\.ts", path)
        return self.segment(int(found[1])).read_bytes() if found else None

    def _playlist(self) -> str:
        first = self.last - WINDOW
        lines = (f"#EXTINF:1.0,\n{number}.ts\n" for number in range(first, self.last))
        return _HEAD.format(first=first) + "".join(lines)

    def segment(self, number: int) -> Path:
        """One second in `COLOURS[number % 4]`, with timestamps that follow on."""
        path = Path(self._folder.name, f"{number}.ts")
        if not path.exists():
            part = path.with_name(f"{threading.get_ident()}.ts")
            media.clip(part, size=self.size, times=[number + tenth / 10 for tenth in range(10)])
            part.replace(path)
        return path


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, station: Station, port: int) -> None:
        self.station = station
        self._calls: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Answer)

    def process_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        self._calls.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        self._calls.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Those who hang up are no news."""

    def hang_up(self) -> None:
        for call in tuple(self._calls):
            call.close()


class _Answer(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        station, path = self.server.station, self.path.removeprefix("/")
        found, lead = station.page(path), station.leads.get(path)
        self.send_response(302 if lead else 404 if found is None else 200)
        if lead:
            self.send_header("Location", lead)
        self.end_headers()
        self.wfile.write(found or b"")
        while station.endless:
            self.wfile.write(b"#EXTINF:1.0,\n0.ts\n" * 1000)

    def log_message(self, *_: object) -> None:
        pass
