"""The table that a run prints."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from statistics import median, quantiles

NOTHING = "—"


@dataclass(frozen=True)
class Row:
    """One measure: what to reach, our value, and each peer's; `unit` follows every value."""

    what: str
    unit: str
    ours: float
    reach: float | None = None
    peers: dict[str, float] = field(default_factory=dict)


def markdown(rows: Iterable[Row], peers: list[str]) -> str:
    """The rows as a Markdown table, with our value divided by each peer's."""
    heads = ["what", "reach", "kiosk", *peers, *(f"÷ {peer}" for peer in peers), ""]
    lines = [heads, ["---"] * len(heads), *([*_cells(row, peers)] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Row, peers: list[str]) -> list[str]:
    values = [row.peers.get(peer) for peer in peers]
    ratios = [f"{row.ours / value:.2f}" if value else NOTHING for value in values]
    shown = [_number(value, row.unit) for value in (row.reach, row.ours, *values)]
    met = "" if row.reach is None else "✓" if row.ours <= row.reach else "✗"
    return [row.what, f"≤ {shown[0]}" if row.reach is not None else NOTHING, *shown[1:], *ratios, met]


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return NOTHING
    return f"{value:.0f} {unit}" if value >= 100 or value == int(value) else f"{value:.3g} {unit}"


def spread(what: str, seconds: list[float], p50: float | None = None, p99: float | None = None) -> list[Row]:
    """Rows for the median and the 99th percentile of many durations, in milliseconds."""
    return [
        Row(f"{what}, p50 of {len(seconds)}", "ms", median(seconds) * 1000, p50),
        Row(f"{what}, p99 of {len(seconds)}", "ms", percentile(seconds, 99) * 1000, p99),
    ]


def percentile(values: list[float], part: int) -> float:
    """The value below which `part` per cent lie; of few values it is nearly the largest."""
    return quantiles(values, n=100, method="inclusive")[part - 1] if len(values) > 1 else values[0]


def heading(peers: list[str]) -> str:
    """Date, machine and versions, without which figures say nothing."""
    programs = [f"Python {platform.python_version()}", f"pygame-ce {version('pygame-ce')}"]
    programs += [f"{peer} {_version(peer)}" for peer in peers]
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    when = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z")
    return f"{when} · {os.cpu_count()} cores, {load} · Xvfb 1920×1080 · {' · '.join(programs)}"


def _version(program: str) -> str:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)+", told)
    return found.group() if found else ""
