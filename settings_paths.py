"""Which requests are whose: the path patterns of the services, held against each other and against the static site's."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from settings_errors import Problem
from settings_service import Service

WILDCARDS_QUOTA = 6
"""Wildcards in one listener rule, fixed by AWS."""
SITE_PATHS = ("/", "/assets/*")


def routing(services: Mapping[str, Service]) -> Iterator[Problem]:
    """What is wrong with the paths and the order of the services."""
    for (one, first), (two, second) in combinations(services.items(), 2):
        if first.priority == second.priority:
            yield Problem(f"switchyard:services.{two}.priority", second.priority, f"is {one}'s too: give each service its own")
        for path, taken in product(second.paths, first.paths):
            if overlap(path, taken):
                yield Problem(f"switchyard:services.{two}.paths", path, f"overlaps {taken} of {one}: a path belongs to one service")
    for name, service in services.items():
        yield from _paths(f"switchyard:services.{name}.paths", service.paths)


def _paths(key: str, paths: tuple[str, ...]) -> Iterator[Problem]:
    for path in paths:
        if any(overlap(path, owned) for owned in SITE_PATHS):
            fix = "choose a prefix of the service's own, for example /api/*"
            yield Problem(key, path, f"takes {', '.join(SITE_PATHS)} or all of them, which belong to the static site: {fix}")
    for path, twin in combinations(paths, 2):
        if overlap(path, twin):
            yield Problem(key, path, f"overlaps {twin}: keep the wider one")
    wildcards = sum(path.count("*") + path.count("?") for path in paths)
    if wildcards > WILDCARDS_QUOTA:
        yield Problem(key, f"{wildcards} wildcards", f"are more than the {WILDCARDS_QUOTA} that AWS allows a listener rule")


def overlap(one: str, two: str) -> bool:
    """Whether some path matches both patterns, `*` being any run of characters and `?` any one."""
    reached: dict[tuple[int, int], bool] = {}

    def meet(i: int, j: int) -> bool:
        if (i, j) not in reached:
            a, b = one[i : i + 1], two[j : j + 1]
            reached[i, j] = (
                (not a and not b)
                or (a == "*" and (meet(i + 1, j) or (bool(b) and meet(i, j + 1))))
                or (b == "*" and (meet(i, j + 1) or (bool(a) and meet(i + 1, j))))
                or (bool(a) and bool(b) and (a == b or "?" in (a, b)) and "*" not in (a, b) and meet(i + 1, j + 1))
            )
        return reached[i, j]

    return meet(0, 0)
