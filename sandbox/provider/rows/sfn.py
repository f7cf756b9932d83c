"""Step Functions: state machines."""

import json
from collections.abc import Iterator

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row
from sandbox.provider.schema import Failure

LARGEST_BYTES = 1_048_576
"""Of a definition: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"""

LOG_GROUP = Limit(pattern=r"arn:.+:log-group:.+:\*", says="the ARN of a log group with :* at its end")


def _definition(text: str) -> str:
    """Return what is wrong with a definition; empty when nothing is.

    AWS checks far more: this finds broken JSON and states that lead nowhere.
    """
    try:
        machine = json.loads(text)
    except ValueError as error:
        return f"is not valid JSON: {error}"
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or not states:
        return "has no States"
    missing = sorted({name for name in _named(machine) if name not in states})
    return f"names states that it does not have: {', '.join(missing)}" if missing else ""


def _named(machine: dict[str, object]) -> Iterator[str]:
    """States that a definition starts at or leads to."""
    yield str(machine.get("StartAt"))
    for state in machine["States"].values():  # type: ignore[attr-defined] # checked above
        leads = [state, *state.get("Choices", ()), *state.get("Catch", ())]
        yield from (each[key] for each in leads for key in ("Next", "Default") if key in each)


def _logging_failures(inputs: Facts) -> Iterator[Failure]:
    logging = inputs.get("loggingConfiguration") or {}
    if logging.get("level") == "OFF" and logging.get("logDestination"):
        yield "loggingConfiguration.level", "OFF goes without logDestination"


ROWS = (
    Row(
        type="aws.sfn.StateMachine",
        service="stepfunctions",
        create=Call("create_state_machine"),
        id="stateMachineArn",
        read=Call("describe_state_machine", "{stateMachineArn: id}"),
        update=Call("update_state_machine", "{stateMachineArn: id}"),
        delete=Call("delete_state_machine", "{stateMachineArn: id}"),
        names={"logDestination": "destinations.cloudWatchLogsLogGroup.logGroupArn"},
        defaults={"type": "STANDARD"},
        replaces=("type",),
        naming=Naming(80, pattern=r"[A-Za-z0-9_-]+", says="letters, digits, _ and -"),
        limits={
            "definition": Limit(1, LARGEST_BYTES, test=_definition),
            "loggingConfiguration.logDestination": Limit(
                pattern=r"arn:.+:log-group:.+:\*", says="the ARN of a log group with :* at its end"
            ),
        },
        check=_logging_failures,
    ),
)
