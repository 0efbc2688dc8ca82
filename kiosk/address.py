"""The address that the QR on the screen carries, and whether a phone could reach it."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from kiosk.errors import Words
from kiosk.settings import Config, Web


@dataclass(frozen=True, slots=True)
class Address:
    """The feedback address of one place; `warning` says why a phone could not open it."""

    url: str
    warning: Words | None = None


def feedback(config: Config, place: str) -> Address:
    """The address of the form for `place`, upper-case so that the QR stays small (alphanumeric mode).

    The host is `public_url` if it is set, else this machine's address on its network.
    """
    return _page(config, f"F/{place}")


def with_code(url: str, code: str) -> str:
    """The same form, at an address that says which code the screen showed (`kiosk.model.presence`)."""
    return f"{url}/{code}"


def look_up(config: Config) -> Address:
    """The address at which a receipt is looked up, as short as that of the form."""
    return _page(config, "R")


def legible(url: str) -> str:
    """The address as people type it: the host in small letters, no `http://`, which browsers add."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    before = "" if scheme.casefold() == "http" else f"{scheme.casefold()}://"
    return f"{before}{host.casefold()}{slash}{path}"


def own(config: Config) -> str:
    """The address of this machine that the QR depends on; "" if it has none, or `public_url` is set."""
    if config.settings.web.public_url:
        return ""
    host = _host(config.settings.web)
    return "" if _host_warning(host) else host


def passing(config: Config) -> Words | None:
    """Why what is printed with the address may be void one day: it is this machine's own on its network."""
    host = own(config)
    return _passing(host) if host else None


def lan_address() -> str:
    """This machine's address on its network, 127.0.0.1 where it has none. Nothing is sent.

    Connecting a datagram socket only asks the routing table which address would be used.
    """
    for target in ("192.0.2.1", "10.255.255.255"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
                return str(probe.getsockname()[0])
            except OSError:
                continue
    return "127.0.0.1"


def _page(config: Config, path: str) -> Address:
    web = config.settings.web
    public = web.public_url.strip()
    if public:
        return Address(f"{_base(public)}/{path}", _public_warning(public))
    host = _host(web)
    port = "" if web.public_port == 80 else f":{web.public_port}"
    return Address(f"HTTP://{host}{port}/{path}", _host_warning(host.strip("[]")))


def _host(web: Web) -> str:
    """The host for an address; one of IPv6 stands in brackets (RFC 3986, 3.2.2)."""
    host = web.public_host.upper()
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        host = lan_address()
    return f"[{host}]" if ":" in host else host


def _base(url: str) -> str:
    """Upper-case the scheme and host; a path keeps its case, since servers tell them apart."""
    parts = _split(url)
    if parts is None:
        return url
    return f"{parts.scheme.upper()}://{parts.netloc.upper()}{parts.path.rstrip('/')}"


def _split(url: str) -> SplitResult | None:
    """The parts of a full web address, None if it is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _public_warning(url: str) -> Words | None:
    parts = _split(url)
    return _host_warning(parts.hostname or "") if parts else _NO_ADDRESS


def _host_warning(host: str) -> Words | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        local = host.casefold() in ("localhost", "localhost.localdomain")
        return _LOOPBACK if local else None
    if address.is_loopback or address.is_unspecified:
        return _LOOPBACK
    return _LINK_LOCAL if address.is_link_local else None


_NO_ADDRESS = Words(
    "public_url 要写成 http://… 或 https://… 的完整地址，手机现在打不开二维码。",
    "public_url must be a full http:// or https:// address; phones cannot open the QR now.",
)
_LOOPBACK = Words(
    "这台机器没有连上网络，手机扫码打不开反馈页。请接上局域网，或在 kiosk.toml 里填写 public_url。",
    "This machine is on no network, so phones cannot open the feedback page. "
    "Connect it, or set public_url in kiosk.toml.",
)
_LINK_LOCAL = Words(
    "这台机器没有从路由器得到地址，手机扫码打不开反馈页。请检查网线和路由器。",
    "This machine got no address from the router, so phones cannot open the feedback page. "
    "Check the cable and the router.",
)


def _passing(host: str) -> Words:
    return Words(
        f"码里是本机现在的局域网地址 {host}：手机连上社区的 Wi-Fi 才打得开；地址一变，印好的就都作废。"
        "请先在路由器里固定这个地址，或在 config/kiosk.toml 里填写 public_url。",
        f"The code holds this machine's present address {host}: phones reach it on the community's Wi-Fi "
        "only, and what is printed is void once it changes. Fix it in the router first, "
        "or set public_url in config/kiosk.toml.",
    )
