"""`kiosk retain [--dry-run]`: erase what is due now, or only say what would be."""

from collections.abc import Iterator, Sequence

from admin import db, retention
from admin.office import utc_now
from admin.retention import Due
from kiosk import settings
from kiosk.errors import Words
from kiosk.files import Home, prepare
from kiosk.model import notice

_SHOWN = 20  # numbers in a line


def command(home: Home, *, dry_run: bool) -> None:
    """Do it, and print what was done."""
    prepare(home)
    config = settings.load(home)
    engine = db.engine(home, config)
    db.migrate(engine)
    at = utc_now().astimezone(config.settings.zone)
    try:
        found = retention.due(engine, home, at) if dry_run else retention.erase(engine, home, at)
    finally:
        engine.dispose()
    print("\n".join(said(found, dry_run=dry_run)))


def said(found: Due, *, dry_run: bool) -> Iterator[str]:
    """The report, a line for each kind."""
    keeping = notice.current().keeping
    yield _both(Words("将要删除", "would be erased:") if dry_run else Words("已删除", "erased:"))
    yield _line(Words(f"联系方式，结案满 {keeping.contact_days} 天", "contacts"), found.contacts)
    yield _line(Words(f"照片，结案满 {keeping.photo_days} 天", "photos of cases"), found.photos)
    yield _line(Words(f"原话，结案满 {keeping.words_months} 个月", "words"), found.words)
    yield _line(Words("没有登记的照片文件", "files of no case"), found.strays)
    yield f"  {_both(Words('以前各天的网络计数', 'counts of networks of other days'))}: {found.networks}"
    if dry_run:
        yield _both(Words("什么都没有改。", "Nothing was changed."))


def _both(words: Words) -> str:
    return f"{words.zh} {words.en}"


def _line(kind: Words, names: Sequence[str]) -> str:
    more = "" if len(names) <= _SHOWN else f" … (+{len(names) - _SHOWN})"
    return f"  {_both(kind)}: {len(names)}" + (f"  {' '.join(names[:_SHOWN])}{more}" if names else "")
