"""The files of the settings: what stands in them, and changing them so that nothing else is lost."""

import difflib
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from admin import db, trail
from admin.office import Office
from admin.settings import undo
from kiosk import files, pen
from kiosk import settings as configuration
from kiosk.concerns import Half, touched
from kiosk.errors import LinliError, Mistake, Mistakes, Refusal, Words
from kiosk.files import Home
from kiosk.settings import Config, Texts

CHANGED = Words(
    "您打开页面以后，别人改过这些设置。您填的还在下面，请核对后再保存一次。",
    "Somebody changed these settings after you opened this page. "
    "What you typed is kept below; check it and save again.",
)
_BETWEEN = Words(
    "文件正在被别人改，没有保存。请再试一次。",
    "Somebody is just changing the file, so nothing was saved. Please try again.",
)


@dataclass(frozen=True)
class Reading:
    """What stands in `config/` now: the texts, what they come to, and every mistake.

    With mistakes `config` is what holds until they are mended.
    """

    texts: Texts
    config: Config
    wrong: tuple[Mistake, ...] = ()


def read(here: Office) -> Reading:
    """The files as they are at this moment."""
    found: list[Mistake] = []
    texts = configuration.texts(here.home.config, found)
    try:
        return Reading(texts, configuration.judged(here.home, texts, found))
    except Mistakes as mistakes:
        return Reading(texts, here.config, mistakes.found)


def version(values: object) -> str:
    """Changes whenever the values of a page do."""
    return hashlib.sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()[:16]


def penned(reading: Reading, file: str, changes: Mapping[str, object]) -> Texts:
    """The texts with these keys of one file changed. Raises `Refusal` where it cannot be done here."""
    if not changes:
        return reading.texts
    try:
        return {**reading.texts, file: pen.changed(reading.texts.get(file, ""), changes)}
    except ValueError as error:
        raise Refusal(Words("这个文件读不懂，没有改。", "This file cannot be read and was left.")) from error


def keep(
    here: Office, account: str, subject: str, reading: Reading, after: Texts, words: Mapping[Path, str | None]
) -> Half:
    """Write what has changed, to be undone once, and note it; tells who has to start again for it.

    `words` are whole texts outside of `config/`; None removes. Raises `LinliError`; then all is as it was.
    """
    new: dict[Path, str | None] = {here.home.config / name: text for name, text in after.items()}
    new = {path: text for path, text in {**new, **words}.items() if text != text_of(path)}
    if {name: text_of(here.home.config / name) for name in reading.texts} != reading.texts:
        raise Refusal(_BETWEEN)
    change = undo.Change(
        subject,
        account,
        here.now().isoformat(timespec="seconds"),
        tuple(undo.Page(_name(here.home, path), text_of(path), text) for path, text in new.items()),
    )
    return carry_out(here, account, "settings.save", change)


def take_back(here: Office, account: str, change: undo.Change) -> Half:
    """Undo. Raises `Mistakes` where that would bring a mistake back."""
    texts = dict(read(here).texts)
    for page in change.pages:
        name = Path(page.path).name
        if page.path == f"config/{name}" and page.after is not None:
            texts[name] = page.after
        elif page.path == f"config/{name}":
            texts.pop(name, None)
    configuration.judged(here.home, texts)
    return carry_out(here, account, "settings.undo", change)


def carry_out(here: Office, account: str, action: str, change: undo.Change) -> Half:
    """Put the pages of a change onto the disk, remember how to go back, and note it."""
    if not change.pages:
        return Half.NONE
    before = read(here).config
    undo.remember(here.home, change)
    try:
        put(here.home, change.pages)
    except LinliError:
        undo.forget(here.home)
        raise
    with db.session(here.engine) as rows:
        old, new = _told(change)
        trail.note(rows, here.now(), account, action, change.subject, old, new)
    after = read(here).config
    arranged = Half.PLAYER if before.layout != after.layout else Half.NONE
    return touched(before, after) | arranged


def put(home: Home, pages: Sequence[undo.Page]) -> None:
    """Write all files or none, each whole at every moment; a link stays one. Raises `LinliError`."""
    ready: list[tuple[Path, Path | None]] = []
    try:
        for page in pages:
            path = (home.root / page.path).resolve()
            with files.writing(path):
                ready.append((path, _beside(path, page.after)))
        for path, finished in ready:
            with files.writing(path):
                finished.replace(path) if finished else path.unlink(missing_ok=True)
    finally:
        for _, finished in ready:
            if finished:
                finished.unlink(missing_ok=True)


def _beside(path: Path, text: str | None) -> Path | None:
    """The new file under a name of no account, on the disk and with the rights of the old one."""
    if text is None:
        return None
    finished = path.with_name(f"{files.TEMPORARY}{os.getpid()}-{path.name}")
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    files.write(finished, text.encode(), mode=mode)
    return finished


def text_of(path: Path) -> str | None:
    """The text of a file to the byte; None if there is none, or none that could be read."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _name(home: Home, path: Path) -> str:
    return path.relative_to(home.root).as_posix()


def _told(change: undo.Change) -> tuple[str, str]:
    """The lines that are gone, and those that came."""
    gone, came = [], []
    for page in change.pages:
        lines = difflib.ndiff((page.before or "").splitlines(), (page.after or "").splitlines())
        for line in lines:
            if line.startswith("- "):
                gone.append(line[2:])
            elif line.startswith("+ "):
                came.append(line[2:])
    return "\n".join(gone), "\n".join(came)
