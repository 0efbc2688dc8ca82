import subprocess
import sys

FRAMES = """
import threading
from pathlib import Path
from kiosk.player.memory import return_large_blocks
{setting}
def load():
    for _ in range(20):
        kept = [bytearray(8_294_400) for _ in range(4)]
        del kept
for _ in range(4):
    thread = threading.Thread(target=load)
    thread.start()
    thread.join()
    load()
rollup = Path("/proc/self/smaps_rollup").read_text()
print(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Rss:")))
"""


def resident_kilobytes(setting: str) -> int:
    answer = subprocess.run(
        [sys.executable, "-c", FRAMES.format(setting=setting)], capture_output=True, check=True
    )
    return int(answer.stdout)


def test_freed_frames_go_back_to_the_system():
    kept, returned = resident_kilobytes(""), resident_kilobytes("assert return_large_blocks()")

    assert returned < kept
    assert returned < 40_000
