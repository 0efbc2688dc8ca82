"""`kiosk check`: the settings in force, every slide that would be shown, every file refused and why."""

import argparse
import json
from collections.abc import Iterator
from datetime import datetime

import msgspec

from kiosk import doubts
from kiosk.cli.home import opened
from kiosk.cli.survey import survey
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.folder import folder_of
from kiosk.library import Library, Refused
from kiosk.look import look
from kiosk.model.layout import Zone
from kiosk.model.slides import Slide
from kiosk.settings import Config, Settings
from kiosk.sight import Sight
from kiosk.tables import line_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` for programs."""
    parser.add_argument("--json", action="store_true", help="给程序看 for programs")


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Look at everything once; 1 if something is refused."""
    config = opened(home)
    with Decoder.of(home, config, look(config)) as decoder:
        found, sights = survey(home, config, decoder)
    today = datetime.now(config.settings.zone).date()
    notes = (
        *found.warnings,
        *doubts.of_slides(config, found),
        *doubts.of_settings(home, config, today),
        *(Refused(name, words) for name, one in sights.items() for words in one.doubts()),
    )
    if chosen.json:
        print(json.dumps(_report(home, config, found, sights, notes), ensure_ascii=False, indent=2))
    else:
        _print(home, config, found, sights, notes)
    return 1 if found.refused else 0


def _report(
    home: Home, config: Config, found: Library, sights: dict[str, Sight], notes: tuple[Refused, ...]
) -> dict[str, object]:
    return {
        "slides": [_slide(slide) | _seen(sights[slide.name]) for slide in found.slides],
        "refused": [_refused(one) for one in found.refused],
        "warnings": [_refused(one) for one in notes],
        "layout": {"name": config.layout.name, "zones": [_zone(zone) for zone in config.layout.zones]},
        "settings": {
            name: {"value": value, "from": source} for name, value, source in _settings(home, config)
        },
    }


def _zone(zone: Zone) -> dict[str, object]:
    told: dict[str, object] = {"name": zone.name, "x": zone.x, "y": zone.y}
    told |= {"width": zone.width, "height": zone.height, "video": zone.video}
    return told | ({"widget": zone.widget} if zone.widget else {"playlist": zone.playlist})


def _slide(slide: Slide) -> dict[str, object]:
    return {
        "name": slide.name,
        "file": slide.file,
        "kind": slide.kind,
        "seconds": slide.seconds,
        "title": slide.title,
        "theme": slide.theme,
        "priority": slide.priority.name.casefold(),
        "playlist": folder_of(slide.file),
        "animated": slide.animated,
        "digest": slide.digest,
    }


def _seen(one: Sight) -> dict[str, object]:
    """Metres, pixels and per cent; None where it is not known."""
    return {
        "type_px": one.type_px,
        "read_m": one.read_m,
        "read_by_older_eyes_m": one.read_by_older_eyes_m,
        "scan_m": one.scan_m,
        "level": one.level,
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
            line = line_of(text, name) or line_of(text, f"{name}[0]")
            value = msgspec.to_builtins(getattr(values, key.name))
            yield name, value, f"kiosk.toml:{line}" if line else "default"


def _print(
    home: Home, config: Config, found: Library, sights: dict[str, Sight], notes: tuple[Refused, ...]
) -> None:
    print("设置 Settings")
    for name, value, source in _settings(home, config):
        print(f"  {name} = {json.dumps(value, ensure_ascii=False)}  （{source}）")
    print(f"\n布局 Layout: {config.layout.name}")
    for zone in config.layout.zones:
        what = zone.widget or f"content/{zone.playlist}"
        print(f"  {zone.name}  {zone.width}×{zone.height} @ {zone.x},{zone.y}  {what}")
    print(f"\n画面 Slides: {len(found.slides)}")
    for slide in found.slides:
        seen = _distances(sights[slide.name])
        print(f"  {_safe(slide.name)}  {_safe(slide.title)}  {slide.seconds:g} s{seen}")
    for title, rows in (("没有上屏 Refused", found.refused), ("提醒 Warnings", notes)):
        if rows:
            print(f"\n{title}: {len(rows)}")
        for row in rows:
            print(f"  {_safe(row.file)}  {_safe(str(row.words))}")


def _distances(one: Sight) -> str:
    parts = []
    if one.read_m:
        parts.append(f"看清 read {one.read_m:g} m（年长 older {one.read_by_older_eyes_m:g} m）")
    if one.scan_m:
        parts.append(f"扫码 scan {one.scan_m:g} m")
    return "".join(f"  {part}" for part in parts)


def _safe(text: str) -> str:
    """`text` without characters that would steer the terminal; they are shown as escapes."""
    return text if text.isprintable() else repr(text)[1:-1]
