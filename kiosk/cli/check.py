"""`kiosk check`: the settings in force, every slide that would be shown, every file refused and why."""

import argparse
import json
from collections.abc import Iterator

import msgspec

from kiosk import address, library
from kiosk.cli.home import opened
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.folder import folder_of
from kiosk.library import Library, Refused
from kiosk.look import look
from kiosk.model.slides import Slide
from kiosk.settings import Config, Settings
from kiosk.tables import line_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` for programs."""
    parser.add_argument("--json", action="store_true", help="给程序看 for programs")


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Look at everything once; 1 if something is refused."""
    config = opened(home)
    with Decoder.of(home, config, look(config)) as decoder:
        found = library.prove(home, config, decoder)
    warning = address.feedback(config, config.settings.screen.place).warning
    notes = (*found.warnings, *((Refused("kiosk.toml", warning),) if warning else ()))
    if chosen.json:
        print(json.dumps(_report(home, config, found, notes), ensure_ascii=False, indent=2))
    else:
        _print(home, config, found, notes)
    return 1 if found.refused else 0


def _report(home: Home, config: Config, found: Library, notes: tuple[Refused, ...]) -> dict[str, object]:
    return {
        "slides": [_slide(slide) for slide in found.slides],
        "refused": [_refused(one) for one in found.refused],
        "warnings": [_refused(one) for one in notes],
        "settings": {
            name: {"value": value, "from": source} for name, value, source in _settings(home, config)
        },
    }


def _slide(slide: Slide) -> dict[str, object]:
    return {
        "name": slide.name,
        "file": slide.file,
        "kind": slide.kind,
        "seconds": slide.seconds,
        "title": slide.title,
        "theme": slide.theme,
        "playlist": folder_of(slide.file),
        "animated": slide.animated,
        "digest": slide.digest,
    }


def _refused(one: Refused) -> dict[str, object]:
    return {"file": one.file, "reason": str(one.words), "zh": one.words.zh, "en": one.words.en}


def _settings(home: Home, config: Config) -> Iterator[tuple[str, object, str]]:
    """Each setting as `table.key`, its value, and the line it comes from or "default"."""
    path = home.config / "kiosk.toml"
    text = path.read_text("utf-8") if path.exists() else ""
    for table in msgspec.structs.fields(Settings):
        values = getattr(config.settings, table.name)
        for key in msgspec.structs.fields(values):
            name = f"{table.name}.{key.name}"
            line = line_of(text, name)
            yield name, getattr(values, key.name), f"kiosk.toml:{line}" if line else "default"


def _print(home: Home, config: Config, found: Library, notes: tuple[Refused, ...]) -> None:
    print("设置 Settings")
    for name, value, source in _settings(home, config):
        print(f"  {name} = {json.dumps(value, ensure_ascii=False)}  （{source}）")
    print(f"\n画面 Slides: {len(found.slides)}")
    for slide in found.slides:
        print(f"  {slide.name}  {slide.title}  {slide.seconds:g} s")
    for title, rows in (("没有上屏 Refused", found.refused), ("提醒 Warnings", notes)):
        if rows:
            print(f"\n{title}: {len(rows)}")
        for row in rows:
            print(f"  {row.file!r}" if not row.file.isprintable() else f"  {row.file}", row.words, sep="  ")
