"""A rehearsal: acts played on a private sandbox, each with a promise that is held against the engine's events and AWS's answers."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.text import Text

from ops import console
from ops.deployment import Deployment
from ops.errors import CutShortError, EngineError, SwitchyardError
from ops.terminal import Terminal
from ops.traffic import Traffic
from settings_types import Color

LEFT = "The sandbox is left as it is, to look at."


class BrokenPromiseError(EngineError):
    """Something did not happen as promised; the rehearsal ends there."""


@dataclass
class Stage:
    """What the acts play on."""

    deployment: Deployment
    service: str
    """The service that is flipped."""
    terminal: Terminal
    """Where the same stack is worked on by a process that may die."""

    @property
    def traffic(self) -> Traffic:
        """AWS's own word, through boto3."""
        return Traffic(self.deployment)

    def changed(self, since: int) -> list[list[str]]:
        """What each operation of the engine changed since the journal had `since` entries, as `update ListenerRule api-traffic`."""
        return [[str(step).split(" (")[0] for step in plan.steps] for plan in self.deployment.journal[since:]]

    def weights(self, service: str = "") -> dict[str, int]:
        """The shares by the load balancer's rule."""
        return {str(color): share for color, share in self.traffic.weights(service or self.service).items()}

    def other(self) -> Color:
        """The color that is not live."""
        return self.deployment.target.file.settings().services[self.service].live.other


@dataclass(frozen=True)
class Act:
    """One thing that an operator does."""

    title: str
    promise: str
    play: Callable[[Stage], str]
    """Does it and returns what was seen; raises BrokenPromiseError."""


@dataclass
class Scene:
    """An act that was played."""

    title: str
    promise: str
    seen: str = ""
    seconds: float = 0
    operations: Sequence[Sequence[str]] = field(default_factory=list)
    kept: bool = False


def hold(promise: str, *, wanted: object, found: object) -> None:
    """BrokenPromiseError unless what was found is what was promised."""
    if wanted != found:
        raise BrokenPromiseError(f"{promise}: promised {wanted}, found {found}.", LEFT)


def refused(action: Callable[[], object], words: str) -> str:
    """Play something that must be refused with these words in the message; what was said."""
    try:
        action()
    except SwitchyardError as error:
        hold(f"the refusal names {words!r}", wanted=True, found=words in error.message)
        return error.message.splitlines()[0]
    raise BrokenPromiseError(f"It was not refused; the refusal should name {words!r}.", LEFT)


def play(stage: Stage, acts: Sequence[Act]) -> list[Scene]:
    """Play the acts in order, a line of the timeline each; stops at the first broken promise, which is the last scene."""
    scenes, began = [], time.monotonic()
    for act in acts:
        scene, since, started = Scene(act.title, act.promise), len(stage.deployment.journal), time.monotonic()
        scenes.append(scene)
        try:
            with _quiet():
                scene.seen = act.play(stage)
            scene.kept = True
        except CutShortError:
            raise
        except SwitchyardError as error:
            scene.seen = error.message
        except Exception as error:  # noqa: BLE001 -- whatever goes wrong is a promise that was not kept, and the report says so
            scene.seen = f"{type(error).__name__}: {error}"
        scene.seconds = time.monotonic() - started
        scene.operations = stage.changed(since)
        show(scene, time.monotonic() - began)
        if not scene.kept:
            break
    return scenes


def show(scene: Scene, elapsed: float) -> None:
    """One line of the timeline, and what was seen."""
    mark = ("✓", "green") if scene.kept else ("✗", "red")
    clock = f"{int(elapsed) // 60:02d}:{int(elapsed) % 60:02d}"
    line = Text.assemble(mark, (f" {clock} ", "dim"), (scene.title, "bold"), (f" {scene.seconds:.1f} s", "dim"))
    console.out.print(line, soft_wrap=True)
    console.out.print(f"         {scene.promise}", soft_wrap=True)
    console.out.print(f"         {scene.seen}", style="cyan", soft_wrap=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the commands' own results off the screen, where they would drown the timeline."""
    console.out.quiet = True
    try:
        yield
    finally:
        console.out.quiet = False


def write_reports(folder: Path, stack: str, scenes: Sequence[Scene]) -> tuple[Path, Path]:
    """Write what happened as JSON and as Markdown; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    data, page = folder / f"rehearsal-{stack}.json", folder / f"rehearsal-{stack}.md"
    data.write_text(json.dumps({"stack": stack, "scenes": [asdict(scene) for scene in scenes]}, indent=2) + "\n", encoding="utf-8")
    page.write_text(markdown(stack, scenes), encoding="utf-8")
    return data, page


def markdown(stack: str, scenes: Sequence[Scene]) -> str:
    """The timeline as a page."""
    rows = [f"| {'kept' if s.kept else '**broken**'} | {s.title} | {s.promise} | {_cell(s.seen)} | {s.seconds:.1f} |" for s in scenes]
    head = ["| | act | promise | seen | seconds |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"# Rehearsal of {stack}", "", "In the sandbox: an emulator, not AWS.", "", *head, *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def counted(operations: Sequence[Sequence[str]]) -> str:
    """`1 operation, 1 change: update ListenerRule api-traffic`."""
    changes = [change for operation in operations for change in operation]
    return f"{len(changes)} changed: {', '.join(changes)}" if changes else "nothing changed"
