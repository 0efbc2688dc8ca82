"""The authorisation table, said a second time: each route, and who may use it. One line for a new route.

`test_staff_doors.py` holds it against `admin/roles.py` and against what the app does.
"""

from itertools import product
from typing import NamedTuple

ROLES = {"A": "administrator", "E": "editor", "R": "reviewer", "H": "handler", "S": "supervisor"}
ALL = "AERHS"
ANYONE = "everyone, logged in or not"

DOORS = {
    "setup.form": ANYONE,
    "setup.create": ANYONE,
    "login.form": ANYONE,
    "login.enter": ANYONE,
    "login.code": ANYONE,
    "live.page": ANYONE,
    "live.state": ANYONE,
    "live.picture": ANYONE,
    "statics.file": ANYONE,
    "login.leave": ALL,
    "me.page": ALL,
    "me.first": ALL,
    "me.change": ALL,
    "me.end": ALL,
    "me.end_others": ALL,
    "second.form": ALL,
    "second.switch_on": ALL,
    "second.switch_off": ALL,
    "people.overview": "A",
    "people.add": "A",
    "people.change": "A",
    "people.reset": "A",
    "people.off": "A",
    "people.on": "A",
    "people.end": "A",
    "history.overview": "ARS",
    "history.table": "ARS",
    "slides.overview": ALL,
    "slides.following": ALL,
    "slides.thumbnail": ALL,
    "editing.form": ALL,
    "editing.save": "AE",
    "editing.insert": "AE",
    "editing.look": "AE",
    "writing.choose": "AE",
    "writing.form": "AE",
    "writing.save": "AE",
    "writing.picture": "AE",
    "writing.example": "AE",
    "order.move": "AE",
    "many.do": "AE",
    "more.page": "AE",
    "changes.undo": "AE",
    "playlists.make": "AE",
    "playlists.rename": "AE",
    "playlists.remove": "AE",
    "removed.overview": "AER",
    "removed.restore": "AER",
    "uploads.begin": "AE",
    "uploads.state": "AE",
    "uploads.piece": "AE",
    "uploads.finish": "AE",
    "uploads.form": "AE",
    "tray.picture": "AER",
    "tray.put_up": "AER",
    "tray.discard": "AER",
    "removal.remove": "AER",
    "removal.undo": "AER",
    "urgent.form": "AER",
    "urgent.draw": "AER",
    "urgent.end": "AER",
    "urgent.picture": "AE",
    "urgent.put_up": "AE",
    "inbox.overview": "ARH",
    "inbox.keep_view": "ARH",
    "inbox.drop_view": "ARH",
    "entry.form": "ARH",
    "entry.take": "ARH",
    "entry.print_slip": "ARH",
    "report.page": "ARH",
    "report.move": "ARH",
    "report.note": "ARH",
    "report.assign": "ARH",
    "report.extend": "AR",
    "report.contact": "AR",
    "report.forget": "A",
    "answering.write": "ARH",
    "case_pictures.page": "ARH",
    "case_pictures.picture": "ARH",
    "case_pictures.cover": "ARH",
    "case_pictures.add": "ARH",
    "publication.page": "AR",
    "publication.put_up": "AR",
    "publication.withdraw": "AR",
    "publication.look": "AR",
    "publication.picture": "AR",
    "publication.sheet": "ARH",
    "week.page": ALL,
    "timing.told": "AER",
    "naming.listing": "A",
    "naming.save": "A",
    "settings.mend": "A",
    "settings.overview": "A",
    "settings.save": "A",
    "settings.section": "A",
    "settings.take_back": "A",
    "asking.begin": ALL,
    "asking.page": ALL,
    "posters.page": "AES",
    "posters.posters": "AES",
    "posters.picture": "AES",
    "posters.paper_form": "AES",
    "posters.form_picture": "AES",
    "reach.page": ALL,
    "reach.table": ALL,
}


class Knock(NamedTuple):
    """One try of the table: `who` is a letter of `ROLES`, "" for nobody."""

    endpoint: str
    who: str

    @property
    def opens(self) -> bool:
        """Is this door theirs?"""
        whose = DOORS[self.endpoint]
        return whose is ANYONE or bool(self.who and self.who in whose)


KNOCKS = tuple(Knock(*one) for one in product(DOORS, ("", *ROLES)))
