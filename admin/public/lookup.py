"""`/R`: a receipt opens its case, and its holder acts in it. No receipt ever stands in an address."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from admin import db
from admin.public import acts, case
from admin.public.desk import Desk
from admin.public.opening import NotOpened, Opening
from admin.records import Report
from kiosk.errors import LinliError, Words


def pages(desk: Desk, opening: Opening) -> Blueprint:
    """`GET /R` asks for the receipt, `POST /R` shows the case or does what `do` says, and then shows it."""
    blueprint = Blueprint("lookup", __name__)

    def ask() -> ResponseReturnValue:
        return _ask()

    def show() -> ResponseReturnValue:
        typed = request.form.get("receipt", "")
        try:
            digits, report = opening.report(typed)
        except NotOpened as not_opened:
            return _ask(typed, not_opened.words), not_opened.status
        said, problem = _done(desk, report) if "do" in request.form else (None, None)
        page = case.fresh if request.form.get("page") == "receipt" else case.page
        return page(desk, digits, report.id, said=said, problem=problem)

    for path in ("/R", "/r"):
        blueprint.add_url_rule(path, "ask", ask, methods=["GET"])
        blueprint.add_url_rule(path, "show", show, methods=["POST"])
    return blueprint


def _done(desk: Desk, report: Report) -> tuple[Words | None, Words | None]:
    """What came of the deed: what is said about it, or what is wrong with it."""
    try:
        with db.session(desk.engine) as rows:
            held = rows.get_one(Report, report.id)
            return acts.act(rows, desk, held, request.form), None
    except LinliError as error:
        return None, error.words


def _ask(typed: str = "", problem: Words | None = None) -> str:
    return render_template("lookup.html", typed=typed[:40], problem=problem)
