"""Files and streams read by FFmpeg, packet by packet. Imported in the child only.

A file is handed only to the containers named, and no file may name another one to be opened in its place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, overload

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kiosk.errors import Refusal, Words


@contextmanager
def told(words: Words) -> Iterator[None]:
    """Turn what FFmpeg raises about what it reads into a `Refusal` in these words."""
    try:
        yield
    except av.error.MemoryError as error:
        raise MemoryError from error
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise Refusal(words) from error


@contextmanager
def opened(path: Path, containers: str, words: Words) -> Iterator[InputContainer]:
    """The file, which is one of `containers` (FFmpeg's names). Raises `Refusal` in these words."""
    options = {"format_whitelist": containers, "protocol_whitelist": "file"}
    with told(words), av.open(str(path), options=options, metadata_errors="replace") as container:
        yield container


@overload
def frames(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]: ...
@overload
def frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]: ...
def frames(container: InputContainer, stream: Any) -> Iterator[Any]:
    """Every frame that can be decoded; a broken packet costs itself."""
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.MemoryError as error:
            raise MemoryError from error
        except av.error.FFmpegError:
            continue
