"""The system's Chromium, for tests, pictures and benchmarks.

Its own sandbox does not start as root, where continuous integration often runs.
"""

import os
from pathlib import Path
from typing import Any

PATH = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None)
LAUNCH: dict[str, Any] = {"executable_path": PATH, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}
