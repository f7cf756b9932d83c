"""The ways of dying half-way that are tried: a command, and what strikes it. A new line here is a new case, and one in the page of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.faults import FOREVER, Fault, Kind

IMAGE = f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:{'f' * 64}"


@dataclass(frozen=True)
class Case:
    """A command that a fault strikes, and what is to be seen then."""

    words: Sequence[str]
    fault: Fault
    says: str
    """Words of what the command says."""
    survives: bool = False
    """Whether the command reaches its end all the same."""

    @property
    def command(self) -> str:
        """`shift api 10`."""
        return " ".join(self.words).replace(IMAGE, "IMAGE")

    def __str__(self) -> str:
        """`shift api 10: engine killed at change 1`."""
        return f"{self.command}: {self.fault}"


UP = ("up",)
PREVIEW = "GetCallerIdentity"
"""What the provider asks before anything else, in a preview too."""
EGRESS = "RevokeSecurityGroupEgress"
"""The second half of a security group's creation, which the provider does not repeat."""
REFRESH = "TerminateInstances"
"""The end of one instance in the sandbox's instance refresh; the color's others are not replaced yet."""
WEIGHTS = "ModifyRule"
"""What moves traffic."""

FROM_NOTHING = (
    Case(UP, Fault(Kind.EMULATOR_KILLED, 20), "the emulator does not answer"),
    Case(UP, Fault(Kind.ENGINE_KILLED, operation=PREVIEW), "the engine was killed"),
    Case(UP, Fault(Kind.ENGINE_KILLED, 25), "the engine was killed"),
    Case(UP, Fault(Kind.MACHINE_DOWN, 40), "the engine was killed"),
    Case(UP, Fault(Kind.DENIED, 40), "AccessDenied: The role may not do this"),
    Case(UP, Fault(Kind.CONFLICT, operation=EGRESS), "ConflictException: Another operation is in progress"),
    Case(UP, Fault(Kind.NO_NETWORK, 20, FOREVER), "Could not connect to the endpoint"),
    Case(UP, Fault(Kind.INTERRUPTED, 20), "Interrupted. Changed by then: "),
    Case(UP, Fault(Kind.INTERRUPTED, 20, 2), "Interrupted."),
    Case(UP, Fault(Kind.THROTTLED, 5, 3), "is up", survives=True),
)
"""One after the other on an account with nothing in it: each `up` goes on where the one before died, and the last one reaches the end."""

ON_THE_STACK = (
    Case(("release", "api", "--image", IMAGE), Fault(Kind.ENGINE_KILLED), "the engine was killed"),
    Case(("release", "web", "--image", IMAGE), Fault(Kind.ENGINE_KILLED, operation=REFRESH), "the engine was killed"),
    Case(("shift", "api", "10"), Fault(Kind.ENGINE_KILLED), "the engine was killed"),
    Case(("shift", "api", "20"), Fault(Kind.INTERRUPTED, 1, 2), "Perhaps done, perhaps not: update ListenerRule api-traffic"),
    Case(("promote", "api"), Fault(Kind.MACHINE_DOWN), "the engine was killed"),
    Case(("promote", "web"), Fault(Kind.ENGINE_KILLED, operation=WEIGHTS), "the engine was killed"),
    Case(("rollback", "api"), Fault(Kind.ENGINE_KILLED), "the engine was killed"),
    Case(("shift", "web", "5"), Fault(Kind.TIMEOUT, 1, 2), "blue 5 %", survives=True),
    Case(("shift", "web", "6"), Fault(Kind.CONFLICT), "updating web-traffic: operation error ModifyRule: ConflictException"),
    Case(("shift", "web", "7"), Fault(Kind.DISK_FULL), "failed to save snapshot"),
)
"""One after the other on the stack that is up; after each the same command is called again, unless it has survived."""

AT_THE_END = (Case(("down",), Fault(Kind.ENGINE_KILLED, 60), "the engine was killed"),)
"""Followed by the same once more, which leaves nothing."""

CASES = (*FROM_NOTHING, *ON_THE_STACK, *AT_THE_END)
