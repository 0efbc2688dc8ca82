"""What was noticed about a report as it came in, for its row in the inbox and for its page. Pure."""

from dataclasses import dataclass

from admin.records import Report
from kiosk.errors import Words
from kiosk.model import flags
from kiosk.model.cases import State
from kiosk.model.flags import FLAG_WORDS, IN_SHORT, LOUD, Flag
from kiosk.model.origins import PRESENCE_WORDS, Presence

_OLD_CODE = Words("旧码", "Old code")


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing: whole, and in a word or two, "" where a row does not tell it. What is `loud` comes first."""

    words: Words
    short: Words
    loud: bool = False


def of(report: Report) -> tuple[Noticed, ...]:
    """All of it, what is loud first. Whoever has moved the case has looked: then it counts."""
    seen = report.state is not State.RECEIVED
    found = [one for one in flags.read(report.flags) if not (seen and one is Flag.FIRST)]
    told = [Noticed(FLAG_WORDS[one], IN_SHORT[one], one in LOUD) for one in found]
    return tuple(sorted(told, key=lambda one: not one.loud)) + _scanned(Presence(report.presence))


def _scanned(presence: Presence) -> tuple[Noticed, ...]:
    words = PRESENCE_WORDS.get(presence)
    if words is None:
        return ()
    return (Noticed(words, _OLD_CODE if presence is Presence.STALE else Words("", "")),)
