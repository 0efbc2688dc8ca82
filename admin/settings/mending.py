"""Files of `config/` that hold mistakes, put back to the last settings that had none."""

from admin.office import Office
from admin.settings import files, undo
from kiosk import files as disk
from kiosk import last_good
from kiosk import settings as configuration
from kiosk.concerns import Half
from kiosk.errors import Refusal, Words

_NOTHING = Words("没有上一份好的设置。", "There are no earlier settings without mistakes.")


def good(here: Office) -> bool:
    """Is there something to put back?"""
    return last_good.kept(here.home) is not None


def mend(here: Office, account: str) -> Half:
    """Put the files with mistakes back; as they are now they are kept in `state/`. Raises `LinliError`."""
    reading, kept = files.read(here), last_good.texts(here.home)
    if kept is None:
        raise Refusal(_NOTHING)
    names = sorted({mistake.file for mistake in reading.wrong})
    after = {**reading.texts, **{name: kept[name] for name in names if name in kept}}
    for name in names:
        if name not in kept:
            after.pop(name, None)
    configuration.judged(here.home, after)
    pages = []
    for name in names:
        path = here.home.config / name
        if path.is_file():
            with disk.writing(path):
                disk.write(here.home.state / f"settings-broken-{name}", path.read_bytes(), mode=0o600)
        pages.append(undo.Page(f"config/{name}", files.text_of(path), after.get(name)))
    at = here.now().isoformat(timespec="seconds")
    return files.carry_out(here, account, "settings.mend", undo.Change("mend", account, at, tuple(pages)))
