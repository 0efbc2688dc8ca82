"""What went wrong, in words: one page for every error, JSON for our own scripts."""

import errno
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from admin import removal
from admin.csrf import Stale
from admin.guard import wants_json
from admin.incoming import TooLarge
from admin.language import spoken
from admin.office import office
from kiosk.errors import DiskFull, LinliError, Words

_log = logging.getLogger(__name__)

DISK_FULL = Words(
    "磁盘快满了，没有保存。请移除不用的画面，或请人清理磁盘，然后再试。",
    "The disk is nearly full and nothing was saved. Remove what is not needed, then try again.",
)
LEAST_BYTES = 1_000_000
"""So much is freed where nobody knows how much is missing."""


def _made_room(count: int) -> Words:
    return Words(
        f"磁盘快满了，没有保存。已把最早移除的 {count} 张画面彻底删掉，腾出了地方，请再试一次。",
        f"The disk is nearly full and nothing was saved. Slides removed earliest are gone for good now "
        f"({count}), so there is room again: please try once more.",
    )


_OURS = Words(
    "程序出错了，没有保存。请再试一次；还不行就把时间告诉管理员。",
    "Something went wrong and nothing was saved. Try again; if it stays, tell the administrator the time.",
)
_BY_KIND: dict[type[LinliError], int] = {Stale: 400, TooLarge: 413, DiskFull: 507}
_BY_CODE = {
    400: Words("这个请求看不懂。请返回再试一次。", "This request was not understood. Go back and try again."),
    401: Words("请先登录。", "Please log in first."),
    403: Words("您没有权限打开这个页面。", "You may not open this page."),
    404: Words("没有这个页面，可能已经移除了。", "There is no such page; it may have been removed."),
    405: Words("这个页面不能这样打开。", "This page cannot be opened that way."),
    409: Words("刚才有人也改了它。请刷新后再试。", "Somebody changed it just now. Reload and try again."),
    413: Words("内容太大了，没有收下。", "This is too large and was not taken."),
    429: Words("试得太多了。请过几分钟再来。", "Too many tries. Please come back in a few minutes."),
}


def install(app: Flask) -> None:
    """Answer every error of `app` in words."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(LinliError, _ours)
    app.register_error_handler(Exception, _unforeseen)


def told(
    words: Words, code: int, reasons: Mapping[str, Words] | None = None, *, unsaved: bool = False
) -> ResponseReturnValue:
    """The answer that says `words`, as a page or for a script; `reasons` by the file they are about.

    What is `unsaved` is a form that its own page, made anew, takes back with everything typed.
    """
    if wants_json():
        return jsonify(mistake=spoken(words)), code
    page = render_template(
        "fault.html",
        words=words,
        code=code,
        reasons=reasons or {},
        before=_before(itself=unsaved),
        unsaved=unsaved,
    )
    return page, code


def _before(*, itself: bool) -> str:
    """The page of ours that led here, "" if none did: the way back. May it be this address `itself`?"""
    sent = urlsplit(request.referrer or "")
    ours = sent.netloc == request.host and (itself or sent.path != request.path)
    return f"{sent.path}?{sent.query}".rstrip("?") if ours else ""


def code_of(error: LinliError) -> int:
    """The status of an answer that says this error."""
    return next((code for kind, code in _BY_KIND.items() if isinstance(error, kind)), 422)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    words = error.description if isinstance(error.description, Words) else _BY_CODE.get(code, _OURS)
    return told(words, code)


def _ours(error: LinliError) -> ResponseReturnValue:
    if isinstance(error, DiskFull):
        return _full(error.words, error.short)
    return told(error.words, code_of(error), unsaved=isinstance(error, Stale))


def _full(words: Words, short: int) -> ResponseReturnValue:
    """No room: what was removed waits for an undo that is worth less than the next slide, so that goes."""
    here = office()
    with here.edits:
        gone = removal.make_room(here.home, here.now(), short or LEAST_BYTES)
    return told(_made_room(gone) if gone else words, 507)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(DISK_FULL, 0)
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return told(_OURS, 500)
