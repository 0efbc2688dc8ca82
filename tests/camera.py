"""A real RTSP server with one camera (RFC 2326, interleaved as in 10.12); its colour changes each second."""

import itertools
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from types import TracebackType

import av
import media
from PIL import Image

FPS = 10
SDP = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=yard\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n"
)


class Camera:
    """Films at `address` while it is used as a `with` thing; each who plays it sees it from the beginning."""

    def __enter__(self) -> "Camera":
        self._stop = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    @property
    def address(self) -> str:
        return f"rtsp://127.0.0.1:{self._server.getsockname()[1]}/yard"

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                call, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(call,), daemon=True).start()

    def _talk(self, call: socket.socket) -> None:
        with call, call.makefile("rb") as asked:
            for line in asked:
                method = line.split(b" ", 1)[0].decode("ascii", "replace")
                head = b"".join(itertools.takewhile(bytes.strip, asked)).decode()
                number = re.search(r"CSeq: *(\d+)", head, re.IGNORECASE)
                call.sendall(_answer(method, number[1] if number else "0").encode())
                if method == "PLAY":
                    self._film(call)
                    return

    def _film(self, call: socket.socket) -> None:
        """FFmpeg makes packets of the frames and sends them here; they go on behind `$`, 0 and a length."""
        with _pair() as (packets, _), av.open(_where(packets), "w", format="rtp") as out:
            video = out.add_stream(
                "libx264", rate=FPS, options={"preset": "ultrafast", "tune": "zerolatency"}
            )
            video.width, video.height, video.pix_fmt, video.gop_size = 320, 180, "yuv420p", FPS
            for number in itertools.count():
                if self._stop.wait(1 / FPS):
                    return
                colour = media.COLOURS[number // FPS % 4]
                frame = av.VideoFrame.from_image(Image.new("RGB", (320, 180), colour))
                frame.pts, frame.time_base = number, Fraction(1, FPS)
                out.mux(video.encode(frame))
                if not _pass_on(packets, call):
                    return


def _answer(method: str, number: str) -> str:
    """The answers that a player needs, one for each of its requests."""
    body = SDP if method == "DESCRIBE" else ""
    more = {
        "OPTIONS": "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n",
        "DESCRIBE": f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n",
        "SETUP": "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n",
        "PLAY": "Session: 1\r\n",
    }.get(method, "")
    return f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\n{more}\r\n{body}"


@contextmanager
def _pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two UDP ports one after the other: for packets, and for reports that nobody reads."""
    while True:
        packets, reports = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        with packets, reports:
            packets.bind(("127.0.0.1", 0))
            packets.setblocking(False)
            try:
                reports.bind(("127.0.0.1", packets.getsockname()[1] + 1))
            except OSError:
                continue
            yield packets, reports
            return


def _where(packets: socket.socket) -> str:
    return f"rtp://127.0.0.1:{packets.getsockname()[1]}"


def _pass_on(packets: socket.socket, call: socket.socket) -> bool:
    while True:
        try:
            packet = packets.recv(1 << 16)
        except BlockingIOError:
            return True
        try:
            call.sendall(b"$\0" + len(packet).to_bytes(2) + packet)
        except OSError:
            return False
