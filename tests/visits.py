"""Every page there is, by the endpoint of its view: what axe, the weights and the pictures look at.

A new view for GET needs a row here, or `test_every_page.py` says so. `{…}` are names that a `Showcase`
fills in; where it has no such name, the address is left out.
"""

STAFF: dict[str, tuple[str, ...]] = {
    "setup.form": ("/setup?key={key}",),
    "login.form": ("/login",),
    "slides.overview": ("/", "/?removed={removed}&q={nothing}", "/?up=2&q={nothing}"),
    "more.page": ("/more/{card}",),
    "removed.overview": ("/removed",),
    "editing.form": ("/slide/{card}", "/slide/{photo}?insert=begin", "/slide/{document}"),
    "writing.choose": ("/write",),
    "writing.form": ("/write/notice",),
    "inbox.overview": ("/inbox", "/inbox?open=1", "/inbox?q={nothing}", "/inbox?due=amber"),
    "entry.form": ("/enter",),
    "report.page": ("/report/{open}", "/report/{answered}?done=publish", "/report/{busy}"),
    "case_pictures.page": ("/report/{busy}/photo/{busy_photo}",),
    "publication.page": ("/report/{answered}/publish", "/report/{open}/publish"),
    "urgent.form": ("/urgent", "/urgent?ended={removed}"),
    "live.page": ("/live",),
    "people.overview": ("/people",),
    "history.overview": ("/trail",),
    "me.page": ("/me",),
    "me.first": ("/me/first",),
    "second.form": ("/me/code",),
    "week.page": ("/week", "/week?day=2026-11-25"),
    "asking.begin": ("/why",),
    "asking.page": ("/why/{photo}", "/why/nothing.png"),
    "settings.overview": ("/settings",),
    "settings.section": (
        *("/settings/community", "/settings/light", "/settings/sound"),
        *("/settings/ticker", "/settings/layout", "/settings/slides", "/settings/login"),
    ),
    "naming.listing": ("/settings/list/places", "/settings/list/topics"),
    "posters.page": ("/posters", "/posters?sent=1", "/posters?sent=1&place=A03&paper=a3"),
    "reach.page": ("/reach", "/reach?span=week"),
}
"""For those who are logged in."""

PUBLIC: dict[str, tuple[str, ...]] = {
    "board.board": ("/", "/?big=1"),
    "form.opened": ("/F/A03", "/F", "/f/nowhere?big=1"),
    "lookup.ask": ("/R", "/R?big=1"),
}
"""For residents."""

MISHAPS: tuple[str, ...] = ("/nothing-here",)
"""What is not there, of either."""

PARTS: dict[str, str] = {
    "slides.following": "a part of the first page",
    "slides.thumbnail": "a picture",
    "live.state": "for the script of the page",
    "timing.told": "for the script of the page",
    "history.table": "a table for a spreadsheet",
    "reach.table": "a table for a spreadsheet",
    "writing.picture": "a picture",
    "writing.example": "a picture",
    "live.picture": "a picture",
    "tray.picture": "a picture",
    "publication.picture": "a picture",
    "publication.sheet": "a file",
    "case_pictures.picture": "a picture",
    "urgent.picture": "a picture",
    "posters.posters": "a file",
    "same.part": "a part of the form",
    "pictures.picture": "a picture",
    "posters.picture": "a picture",
    "posters.paper_form": "a file",
    "posters.form_picture": "a picture",
    "statics.file": "a style sheet, a script",
}
"""What answers GET and is no page."""
