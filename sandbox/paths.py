"""Where the checkout is, and the folder that holds everything the project makes."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

HOME = Path(os.environ.get("SWITCHYARD_HOME") or ROOT / ".switchyard").absolute()
"""Engine, sandboxes and rehearsals; deleting it costs time, nothing else. In the checkout (ignored), unless SWITCHYARD_HOME is set."""
