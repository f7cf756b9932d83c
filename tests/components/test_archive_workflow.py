import pulumi_aws as aws

from tests.components.archives import KEY, archive
from tests.graph import statements, takes_from, waits_for


def test_the_workflow_exports_automated_snapshots_of_its_instance_alone() -> None:
    """Into the bucket, by the writer's role and the stack's key; what it may beyond that names no resource in AWS."""
    made = archive()
    may = statements(made.one(aws.iam.RolePolicy, "archive-export-may").inputs["policy"])
    assert may["Export"]["Resource"] == ["arn:aws:rds:eu-west-1:123456789012:snapshot:rds:db-*"]
    assert may["InTheNameOf"]["Condition"] == {"StringEquals": {"iam:PassedToService": "export.rds.amazonaws.com"}}
    assert may["Encrypt"]["Resource"] == [KEY]
    assert {sid for sid, statement in may.items() if statement["Resource"] == ["*"]} == {"Look", "OwnLog"}


def test_what_fails_is_written_down() -> None:
    """In a log of its own, which is kept and encrypted; the role may do all before the workflow is there."""
    made = archive()
    machine = made.one(aws.sfn.StateMachine, "archive-export")
    assert machine.inputs["loggingConfiguration"]["level"] == "ERROR"
    assert takes_from(made, machine, "loggingConfiguration", aws.cloudwatch.LogGroup) == {"archive-export-log"}
    assert waits_for(made, machine, aws.iam.RolePolicy) == {"archive-export-may"}
    log = made.one(aws.cloudwatch.LogGroup, "archive-export-log")
    assert log.protect
    assert (log.inputs["name"], log.inputs["retentionInDays"]) == ("/switchyard/test/archive", 30)
