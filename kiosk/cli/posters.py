"""`kiosk posters`: a poster with its own code for each place, to print and to hang beside the door."""

import argparse
import difflib
import sys
from pathlib import Path

from kiosk import address, files
from kiosk.cli.home import opened
from kiosk.errors import Words, WrongCall
from kiosk.files import Home
from kiosk.prints import Paper, Tongue, poster
from kiosk.prints.printer import Printer
from kiosk.settings import Config, Place


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, on what paper, for which places."""
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.pdf")
    parser.add_argument("--paper", type=str.lower, choices=[*Paper], default=Paper.A4, help="纸 a4, a3")
    parser.add_argument(
        "--place",
        nargs="+",
        action="extend",
        metavar="A03",
        help="哪些地点，写代号（默认全部） which places, by their slug (default: all)",
    )
    parser.add_argument(
        "--language",
        choices=[*Tongue],
        default=Tongue.BOTH,
        help="中文带英文、只有中文、英文带中文 which language is the large one",
    )


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Write the PDF; 1 if a phone could not open what the codes would say, so that there are none."""
    if chosen.output.suffix.casefold() != ".pdf":
        raise WrongCall(Words(f"“{chosen.output}”要以 .pdf 结尾。", f'"{chosen.output}" must end in .pdf.'))
    config = opened(home)
    places = _places(config, chosen.place)
    made = Printer().pdf(poster.sheet(config, places, Paper(chosen.paper), Tongue(chosen.language)))
    with files.writing(chosen.output):
        files.write(chosen.output.resolve(), made)
    warning = address.feedback(config, "").warning
    if doubt := warning or address.passing(config):
        print(doubt, file=sys.stderr)
    return 1 if warning else 0


def _places(config: Config, slugs: list[str] | None) -> tuple[Place, ...]:
    used = config.places.used
    if not used:
        raise WrongCall(
            Words(
                "还没有地点。请先在 config/places.toml 里写，或在“设置 → 地点”里加。",
                "There are no places yet. Write them into config/places.toml, or add them in the settings.",
            )
        )
    return (
        used
        if slugs is None
        else tuple(_named(config, slug) for slug in dict.fromkeys(map(str.upper, slugs)))
    )


def _named(config: Config, slug: str) -> Place:
    place = config.places.named(slug)
    if place is None or place.off:
        raise WrongCall(_unknown(slug, [one.slug for one in config.places.used]))
    return place


def _unknown(slug: str, known: list[str]) -> Words:
    near = difflib.get_close_matches(slug, known, n=1)
    return Words(
        f"places.toml 里没有在用的地点“{slug}”。" + (f"是不是“{near[0]}”？" if near else ""),
        f'places.toml has no place "{slug}" in use.' + (f' Did you mean "{near[0]}"?' if near else ""),
    )
