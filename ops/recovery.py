"""What an engine that was killed had begun to make: found in AWS and taken over, or struck from the state, before anything is made anew.

The engine notes a creation before it asks AWS for it. When it dies in between, nobody knows whether AWS has the thing, and the next update
would make it once more. `ops/searches.py` says where each type is looked for. The state is edited in one write, and what is taken over is
marked for a look by the next operation (`refreshBeforeUpdate`), so a recovery that dies itself has done nothing, or all.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from components.tagging import RESOURCE_TAG
from ops.console import progress
from ops.deployment import PROJECT, Deployment
from ops.errors import EngineError, RefusedError
from ops.plan import label, name_of
from ops.searches import AGAIN, SEARCHES

CREATING = "creating"
PROVIDER_PREFIX = "pulumi:providers:"

State = dict[str, Any]
"""A resource in the engine's own form, secrets encrypted."""


def recover(deployment: Deployment) -> None:
    """Settle the creations that nobody noted the end of, and say what became of each; RefusedError where that would be a guess."""
    if not any(told.startswith(CREATING) for told in deployment.half_done):
        return
    before = deployment.command("stack", "export")
    exported = json.loads(before)
    state = exported["deployment"]
    settled = Recovery(deployment, state["resources"])
    for operation in state["pending_operations"]:
        if operation["type"] == CREATING:
            settled.settle(operation["resource"])
    state["resources"] = settled.resources
    state["pending_operations"] = [operation for operation in state["pending_operations"] if operation["type"] != CREATING]
    if deployment.command("stack", "export") != before:
        raise EngineError("Another update has changed the state in the meantime.", "Wait for it, then run this command again.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.json"
        path.write_text(json.dumps(exported), encoding="utf-8")
        deployment.command("stack", "import", "--file", str(path))


class Recovery:
    """The resources in a state, with those that are taken over."""

    def __init__(self, deployment: Deployment, resources: list[State]) -> None:
        self.resources = list(resources)
        self._target = deployment.target

    def settle(self, begun: State) -> None:
        """Take over what a creation has made, if it has, and say so; RefusedError where that would be a guess."""
        if not begun.get("custom") or begun["type"].startswith(PROVIDER_PREFIX):
            return  # the engine's own, nothing in AWS
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
        self.resources.append({**begun, "id": found[0], "outputs": {}, "refreshBeforeUpdate": True, "delete": known})
        told = "a second one, which goes with the next update" if known else "taken over"
        progress(f"found {name} ({found[0]}), which an interrupted update had begun: {told}")

    def _found(self, begun: State) -> list[str]:
        """What AWS has of it and the state does not, by import id."""
        search = SEARCHES.get(begun["type"])
        if not search:
            told = f"An interrupted update had begun {label(begun['type'], begun['urn'])}, and nobody can say whether AWS has it."
            hint = "Look for it in AWS. `pulumi refresh` then takes it over by its id, or strikes it from the state, as you answer."
            raise RefusedError(told, hint)
        alike = [each for each in self.resources if each["type"] == begun["type"]]
        known = {id_ for each in alike for id_ in (each["id"], search.name(each["inputs"]))}
        return [id_ for id_ in search.ids(self._target, self._facts(begun)) if id_ not in known]

    def _facts(self, begun: State) -> Mapping[str, Any]:
        settings = self._target.file.settings()
        tags = {"project": PROJECT, "stack": self._target.name, RESOURCE_TAG: name_of(begun["urn"])}
        labels = [{"key": key, "value": value} for key, value in tags.items()]
        return {"account": settings.account_id, "region": settings.region, **begun["inputs"], "labels": labels}
