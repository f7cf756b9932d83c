"""What an engine that was killed had begun: what it was making is found in AWS and taken over, or struck from the state.

The engine notes what it is about to do before it asks AWS for it. When it dies in between, nobody knows whether AWS has done it. A creation
would be made once more by the next update: `ops/searches.py` says where each type is looked for. An update or deletion would be repeated,
but forgotten if config has changed its mind; and one of several calls may have failed. So what is taken over or half-done is marked for a
look by the next operation, in one write of the state, beside which no other update can be. A recovery that dies goes on the next time.
"""

import json
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from components.tagging import RESOURCE_TAG
from ops import default_egress
from ops.console import progress
from ops.deployment import PROJECT, Deployment
from ops.errors import EngineError, RefusedError
from ops.plan import label, name_of
from ops.searches import AGAIN, SEARCHES

CREATING = "creating"
PROVIDER_PREFIX = "pulumi:providers:"

UNSEEN = {"refreshBeforeUpdate": True}
"""Lets the next operation ask AWS about a resource first."""

SETS_GOING: Mapping[str, Sequence[str]] = {"aws:autoscaling/group:Group": ("mixedInstancesPolicy",)}
"""Inputs whose change starts something in AWS by a later call, here an instance refresh. AWS says nothing of a call that was not made.
So the state forgets these inputs, and the next update makes the change once more, whatever it is by then."""

CUT_OFF = f"{default_egress.CREATING} it was cut off"
"""Stays with what is taken over until that was looked at, whatever happens in between."""

State = dict[str, Any]
"""A resource in the engine's own form, secrets encrypted."""


def recover(deployment: Deployment) -> None:
    """Settle what was begun and not noted the end of, and say what became of each creation; RefusedError where that would be a guess."""
    if deployment.half_done:
        _settle(deployment)
        default_egress.revoke(deployment)
    if deployment.unseen:
        deployment.refresh("looking at what was half-done", "recovery", only=deployment.unseen)


@contextmanager
def kept_in_mind(deployment: Deployment, written: Collection[str]) -> Iterator[None]:
    """Around an update of a part of the stack, over which the engine forgets what else was cut off: note it again.

    `written` are the URNs of that part. What else the update changes is settled too.
    """
    begun = _changes_cut_off(deployment) if any(not each.startswith(CREATING) for each in deployment.half_done) else []
    since = len(deployment.journal)
    try:
        yield
    finally:
        settled = {*written, *(step.urn for plan in deployment.journal[since:] for step in plan.steps)}
        forgotten = [operation for operation in begun if operation["resource"]["urn"] not in settled]
        if forgotten:
            _rewrite(deployment, lambda state: Recovery(deployment, state["resources"]).settle_all(forgotten))


def _changes_cut_off(deployment: Deployment) -> list[State]:
    """The engine's notes of the changes that were begun."""
    state = json.loads(deployment.command("stack", "export"))["deployment"]
    return [operation for operation in state.get("pending_operations") or () if operation["type"] != CREATING]


def _settle(deployment: Deployment) -> None:
    def settled(state: State) -> None:
        recovery = Recovery(deployment, state["resources"])
        recovery.settle_all(state.pop("pending_operations", ()))
        recovery.settle_made()

    _rewrite(deployment, settled)


def _rewrite(deployment: Deployment, change: Callable[[State], object]) -> None:
    """Change the state in one write, unless there is nothing to change. EngineError when somebody else has changed it meanwhile."""
    before = deployment.command("stack", "export")
    exported = json.loads(before)
    change(exported["deployment"])
    if deployment.command("stack", "export") != before:
        raise EngineError("Another update has changed the state in the meantime.", "Wait for it, then run this command again.")
    if exported != json.loads(before):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "state.json"
            path.write_text(json.dumps(exported), encoding="utf-8")
            deployment.command("stack", "import", "--file", str(path))


def _doubt(resource: State, begun: State | None = None) -> None:
    """Let the next operation look at a resource, or make the change once more that was `begun` and cannot be seen."""
    unseen = [name for name in SETS_GOING.get(resource["type"], ()) if begun and begun["inputs"].get(name) != resource["inputs"].get(name)]
    if not unseen:
        resource.update(UNSEEN)
    for name in unseen:
        for known in (resource["inputs"], resource.get("outputs") or {}):
            known.pop(name, None)


class Recovery:
    """The resources in a state, with those that are taken over."""

    def __init__(self, deployment: Deployment, resources: list[State]) -> None:
        self.resources = resources
        self._target = deployment.target
        self._settings = deployment.target.file.settings()

    def settle_all(self, operations: Iterable[State]) -> None:
        """Settle each operation that the engine has noted as begun."""
        for operation in operations:
            self._settle(operation["type"], operation["resource"])

    def _settle(self, doing: str, begun: State) -> None:
        """Take over what a creation has made; let anything else that was begun be looked at. What is the engine's own needs nothing."""
        if not begun.get("custom") or begun["type"].startswith(PROVIDER_PREFIX):
            return
        if doing == CREATING:
            self._settle_creation(begun)
            return
        for resource in self.resources:
            if resource["urn"] == begun["urn"] and begun.get("id") in (None, resource["id"]):
                _doubt(resource, begun)

    def settle_made(self) -> None:
        """Let what was made or changed by half be looked at, so that the next update sees what it lacks."""
        for resource in self.resources:
            if resource.get("initErrors"):
                _doubt(resource)

    def _settle_creation(self, begun: State) -> None:
        name = label(begun["type"], begun["urn"])
        if begun["type"] in AGAIN:
            progress(f"{name}, which an interrupted update had begun, can be made again: that doubles nothing")
            return
        found, known = self._found(begun), begun["urn"] in [each["urn"] for each in self.resources]
        if not found:
            progress(f"{name}, which an interrupted update had begun, is {'in the state' if known else 'not in AWS'}")
            return
        if len(found) > 1 or (known and begun.get("protect")):
            told = f"An interrupted update had begun {name}, and AWS has {', '.join(found)}, which the state does not know."
            raise RefusedError(told, "Delete what nothing uses, then run this command again.")
        self.resources.append({**begun, "id": found[0], "outputs": {}, "delete": known, "initErrors": [CUT_OFF], **UNSEEN})
        told = "a second one, which goes with the next update" if known else "taken over"
        progress(f"found {name} ({found[0]}), which an interrupted update had begun: {told}")

    def _found(self, begun: State) -> list[str]:
        """What AWS has of it and the state does not, by what it is imported by."""
        search = SEARCHES.get(begun["type"])
        if not search:
            told = f"An interrupted update had begun {label(begun['type'], begun['urn'])}, and nobody can say whether AWS has it."
            hint = "Look for it in AWS. `pulumi refresh` then takes it over by its id, or strikes it from the state, as you answer."
            raise RefusedError(told, hint)
        alike = [each for each in self.resources if each["type"] == begun["type"]]
        known = {id_ for each in alike for id_ in (each["id"], search.name(each["inputs"]))}
        facts = self._facts(begun)
        return [search.imports.format_map({**facts, "id": id_}) for id_ in search.ids(self._target, facts) if id_ not in known]

    def _facts(self, begun: State) -> Mapping[str, Any]:
        tags = {"project": PROJECT, "stack": self._target.name, RESOURCE_TAG: name_of(begun["urn"])}
        labels = [{"key": key, "value": value} for key, value in tags.items()]
        return {"account": self._settings.account_id, "region": self._settings.region, **begun["inputs"], "labels": labels}
