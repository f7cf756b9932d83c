"""What has changed: between two sets of inputs (a diff), and between what was asked for and what is there (drift)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.provider.wire import UNKNOWN

Kind = Literal["ADD", "DELETE", "UPDATE"]


@dataclass(frozen=True)
class Change:
    """One property that differs."""

    path: str
    kind: Kind

    @property
    def name(self) -> str:
        """The property of the resource that the path starts at."""
        return re.split(r"[.\[]", self.path)[0]

    def within(self, properties: Sequence[str]) -> bool:
        """Whether the path is one of these properties or lies in one, list positions aside."""
        path = re.sub(r"\[\d+\]", "", self.path)
        return any(path == wanted or path.startswith((f"{wanted}.", f"{wanted}[")) for wanted in properties)


def same(old: Any, new: Any) -> bool:
    """Whether two values mean the same to AWS: "not set" in its forms, JSON by content, an ARN by its id."""
    if _unset(old) and _unset(new):
        return True
    if isinstance(old, dict) and isinstance(new, dict):
        return not _another_choice(old, new) and all(same(old.get(key), new.get(key)) for key in {*old, *new})
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    if isinstance(old, str) and isinstance(new, str) and old != new:
        return _ends_in(old, new) or _ends_in(new, old) or (_json(old) is not None and _json(old) == _json(new))
    return bool(old == new)


def _another_choice(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two objects choose by naming a member that says nothing more, as `{"block": {}}` does, and name another one."""
    chosen, now = ({name for name, value in options.items() if value == {}} for options in (old, new))
    return bool(chosen and now) and not chosen & now


def _ends_in(arn: str, id_: str) -> bool:
    """Whether one is an ARN and the other the id in it: AWS takes either for most things and answers one of them."""
    return arn.startswith("arn:") and bool(id_) and arn.endswith((f"/{id_}", f":{id_}"))


def _unset(value: Any) -> bool:
    """Whether a value says as little as none at all; 0 is not among these, since a weight of 0 says a lot."""
    return value is None or value is False or value in ("", [], {})


def _json(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def changes(old: Mapping[str, Any], new: Mapping[str, Any], chosen: frozenset[str] = frozenset()) -> Iterator[Change]:
    """Differences between two property maps, as deep as they go.

    A property that AWS chooses when nobody does is no difference when the program stops giving it.
    """
    for name in sorted({*old, *new}):
        if new.get(name) is not None or name not in chosen - {"tagsAll"}:
            yield from _differences(old.get(name), new.get(name), name)


def _differences(old: Any, new: Any, at: str) -> Iterator[Change]:
    if same(old, new) and UNKNOWN not in (old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        if _another_choice(old, new):
            yield Change(at, "UPDATE")
            return
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key), new.get(key), _join(at, key))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            yield from _differences(_item(old, index), _item(new, index), f"{at}[{index}]")
    else:
        yield Change(at, "ADD" if old is None else "DELETE" if new is None else "UPDATE")


def _item(items: list[Any], index: int) -> Any:
    return items[index] if index < len(items) else None


def _join(at: str, key: str) -> str:
    return f"{at}.{key}" if re.fullmatch(r"\w+", key) else at + '["' + key.replace('"', '\\"') + '"]'


def drifted(old: Any, actual: Any) -> Any:
    """Return the inputs as they would have to be for what is there: the old ones where these still hold.

    Only what the inputs speak of is compared. A list in another order is the same list.
    """
    if same(old, actual):
        return old
    if isinstance(old, Mapping) and isinstance(actual, Mapping) and _another_choice(old, actual):
        return actual
    if isinstance(old, Mapping) and isinstance(actual, Mapping):
        kept = {key: drifted(value, actual[key]) if key in actual else value for key, value in old.items()}
        return {key: value for key, value in kept.items() if value is not None or old[key] is None}
    if isinstance(old, list) and isinstance(actual, list):
        return _list_drift(old, actual)
    return actual


def _list_drift(old: list[Any], actual: list[Any]) -> list[Any]:
    """Pair each old member with the one that resembles it most; members that nothing pairs with have come or gone."""
    left = list(actual)
    result = []
    for item in old:
        best = max(left, key=lambda other: _likeness(item, other), default=None)
        if best is not None and _likeness(item, best) > 0:
            left.remove(best)
            result.append(drifted(item, best))
    return result + left


def _likeness(old: Any, actual: Any) -> float:
    """Return how much of the old value is found in the actual one, 0 to 1."""
    if isinstance(old, Mapping) and isinstance(actual, Mapping):
        return sum(_likeness(value, actual.get(key)) for key, value in old.items()) / max(len(old), 1)
    if isinstance(old, list) and isinstance(actual, list):
        return sum(max((_likeness(item, other) for other in actual), default=0) for item in old) / max(len(old), len(actual), 1)
    return float(same(old, actual))
