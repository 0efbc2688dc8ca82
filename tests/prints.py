"""What posters, forms and slips are printed with in tests: a community, its places, one printer."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from kiosk.files import Home
from kiosk.prints.printer import Printer
from kiosk.settings import Config, Place, Settings, Topic, load

HERE = Path(__file__).parent.parent
SHIPPED = load(Home(HERE))
NAME, PHONE = "清泉社区居民委员会", "028-8123 4567"
WEB = {"public_url": "http://192.168.1.20:8080"}
LONG = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏" * 9


@cache
def printer() -> Printer:
    return Printer()


def config(name: str = NAME, phone: str = PHONE, web: dict[str, Any] = WEB) -> Config:
    """The shipped places and topics, and a community that can be reached."""
    said = {"community": {"name": name, "phone": phone}, "web": web}
    return replace(SHIPPED, settings=msgspec.convert(said, Settings))


def with_topics(of: Config, *topics: Topic) -> Config:
    return replace(of, topics=replace(of.topics, topic=topics))


def entrances() -> list[Place]:
    return [place for place in SHIPPED.places.used if place.kind == "entrance"]
