"""What people are told when something went wrong: a sentence, and a way on."""

from http import HTTPStatus

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kiosk.errors import Words

_SAID = {
    HTTPStatus.NOT_FOUND: Words("没有这一页。", "There is no such page."),
    HTTPStatus.METHOD_NOT_ALLOWED: Words("这里不能这样打开。", "This page cannot be opened this way."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Words(
        "内容太长，没有收到。请返回上一页，删短以后再发。",
        "That was too long and is not received. Please go back, shorten it, and send it again.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Words(
        "出了点问题，没有办成。请返回上一页再试一次。",
        "Something went wrong on our side. Please go back and try once more.",
    ),
}
_ELSE = Words("这个请求看不懂。", "We could not understand this request.")


def register(app: Flask) -> None:
    """Answer every mishap of `app` with a page in words."""

    @app.errorhandler(HTTPException)
    def told(error: HTTPException) -> ResponseReturnValue:
        code = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        response = Response(status=code, headers=_headers(error), mimetype="text/html")
        response.set_data(render_template("mishap.html", said=_SAID.get(code, _ELSE), code=int(code)))
        return response


def _headers(error: HTTPException) -> list[tuple[str, str]]:
    """What the error itself has to say in headers, such as the methods allowed."""
    return [pair for pair in error.get_headers() if pair[0].casefold() != "content-type"]
