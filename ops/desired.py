"""Things that an account must hold: each knows how to look for itself in AWS and how to make itself, or put itself right."""

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from ops.errors import EngineError

LANDING_ATTEMPTS, LANDING_SECONDS = 10, 3
"""S3 may show a bucket's former configuration for a while after a change."""

Statement = Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """One thing, with what is right in words."""

    name: str
    wanted: str
    """What `look` answers when all is right."""
    look: Callable[[], str]
    """What there is, in words; empty when there is nothing."""
    make: Callable[[], object]
    """Make it, or put right what there is."""


@dataclass(frozen=True)
class Seen:
    """A thing as it was found."""

    thing: Thing
    found: str
    """In words; empty when there is nothing."""

    @property
    def right(self) -> bool:
        """Whether nothing is to be done."""
        return self.found == self.thing.wanted


def seen(things: Sequence[Thing]) -> list[Seen]:
    """Look at each, in order."""
    return [Seen(thing, thing.look()) for thing in things]


def make(thing: Thing) -> None:
    """Make it, and see it in AWS; EngineError when it does not get there."""
    thing.make()
    for attempt in range(LANDING_ATTEMPTS):
        time.sleep(LANDING_SECONDS if attempt else 0)
        found = thing.look()
        if found == thing.wanted:
            return
    raise EngineError(f"{thing.name} was set to {thing.wanted}, and AWS says {found or 'nothing'}.", "Run the command again.", changed=True)


def answer(ask: Callable[[], Mapping[str, Any]], absent: Collection[str]) -> Mapping[str, Any]:
    """What AWS answers; nothing when it says by one of these error codes that there is no such thing."""
    try:
        return ask()
    except ClientError as error:
        if error.response["Error"]["Code"] in absent:
            return {}
        raise


def holds(document: str, statement: Statement) -> bool:
    """Whether a policy document has the statement, as AWS spells it: one value or a list of it is the same."""
    there = json.loads(document)["Statement"] if document else []
    return _spelled(statement) in [_spelled(each) for each in there]


def with_statements(document: str, *ours: Statement) -> str:
    """The policy document with our statements, known by their Sid; what others have put there stays."""
    there = json.loads(document)["Statement"] if document else []
    names = {statement["Sid"] for statement in ours}
    kept = [statement for statement in there if statement.get("Sid") not in names]
    return json.dumps({"Version": "2012-10-17", "Statement": [*kept, *ours]})


def _spelled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _spelled(inner) for key, inner in value.items()}
    return sorted(map(str, value)) if isinstance(value, list) else [str(value)]
