"""Run the measures that are named, or all, and print one table."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # where conftest finds its neighbours

from tests.bench import (
    buttons,
    drift,
    emergency,
    fades,
    form,
    heavy,
    in_step,
    inbox,
    joins,
    landed,
    large,
    loop,
    photos,
    preview,
    programs,
    proof,
    removed,
    replaced,
    restart,
    slides_page,
    start,
    ticker,
    uploads,
    video,
    voice,
    wall,
    words,
)
from tests.bench.table import Row, heading, markdown

MEASURES = {
    "start": start.measure,
    "restart": restart.measure,
    "replaced": replaced.measure,
    "removed": removed.measure,
    "landed": landed.measure,
    "emergency": emergency.measure,
    "buttons": buttons.measure,
    "fades": fades.measure,
    "loop": loop.measure,
    "video": video.measure,
    "ticker": ticker.measure,
    "joins": joins.measure,
    "in_step": in_step.measure,
    "drift": drift.measure,
    "heavy": heavy.measure,
    "large": large.measure,
    "wall": wall.measure,
    "form": form.measure,
    "uploads": uploads.measure,
    "voice": voice.measure,
    "inbox": inbox.measure,
    "preview": preview.measure,
    "slides_page": slides_page.measure,
    "words": words.measure,
    "photos": photos.measure,
    "proof": proof.measure,
}


def main() -> int:
    """0 if all was measured; a measure that failed is told and makes it 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="邻里屏性能测试 · benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(MEASURES)} (all)")
    parser.add_argument("--quick", action="store_true", help="粗测 · fewer repetitions, rough figures")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(MEASURES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    peers = programs.installed()
    print(heading(peers), flush=True)
    rows, failed = _measured(chosen.names or list(MEASURES), chosen.quick)
    beside = dict.fromkeys([*peers, *(peer for row in rows for peer in row.peers)])
    print(f"\n{markdown(rows, list(beside))}")
    return 1 if failed else 0


def _measured(names: list[str], quick: bool) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    failed = []
    for name in names:
        print(f"正在测 {name} … measuring", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
            try:
                rows += MEASURES[name](Path(folder), quick)
            except (OSError, RuntimeError) as error:
                print(f"{name}: {error}", file=sys.stderr)
                failed.append(name)
    return rows, failed


if __name__ == "__main__":
    sys.exit(main())
