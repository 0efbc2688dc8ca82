"""`kiosk votes`: what has been answered with the keys at the screen."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from kiosk import outbox
from kiosk.files import Home, check_home, writing
from kiosk.model.vote import Count, Tally, tallies

BAR = 24
"""Characters of the longest bar."""

UNKNOWN = "（还没有人按）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the form."""
    parser.add_argument("--json", action="store_true", help="给程序看 for programs")


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Print the counts of every question that has been answered."""
    check_home(home)
    with writing(home.outbox):
        votes, foreign = outbox.read(outbox.lines(home))
    found = tallies(votes)
    if chosen.json:
        listed = {"questions": [asdict(one) | {"votes": one.votes} for one in found], "passed_over": foreign}
        print(json.dumps(listed, ensure_ascii=False, indent=1))
        return 0
    print("\n\n".join("\n".join(_table(one)) for one in found) or _NONE)
    if foreign:
        print(f"\n有 {foreign} 行不是票，没有算。{foreign} line(s) are no votes and were not counted.")
    return 0


def _table(one: Tally) -> Iterator[str]:
    yield f"{one.title}（共 {one.votes} 票 · votes: {one.votes}，{_day(one.first)}–{_day(one.last)}）"
    most = max(count.votes for count in one.counts)
    yield from (_row(count, most) for count in one.counts)


def _row(one: Count, most: int) -> str:
    bar = "█" * round(BAR * one.votes / most) if most else ""
    return f"  {one.number}  {one.votes:>6}  {bar:<{BAR}}  {one.text or UNKNOWN}"


def _day(time: str) -> str:
    try:
        return datetime.fromisoformat(time).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return time


_NONE = (
    "还没有票。要让数字键回答问题卡，请在 kiosk.toml 里写 [buttons] enabled = true。\n"
    "No votes yet. For number keys to answer question cards set [buttons] enabled = true in kiosk.toml."
)
