"""Office files made into PDF by LibreOffice, where it is installed. Cheap to import.

LibreOffice is started anew for each file, with a profile that is thrown away: it opens nothing that
a file refers to, on the network or on this machine, and runs no macro.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from kiosk.errors import Refusal, Words
from kiosk.files import TEMPORARY
from kiosk.formats import content

PROGRAMS = ("soffice", "libreoffice")
ELSEWHERE = ("/opt", "libreoffice*/program/soffice")
"""Where LibreOffice's own packages put it, out of the search path."""

MOST_UNPACKED = 1_000_000_000
MOST_PARTS = 20_000

_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_LOCKED_OLE = "EncryptedPackage".encode("utf-16-le")
_LOCKED_ODF = b"encryption-data"
_PART = 1 << 20

EXPORT = Words(
    "请在电脑上打开它，导出（另存为）PDF 再上传，每一页就是一张画面。",
    "Open it on a computer, export it as PDF and upload that: every page becomes a slide.",
)
MISSING = Words(
    f"这台机器没有装 LibreOffice，不能直接显示 Office 文件。{EXPORT.zh}",
    f"LibreOffice is not installed here, so office files cannot be shown as they are. {EXPORT.en}",
)
FAILED = Words(
    f"LibreOffice 打不开这个文件：它已损坏、有密码，或者太复杂。{EXPORT.zh}",
    f"LibreOffice cannot open this file: it is damaged, has a password, or is too complex. {EXPORT.en}",
)
LOCKED = Words(
    "这个文件有密码。请去掉密码再上传，或者导出 PDF 再上传。",
    "This file has a password. Take it off, or export a PDF without one.",
)
DAMAGED = Words(
    f"这个文件不完整或者已损坏，多半是没有复制完。请重新复制原文件，还不行的话，{EXPORT.zh}",
    f"This file is incomplete or damaged. Copy the original again. If that does not help: {EXPORT.en}",
)
TOO_LARGE = Words(
    f"这个文件解开以后大得不正常，所以没有打开。{EXPORT.zh}",
    f"This file unpacks to far too much, so it was not opened. {EXPORT.en}",
)


class Failed(Refusal):
    """LibreOffice has failed, perhaps not because of the file."""


def program() -> str | None:
    """The command of LibreOffice, if it is installed."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found:
        return found
    root, pattern = ELSEWHERE
    return next((str(one) for one in sorted(Path(root).glob(pattern), reverse=True)), None)


def convert(path: Path, folder: Path) -> str:
    """Put the PDF of the office file `path` into `folder`, unless it is there: `made_of(folder, digest)`.

    Returns the digest, the SHA-256 of the file. Raises `Refusal` and `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear_up(folder)
    with tempfile.TemporaryDirectory(prefix=f"{TEMPORARY}{os.getpid()}-", dir=folder) as room:
        # A copy with a plain name: LibreOffice is told of no odd name and puts no lock beside ours.
        copy = Path(room, "document" + path.suffix.casefold())
        digest = _copied(path, copy)
        target = made_of(folder, digest)
        if not target.exists():
            _check(copy)
            _keep(_converted(copy, Path(room)), target)
    return digest


def made_of(folder: Path, digest: str) -> Path:
    """Where the PDF of a file with that digest is kept."""
    return folder / f"{digest}.pdf"


def _copied(path: Path, copy: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, copy.open("wb") as target:
        while part := source.read(_PART):
            digest.update(part)
            target.write(part)
    return digest.hexdigest()


def _check(path: Path) -> None:
    """Raise `Refusal` for what is no office file, for LibreOffice opens nearly anything."""
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        raise Refusal(content.EMPTY)
    if head.startswith(_ZIP):
        _check_parts(path)
    elif head.startswith(_OLE):
        if _LOCKED_OLE in path.read_bytes():
            raise Refusal(LOCKED)
    elif not head.startswith(_RTF):
        raise Refusal(_no_office(path, head))


def _check_parts(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            listed = parts.infolist()
            names = {part.filename for part in listed}
            unpacked = sum(part.file_size for part in listed)
            if unpacked > MOST_UNPACKED or len(listed) > MOST_PARTS:
                raise Refusal(TOO_LARGE)
            if "META-INF/manifest.xml" in names and _LOCKED_ODF in parts.read("META-INF/manifest.xml"):
                raise Refusal(LOCKED)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Refusal(DAMAGED) from error
    if not names & {"[Content_Types].xml", "mimetype"}:
        raise Refusal(_no_office(path, _ZIP))


def _converted(source: Path, room: Path) -> Path:
    """The PDF that LibreOffice makes of `source`, in `room`. Raises `Failed`."""
    profile = room / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    command = [program() or PROGRAMS[0], f"-env:UserInstallation={profile.as_uri()}", *_QUIETLY]
    # `close_fds`: it must hold the pipe whose end is the end of this whole group of processes.
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(room), str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(room), "TMPDIR": str(room), **_WORDS},
        cwd=room,
        close_fds=False,
        check=False,
    )
    made = source.with_suffix(".pdf")
    if not made.is_file() or not made.stat().st_size:
        raise Failed(FAILED)
    return made


def _keep(made: Path, target: Path) -> None:
    """Whole or not at all, a power cut included."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(target)


def _clear_up(folder: Path) -> None:
    """Remove what converters left that were killed at work."""
    for left in folder.glob(f"{TEMPORARY}*"):
        if not Path("/proc", left.name.removeprefix(TEMPORARY).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)


def _no_office(path: Path, head: bytes) -> Words:
    what = content.thing(head)
    return Words(
        f"名字以 {path.suffix} 结尾，内容却是{what.zh}，打不开。{EXPORT.zh}",
        f"The name ends in {path.suffix}, but this is {what.en}. {EXPORT.en}",
    )


_WORDS = {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
_QUIETLY = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")

_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("org.openoffice.Office.Linguistic/General", "DefaultLocale_CJK", "zh-CN"),
)
"""No link is followed, no macro is run; should one still ask the network, it is told of a proxy that is
none (port 9, RFC 863). What a file does not say is taken for Chinese."""

_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    + "</oor:items>"
)
