"""What the form says once before it sends; whoever presses "send" again has it sent as it is.

Nothing here is ever a reason not to take a report. Each reminder has a mark of its own, which comes back in
the form once it was shown: so words that were mended are asked about only for what is new in them.
"""

import hashlib
from collections.abc import Sequence

from admin.public.extras import Extras
from kiosk.errors import Words
from kiosk.model.hints import Hint, hints

UNTICKED = Hint(
    Words(
        "您写了称呼或电话，但没有勾选同意。不勾选也一样办，只是发送以后不会保存它。",
        "You wrote a name or a phone number, but the box is not ticked. "
        "Without it we handle your report all the same, and do not keep the contact.",
    )
)


def reminders(words: str, extras: Extras) -> tuple[Hint, ...]:
    """All there is to say about what was filled in, the gravest first; nothing for most."""
    unticked = (UNTICKED,) if extras.written and not extras.reach else ()
    return (*hints(words), *unticked)


def unseen(found: Sequence[Hint], seen: str) -> bool:
    """Is there one that has not been shown yet? `seen` has the marks that came back."""
    return not {_mark(one) for one in found} <= set(seen.split("."))


def marks(found: Sequence[Hint]) -> str:
    """The marks of all of them, for the form to bring back."""
    return ".".join(_mark(one) for one in found)


def numbers(found: Sequence[Hint]) -> tuple[str, ...]:
    """Whom to call first, each once, as the gravest say it."""
    return tuple(dict.fromkeys(number for one in found for number in one.numbers))


def _mark(hint: Hint) -> str:
    return hashlib.sha256(hint.words.zh.encode()).hexdigest()[:8]
