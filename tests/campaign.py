"""How long the long tests are: `make campaign` runs them at full size, `make test` at a tenth of it.

Properties are tried with the same examples in each `make test`, so that it says the same twice; the campaign
tries ten times as many, and others each time.
"""

import os

CAMPAIGN = os.environ.get("CAMPAIGN") == "1"


def tries(usual: int) -> int:
    """How many examples a property is tried with."""
    return 10 * usual if CAMPAIGN else usual
