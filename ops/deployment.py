"""Operations of the engine on one stack: preview, apply, refresh, destroy, and what the state says."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import pulumi.automation as auto
from pulumi.automation.errors import CommandError
from pulumi.automation.events import EngineEvent

from ops.console import Activity, progress
from ops.engine_command import EngineCommand, to_the_end
from ops.engine_words import as_engine_errors, cut_short, told_by
from ops.engine_workspace import EngineWorkspace
from ops.errors import BadInputError, CutShortError, EngineError, next_step_for
from ops.locks import past_locks
from ops.plan import ROOT, Plan, label
from ops.program import POLICY_PACKS, program
from ops.signature import signed
from ops.target import Target

PROJECT = "switchyard"
PARALLEL = 16
"""Resources in flight at once: AWS's APIs throttle long before a laptop's cores are the limit."""

STOPPING = "interrupted: the engine ends what is under way (Ctrl-C again drops it)"

T = TypeVar("T")
Operation = Callable[[Callable[[EngineEvent], None]], object]
"""An operation of the engine, given what is to be called with each of its events."""


class Deployment:
    """The engine's view of a target's stack."""

    def __init__(self, target: Target, run: auto.PulumiFn = program) -> None:
        self.target = target
        self._program = run
        self.journal: list[Plan] = []
        """What was done by this object, operation by operation; previews are not in it."""
        self.breaks_locks = False
        """Whether a lock that stands in the way is broken, whoever holds it."""

    @cached_property
    def _command(self) -> EngineCommand:
        return EngineCommand(str(self.target.engine.root))

    @cached_property
    def _stack(self) -> auto.Stack:
        workspace = EngineWorkspace(
            work_dir=str(self.target.project), program=self._program, env_vars=self.target.environment(), pulumi_command=self._command
        )
        if self.target.sandboxed:
            return auto.Stack.create_or_select(self.target.name, workspace)
        try:
            return auto.Stack.select(self.target.name, workspace)
        except auto.StackNotFoundError:
            hint = f"Log in to the state bucket and run `pulumi stack init {self.target.name}` once (README, On AWS)."
            raise BadInputError(f"The backend has no stack {self.target.name!r}.", hint) from None

    @property
    def options(self) -> str:
        """The options that name this target again, for the commands that are printed."""
        return f"-s {self.target.name}{' --sandbox' if self.target.sandboxed else ''}"

    def preview(self, text: str = "previewing", *, only: Sequence[str] = (), packs: bool = True, refresh: bool = False) -> Plan:
        """What an update would do, of the whole stack or of the resources named by URN; findings are in the plan, not raised.

        `refresh` holds config against what AWS says now instead of what the engine wrote down last.
        """
        return self._run(
            text,
            lambda take: self._stack.preview(
                target=list(only) or None,
                policy_packs=list(POLICY_PACKS) if packs else None,
                refresh=refresh or None,
                parallel=PARALLEL,
                on_event=take,
            ),
            raises=False,
        )

    def apply(self, text: str, message: str, *, only: Sequence[str] = (), packs: bool = True, refresh: bool = False) -> Plan:
        """Update the stack, or only the resources named by URN; raises EngineError with AWS's own message."""
        return self._recorded(
            text,
            lambda take: self._stack.up(
                message=signed(message, self.target),
                target=list(only) or None,
                policy_packs=list(POLICY_PACKS) if packs else None,
                refresh=refresh or None,
                parallel=PARALLEL,
                on_event=take,
            ),
        )

    def refresh(self, text: str, message: str, *, only: Sequence[str]) -> None:
        """Let the state say of the resources named by URN what AWS says now."""
        self._forget_state()
        self._run(text, lambda take: self._stack.refresh(message=message, target=list(only), parallel=PARALLEL, on_event=take))

    def destroy(self, text: str, message: str) -> Plan:
        """Delete everything; raises EngineError when something is protected, before anything is deleted.

        The preview is what sees it: without one the engine deletes until it comes to the first protected resource.
        """
        self._run(f"{text}: previewing", lambda take: self._stack.preview_destroy(on_event=take))
        return self._recorded(
            text, lambda take: self._stack.destroy(message=signed(message, self.target), parallel=PARALLEL, on_event=take)
        )

    def unprotect(self) -> None:
        """Let `destroy` delete protected resources."""
        self.command("state", "unprotect", "--all", "--yes")

    def command(self, *words: str) -> str:
        """Run a command of the engine's that has no place in its API, on this stack; return what it printed."""
        self._forget_state()
        with as_engine_errors():
            return self._past_locks(lambda: self._plain(*words)).stdout

    def _plain(self, *words: str) -> auto.CommandResult:
        return self._command.run([*words, "--stack", self.target.name], str(self.target.project), self.target.environment())

    def _past_locks(self, work: Callable[[], T]) -> T:
        return past_locks(work, lambda: self._plain("cancel", "--yes"), breaking=self.breaks_locks, options=self.options)

    @property
    def outputs(self) -> Mapping[str, Any]:
        """What the stack exports; empty before the first update."""
        return next((each["outputs"] for each in self.resources if each["type"] == ROOT and "outputs" in each), {})

    @cached_property
    def _state(self) -> Mapping[str, Any]:
        with as_engine_errors():
            return self._stack.export_stack().deployment or {}

    @property
    def resources(self) -> Sequence[Mapping[str, Any]]:
        """The resources in the state, as the engine keeps them."""
        return list(self._state.get("resources") or ())

    @cached_property
    def half_done(self) -> Sequence[str]:
        """What was begun and not ended, as `updating ListenerRule api-traffic`: the engine was killed, or AWS refused it half-way."""
        begun = [(each["type"], each["resource"]) for each in self._state.get("pending_operations") or ()]
        left = [("updating", each) for each in self.resources if each.get("initErrors") or each["urn"] in self.unseen]
        return [f"{doing} {label(resource['type'], resource['urn'])}" for doing, resource in (*begun, *left)]

    @property
    def unseen(self) -> Sequence[str]:
        """The URNs of the resources that the state does not vouch for until they are refreshed."""
        return [str(resource["urn"]) for resource in self.resources if resource.get("refreshBeforeUpdate")]

    def history(self, limit: int) -> Sequence[auto.UpdateSummary]:
        """The engine's record of its last operations, the latest first, without the values of secrets."""
        with as_engine_errors():
            return self._stack.history(page_size=limit, show_secrets=False)

    def urn(self, kind: str, name: str) -> str:
        """The URN of a resource in the state, by type token and logical name."""
        for resource in self.resources:
            if resource["type"] == kind and resource["urn"].endswith(f"::{name}"):
                return str(resource["urn"])
        raise BadInputError(f"The stack {self.target.name} has no {name}.", f"Bring it up first: `switchyard up {self.options}`.")

    def _recorded(self, text: str, operation: Operation) -> Plan:
        self._forget_state()
        plan = self._run(text, operation)
        self.journal.append(plan)
        return plan

    def _forget_state(self) -> None:
        """What was read of the state is read anew after it may have changed, also by an operation that failed half-way."""
        for known in ("half_done", "_state"):
            self.__dict__.pop(known, None)

    def _run(self, text: str, operation: Operation, *, raises: bool = True) -> Plan:
        """Run one operation; unless it `raises`, errors and violations are left in the plan for the caller to show."""
        plan = Plan()
        self.target.begin()
        with Activity(text) as doing:

            def take(event: EngineEvent) -> None:
                plan.take(event)
                doing.tell(plan.summary)

            try:
                self._past_locks(lambda: to_the_end(lambda: operation(take), self._command.interrupt, lambda: progress(STOPPING)))
            except KeyboardInterrupt:
                raise CutShortError(cut_short(plan), "Run the same command again: it goes on.", changed=bool(plan.done)) from None
            except CommandError as error:
                if raises or not (plan.violations or plan.errors):
                    told = told_by(plan, error)
                    hint = next_step_for(told, "Correct it and run the command again: what is done already stays done.")
                    raise EngineError(told, hint, changed=bool(plan.done)) from None
        return plan
