"""What is done with a resident's words while they wait: masked, looked through for danger, compared."""

import random
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import masked

from kiosk.model.hints import hints
from kiosk.model.masking import mask
from kiosk.model.similar import nearest, shape
from tests.bench.table import Row, spread

LONGEST = 500
CANDIDATES = 2000


def measure(folder: Path, quick: bool) -> list[Row]:
    """Texts as long as they may be, put together from the examples of masking."""
    many, dice = (20 if quick else 200), random.Random(7)
    lines = (Path(__file__).parents[1] / "masking_examples.txt").read_text("utf-8").splitlines()
    said = [line.translate({ord(sign): None for sign in "{}<>"}) for line in lines if line and line[0] != "#"]
    texts = ["，".join(dice.sample(said, 40))[:LONGEST] for _ in range(many)]
    others = [shape("，".join(dice.sample(said, 2))) for _ in range(CANDIDATES)]
    chinese = masked.total("", masked.scores(masked.chinese(masked.examples())))
    return [
        Row(f"missed by masking, of {chinese.pieces} in {chinese.texts} Chinese texts", "", chinese.missed),
        Row(f"hidden for nothing, of {chinese.texts} Chinese texts", "", chinese.alarms),
        *spread(f"{LONGEST} characters masked", _spent(mask, texts)),
        *spread(f"{LONGEST} characters looked through for hints", _spent(hints, texts)),
        *spread(
            f"compared with {CANDIDATES} reports", _spent(lambda text: nearest(shape(text), others), texts)
        ),
        *spread("a report made ready to be compared", _spent(shape, texts)),
    ]


def _spent(what: Callable[[str], object], texts: list[str]) -> list[float]:
    return [_timed(what, text) for text in texts]


def _timed(what: Callable[[str], object], text: str) -> float:
    begin = perf_counter()
    what(text)
    return perf_counter() - begin
