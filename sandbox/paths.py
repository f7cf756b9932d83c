"""Where the checkout is, and the ignored folder in it that holds everything the project makes."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

HOME = ROOT / ".switchyard"
"""Engine, sandboxes and rehearsals; deleting it costs time, nothing else."""
