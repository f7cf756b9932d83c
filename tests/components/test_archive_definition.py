"""The workflow is executed by moto's Step Functions, whose calls of RDS are answered by a stub."""

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from moto import mock_aws
from pulumi.runtime import mocks

from components import archive_definition
from tests.rendering import Recorder

ROLE = "arn:aws:iam::123456789012:role/writer"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/data"
SNAPSHOT = "rds:switchyard-prod-database-2026-12-01-03-04"
SOURCE = f"arn:aws:rds:eu-west-1:123456789012:snapshot:{SNAPSHOT}"
EVENT = {
    "detail-type": "RDS DB Snapshot Event",
    "source": "aws.rds",
    "time": "2026-12-01T03:05:00Z",
    "detail": {"EventID": "RDS-EVENT-0091", "SourceIdentifier": SNAPSHOT, "SourceArn": SOURCE},
}

Answer = dict[str, Any] | str
"""What RDS answers, or the code of its error."""


def _definition() -> dict[str, Any]:
    """The definition as AWS gets it, in which nothing waits."""

    async def written() -> str | None:
        mocks.set_mocks(Recorder(preview=False), project="switchyard", stack="prod")
        return await archive_definition.definition(bucket="archive-0123456", role_arn=ROLE, key_arn=KEY).future()

    found: dict[str, Any] = json.loads(asyncio.run(written()) or "")
    for state in found["States"].values():
        state.update({"Seconds": 0} if state["Type"] == "Wait" else {})
        for retry in state.get("Retry", []):
            retry.update(IntervalSeconds=1, BackoffRate=1, MaxDelaySeconds=2)
    return found


class Rds:
    """Answers what the workflow asks, in order, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """The next answer; raises ClientError where it is a code."""
        self.asked.append((operation, parameters))
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise ClientError(
                {"Error": {"Code": answer, "Message": "said AWS"}, "ResponseMetadata": {"RequestId": "1", "HTTPStatusCode": 400}}, operation
            )
        return answer

    @property
    def operations(self) -> list[str]:
        """What it was asked to do."""
        return [operation for operation, _ in self.asked]


@pytest.fixture
def rds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rds]:
    """RDS, answering as told; every other service is moto's."""
    stub, real = Rds(), BaseClient._make_api_call

    def answered(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name == "rds":
            return stub.call(operation, parameters)
        return real(client, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", answered)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "sandbox")
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        yield stub


def _executed(event: dict[str, Any]) -> dict[str, Any]:
    states = boto3.client("stepfunctions", "eu-west-1")
    machine = states.create_state_machine(name="archive", definition=json.dumps(_definition()), roleArn=ROLE)["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine, input=json.dumps(event))["executionArn"]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found: dict[str, Any] = states.describe_execution(executionArn=execution)
        if found["status"] != "RUNNING":
            return found
        time.sleep(0.05)
    pytest.fail("the workflow goes on and on")


def _task(status: str) -> dict[str, Any]:
    return {"ExportTasks": [{"ExportTaskIdentifier": "task", "SourceArn": SOURCE, "Status": status, "FailureCause": "no room"}]}


NONE: dict[str, Any] = {"ExportTasks": []}


def test_a_new_snapshot_is_exported_and_watched_to_the_end(rds: Rds) -> None:
    """Into the bucket, under the exporter's role and the stack's key, by the snapshot's own name."""
    rds.answers = [NONE, _task("STARTING")["ExportTasks"][0], _task("STARTING"), _task("IN_PROGRESS"), _task("COMPLETE")]
    assert _executed(EVENT)["status"] == "SUCCEEDED"
    assert rds.operations == ["DescribeExportTasks", "StartExportTask", *["DescribeExportTasks"] * 3]
    assert rds.asked[1][1] == {
        "ExportTaskIdentifier": "switchyard-prod-database-2026-12-01-03-04",
        "SourceArn": SOURCE,
        "S3BucketName": "archive-0123456",
        "IamRoleArn": ROLE,
        "KmsKeyId": KEY,
    }
    assert {json.dumps(asked) for operation, asked in rds.asked if operation == "DescribeExportTasks"} == {
        json.dumps({"SourceArn": SOURCE})
    }


def test_an_event_that_comes_twice_exports_once(rds: Rds) -> None:
    """The second execution watches the export that the first one began."""
    rds.answers = [_task("IN_PROGRESS"), _task("COMPLETE")]
    assert _executed(EVENT)["status"] == "SUCCEEDED"
    assert "StartExportTask" not in rds.operations


@pytest.mark.parametrize("status", ["FAILED", "CANCELED"])
def test_an_export_that_ends_badly_is_a_failure(rds: Rds, status: str) -> None:
    """Which counts among the failed executions that the alarm looks at, and says in AWS's own words why."""
    rds.answers = [NONE, {}, _task(status)]
    ended = _executed(EVENT)
    assert (ended["status"], ended["error"]) == ("FAILED", "NotArchived")
    assert "no room" in ended["cause"]


def test_a_refusal_is_tried_again(rds: Rds) -> None:
    """As when five other snapshots are on their way."""
    rds.answers = ["Throttling", NONE, "ExportTaskLimitReachedFault", {}, "Throttling", _task("COMPLETE")]
    assert _executed(EVENT)["status"] == "SUCCEEDED"
    assert rds.operations.count("StartExportTask") == 2


def test_what_is_refused_for_good_is_a_failure(rds: Rds) -> None:
    """A key that was taken away, or a snapshot that is gone."""
    rds.answers = [NONE, *["KMSKeyNotAccessibleFault"] * (archive_definition.RETRIES["MaxAttempts"] + 1)]
    ended = _executed(EVENT)
    assert ended["status"] == "FAILED"
    assert "said AWS" in ended["cause"]
    assert not rds.answers


def test_only_automated_snapshots_of_the_instance_on_the_days_are_archived() -> None:
    """A day is two digits behind a hyphen and before the time, so that the 1st is no 11th."""
    pattern = json.loads(archive_definition.snapshots_of("switchyard-prod-database", (1, 15)))
    assert pattern["time"] == [{"wildcard": "*-01T*"}, {"wildcard": "*-15T*"}]
    assert pattern["detail"] == {"EventID": ["RDS-EVENT-0091"], "SourceIdentifier": [{"prefix": "rds:switchyard-prod-database-"}]}
    assert (pattern["source"], pattern["detail-type"]) == (["aws.rds"], ["RDS DB Snapshot Event"])
