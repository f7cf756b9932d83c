"""Measure everything, print it, and exit 1 where a ratio is above its limit."""

from tests.bench import commands, packs, rendering
from tests.bench.ratio import exit_on_too_slow

exit_on_too_slow([*rendering.measure(), *packs.measure(), *commands.measure()])
