"""What the packs' own work costs: milliseconds a rule and resource, on production with 2 and with 20 services."""

import time
from collections.abc import Sequence
from typing import Any

from ops.console import out, table
from policies.rules.analyzer import Analyzer
from policies.rules.catalogue import FAMILIES, rules_of
from policies.rules.protocol import analyzer as protocol
from tests import rendering
from tests.bench.ratio import Ratio
from tests.bench.rendering import ROUNDS, config_of
from tests.policies.driver import TODAY, announced, registered
from tests.policies.test_real_stacks import given_of

SIZES = (2, 20)
MOST_MS = 0.05
"""A rule and resource may cost so much."""


def measure() -> list[Ratio]:
    """Print the figures, and return those of each pack and size."""
    rows, found = [], []
    for size in SIZES:
        stack = [given_of(each, preview=False) for each in rendering.render("prod", config_of(size), preview=False)]
        resources, whole = [announced(each) for each in stack], protocol.AnalyzeStackRequest(resources=map(registered, stack))
        for family in FAMILIES:
            seconds, rules = min(_seconds(family, resources, whole) for _ in range(ROUNDS)), len(rules_of(family))
            each_ms = seconds * 1000 / rules / len(stack)
            rows.append((str(size), str(len(stack)), family, str(rules), f"{seconds:.2f}", f"{each_ms:.4f}"))
            found.append(Ratio(f"ms a rule of {family} and resource of {size} services", each_ms, MOST_MS))
    table(("services", "resources", "pack", "rules", "seconds", "ms a rule and resource"), rows)
    out.print()
    return found


def _seconds(family: str, resources: Sequence[protocol.AnalyzeRequest], whole: protocol.AnalyzeStackRequest) -> float:
    pack: Any = Analyzer(family, rules_of(family), TODAY)
    begun = time.perf_counter()
    for resource in resources:
        pack.analyze(resource, None)
    pack.analyze_stack(whole, None)
    return time.perf_counter() - begun
