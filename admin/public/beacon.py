"""`POST /T`: in a form somebody has begun to write. No cookie, no person: a count for slide and place."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from admin.counters import What
from admin.public import funnel, tokens
from admin.public.counting import Counting
from admin.public.desk import Desk


def pages(desk: Desk, counting: Counting) -> Blueprint:
    """It answers with nothing, whatever was sent: nobody waits for it."""
    blueprint = Blueprint("beacon", __name__)

    @blueprint.post("/T")
    def begun() -> ResponseReturnValue:
        at = desk.now()
        try:
            token = tokens.read(desk.secrets, request.form.get("token", ""), at)
        except tokens.Stale:
            return "", HTTPStatus.NO_CONTENT
        counting.begun(token.nonce, funnel.key(desk, token, What.STARTED, at))
        return "", HTTPStatus.NO_CONTENT

    return blueprint
