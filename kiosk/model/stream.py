"""The address of a live stream, as people write it. Pure."""

from urllib.parse import SplitResult, quote, urlsplit

from kiosk.errors import Words

SCHEMES = ("http", "https", "rtsp", "rtsps")
LONGEST = 2000
_SIGNS = "%!$&'()*+,-./:;=?@[]_~#"


def wrong(address: str) -> Words | None:
    """What is wrong with an address; None if it can be opened.

    Its words name no part of the address but the scheme, for a camera's often holds its password.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return _BROKEN
    if len(address) > LONGEST:
        return _TOO_LONG
    if any(sign.isspace() or not sign.isprintable() for sign in address):
        return _SPACE
    if parts.scheme not in SCHEMES or not parts.netloc:
        return _scheme(parts)
    return None if parts.hostname and port != 0 else _BROKEN


def plain(address: str) -> str:
    """The same address in the characters that may be sent (RFC 3986, 2): 直播 becomes %E7%9B%B4%E6%92%AD."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    return quote(parts._replace(netloc=host).geturl(), safe=_SIGNS)


def _scheme(parts: SplitResult) -> Words:
    if parts.scheme and parts.netloc and parts.scheme not in SCHEMES:
        return Words(
            f"不能用 {parts.scheme}:// 开头的直播地址。可以用 http、https、rtsp、rtsps。",
            f"A stream at {parts.scheme}:// cannot be shown. Use http, https, rtsp or rtsps.",
        )
    return _WHOLE


_WHOLE = Words(
    "直播地址要写完整，例如 http://192.168.1.20/live.m3u8 或 rtsp://192.168.1.64/stream1。",
    "Write the whole address of the stream, such as http://192.168.1.20/live.m3u8 "
    "or rtsp://192.168.1.64/stream1.",
)
_BROKEN = Words(
    "直播地址的写法不对，请核对主机名和端口。",
    "The address of the stream is badly formed; check its host and port.",
)
_SPACE = Words(
    "直播地址里有空格或看不见的字符，请删掉。",
    "The address of the stream holds spaces or invisible characters; remove them.",
)
_TOO_LONG = Words(
    f"直播地址太长，最多 {LONGEST} 个字符。",
    f"The address of the stream is too long, more than {LONGEST} characters.",
)
