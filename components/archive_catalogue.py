"""The signals of the archive."""

from components.signals import HOUR, Dimension, Signal, Subject, Tell

WORKFLOW = Subject(
    type="aws:sfn/stateMachine:StateMachine",
    namespace="AWS/States",
    dimensions={"StateMachineArn": Dimension(type="aws:sfn/stateMachine:StateMachine", output="arn")},
    signals=(
        Signal(
            role="failed",
            metric="ExecutionsFailed",
            statistic="Sum",
            period_seconds=HOUR,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="A snapshot of the database was not archived: the export failed, or could not be started.",
        ),
        Signal(
            role="lost",
            metric="ExecutionsTimedOut",
            statistic="Sum",
            period_seconds=HOUR,
            periods=1,
            bad_periods=1,
            tell=Tell.TICKET,
            meaning="An export of a snapshot has not ended within two days, and nobody watches it any more.",
        ),
    ),
)
