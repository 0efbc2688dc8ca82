"""`kiosk plan`: what plays when, from the function that the player uses."""

import argparse
import json
from datetime import datetime, timedelta

from kiosk.cli.home import opened
from kiosk.cli.wall import playing
from kiosk.decoder import Decoder
from kiosk.errors import Words, WrongCall
from kiosk.files import Home
from kiosk.look import look
from kiosk.model.layout import MAIN
from kiosk.model.light import lit
from kiosk.model.plan import Turn
from kiosk.planned import planned
from kiosk.settings import Config

FALLBACK = "fallback"
"""What the plan calls the calm card, which plays when nothing else may."""

DARK = "dark"
"""What it calls the time at which the wall is not lit."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """From when, for how long."""
    parser.add_argument(
        "--from", dest="begin", metavar="ISO", help="开始时间，例如 2026-11-23T08:00（默认现在）"
    )
    parser.add_argument("--hours", type=float, default=1.0, metavar="N", help="几个小时（默认 1）")
    parser.add_argument("--json", action="store_true", help="给程序看 for programs")


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Print the turns."""
    config = opened(home)
    if not 0 < chosen.hours <= 24 * 366:
        raise WrongCall(Words("--hours 要大于 0，不超过一年。", "--hours must be above 0 and within a year."))
    begin = moment(chosen.begin, config)
    with Decoder.of(home, config, look(config)) as decoder:
        zones = [(zone, playlist) for zone, _, _, playlist in playing(home, config, decoder)]
    end = begin + timedelta(hours=chosen.hours)
    listed = [
        _turn(config, turn, zone.name if zone.name != MAIN else zone.playlist)
        for zone, playlist in zones
        for turn in planned(config, playlist, begin, end)
    ]
    if chosen.json:
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        for row in listed:
            where = f"[{row['zone']}]  " if len(zones) > 1 else ""
            print(f"{row['start'][:19]}  {where}{_darkness(row) if row['slide'] == DARK else row['slide']}")
    return 0


def moment(text: str | None, config: Config) -> datetime:
    """An ISO 8601 time as an aware one; without an offset it is the home's wall clock."""
    zone = config.settings.zone
    if text is None:
        return datetime.now(zone)
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        words = Words(
            f"“{text}”不是时间，请写成 2026-11-23T08:00。", f'"{text}" is no time; write 2026-11-23T08:00.'
        )
        raise WrongCall(words) from error
    if not 1970 <= given.year <= 9000:
        raise WrongCall(Words("年份太远了。", "That year is too far away."))
    return given.replace(tzinfo=zone) if given.tzinfo is None else given.astimezone(zone)


def _turn(config: Config, turn: Turn, zone: str) -> dict[str, str]:
    return {
        "start": turn.start.isoformat(timespec="milliseconds"),
        "end": turn.end.isoformat(timespec="milliseconds"),
        "zone": zone or MAIN,
        "slide": turn.slide.name if turn.slide else _nothing(config, turn),
    }


def _nothing(config: Config, turn: Turn) -> str:
    return FALLBACK if lit(config.settings.light.light, turn.start).light else DARK


def _darkness(row: dict[str, str]) -> str:
    begin, end = (row[edge][5:16].replace("T", " ") for edge in ("start", "end"))
    return f"{begin} 到 {end} 屏幕不亮 the wall is dark from {begin} to {end}"
