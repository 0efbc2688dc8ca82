"""`kiosk check`: the settings in force, every slide that would be shown, every file refused and why."""

import argparse
import difflib
import json
from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from kiosk import address, spoken
from kiosk.cli.home import opened
from kiosk.cli.survey import survey
from kiosk.decoder import Decoder
from kiosk.errors import Mistakes, Words
from kiosk.face import SPOKEN
from kiosk.files import Home
from kiosk.folder import TICKER, folder_of
from kiosk.holidays import FILE
from kiosk.library import Library, Refused
from kiosk.look import look
from kiosk.model.layout import Zone
from kiosk.model.slides import Slide
from kiosk.model.workdays import unknown_years
from kiosk.reading import refusals, text_of
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
        *_unplayed(config, found),
        *_unspoken(config, found),
        *(Refused("kiosk.toml", words) for words in _doubts(home, config)),
        *(Refused(FILE, words) for words in _unknown_holidays(config, today)),
        *(Refused(name, words) for name, one in sights.items() for words in one.doubts()),
    )
    if chosen.json:
        print(json.dumps(_report(home, config, found, sights, notes), ensure_ascii=False, indent=2))
    else:
        _print(home, config, found, sights, notes)
    return 1 if found.refused else 0


def _doubts(home: Home, config: Config) -> Iterator[Words]:
    """What is written rightly and still cannot be meant: no such place, no such folder, no way for phones."""
    screen = config.settings.screen
    slugs = [place.slug for place in config.places.place]
    if slugs and screen.place not in slugs:
        near = (difflib.get_close_matches(screen.place, slugs, n=1) or slugs)[0]
        yield Words(
            f"screen.place = “{screen.place}”不在 places.toml 里，居民扫码后看不出是哪里。是不是“{near}”？",
            f'screen.place = "{screen.place}" is not in places.toml, so the QR names no known place; '
            f'did you mean "{near}"?',
        )
    if screen.playlist and not (home.content / screen.playlist).is_dir():
        yield Words(
            f"content 里没有“{screen.playlist}”文件夹，所以屏幕上没有画面。请建它，或改 screen.playlist。",
            f'There is no folder "{screen.playlist}" in content, so the screen shows nothing of yours. '
            "Make it, or change screen.playlist.",
        )
    yield from _doubts_of_zones(home, config)
    warning = address.feedback(config, screen.place).warning
    if warning:
        yield warning


def _unknown_holidays(config: Config, today: date) -> Iterator[Words]:
    """The holidays of a year are known from a notice that comes out in the autumn before."""
    for year in unknown_years(config.holidays, today):
        yield Words(
            f"还不知道{year}年的节假日安排，工作日先按周一到周五算。通知公布后请写进 config/{FILE}。",
            f"The holidays of {year} are not known yet; Monday to Friday counts as working days. "
            f"Write them into config/{FILE} when the notice is out.",
        )


def _doubts_of_zones(home: Home, config: Config) -> Iterator[Words]:
    """Zones beside the main one whose folder is missing, or holds what does not play there."""
    for zone in config.layout.playing[1:]:
        if zone.playlist and not (home.content / zone.playlist).is_dir():
            yield Words(
                f"区域“{zone.name}”播放 content 里的“{zone.playlist}”文件夹，但没有这个文件夹。请建它。",
                f'The zone "{zone.name}" plays the folder "{zone.playlist}" inside content, '
                "which is not there. Make it.",
            )


def _unplayed(config: Config, found: Library) -> Iterator[Refused]:
    """Slides with video or sound in zones that stand still."""
    for zone in config.layout.playing[1:]:
        playlist = found.playlist(zone.playlist, config.settings.screen.place)
        for slide in playlist.slides:
            if playlist.still.named(slide.name) is None:
                words = Words(
                    f"视频、直播和声音只在主要区域播放，“{zone.name}”里不放它。",
                    f'Video, streams and sound play in the main zone only, so "{zone.name}" leaves it out.',
                )
                yield Refused(slide.file, words)


def _unspoken(config: Config, found: Library) -> Iterator[Refused]:
    """Zones for lines of words that have none, or whose file cannot be read."""
    for folder in {zone.playlist for zone in config.layout.widgets if zone.widget in SPOKEN}:
        asset = spoken.file(found.files, folder)
        if asset is None:
            yield Refused(TICKER, _WORDLESS)
            continue
        try:
            text_of(asset)
        except Mistakes as mistakes:
            yield from refusals(asset.name, mistakes)


_WORDLESS = Words(
    "有一块区域等着文字，但 content 里没有 ticker.txt。请建它，一行一条。",
    "A zone waits for words, and there is no ticker.txt in content. Make it, a message a line.",
)


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
