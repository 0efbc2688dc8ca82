"""Two people change one slide: what each of them did, so that nobody's words are lost. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]
"""What stands in each field of a form, as text, by the name of the field."""


@dataclass(frozen=True)
class Settled:
    """Names of fields: `theirs` only others have changed, `clashes` both have, and not to the same."""

    theirs: frozenset[str] = frozenset()
    clashes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.theirs or self.clashes)


def settled(was: Texts, now: Texts, mine: Texts) -> Settled:
    """Compare what I typed with what stands there now; `was` is what stood there when I began.

    A field of which nobody knows what it was is both of ours.
    """
    apart = [name for name in now if name in mine and mine[name] != now[name]]
    theirs = frozenset(name for name in apart if was.get(name) == mine[name])
    mine_alone = {name for name in apart if was.get(name) == now[name]}
    return Settled(theirs, tuple(name for name in apart if name not in theirs | mine_alone))


def packed(texts: Texts) -> str:
    """The texts for a hidden field of the form, to be read by `unpacked`."""
    return json.dumps(dict(texts), ensure_ascii=False, separators=(",", ":"))


def unpacked(given: str) -> dict[str, str]:
    """The texts again; none of what is not of this shape."""
    try:
        said = json.loads(given)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: text for name, text in said.items() if isinstance(text, str)}
