"""The commands of the page on backups are such as AWS's own tool takes: their words are those of the API."""

import re
import shlex

import boto3
import pytest
from botocore import xform_name

from components.backup_role import RESTORED
from tests.rendering import ROOT

PAGE = (ROOT / "docs" / "runbooks" / "backups.md").read_text(encoding="utf-8")
LINES = [line.strip() for line in PAGE.splitlines() if re.match(r"\s{4,}aws backup ", line)]
OF_THE_TOOL = {"region", "query", "output"}


@pytest.mark.parametrize("line", LINES)
def test_a_command_names_an_operation_and_what_it_takes(line: str) -> None:
    """All that it must be given, and nothing that it does not know."""
    _, service, operation, *words = shlex.split(line)
    client = boto3.client(service, region_name="eu-west-1")
    method = operation.replace("-", "_")
    shape = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[method]).input_shape
    known = {xform_name(name) for name in shape.members} if shape else set()
    given = {word.removeprefix("--").replace("-", "_") for word in words if word.startswith("--")} - OF_THE_TOOL
    assert given <= known
    assert {xform_name(name) for name in (shape.required_members if shape else [])} <= given


def test_what_is_restored_by_hand_is_called_as_the_role_may() -> None:
    """Under another name AWS would deny it, at the worst moment."""
    names = re.findall(r"(?:DestinationBucketName|DBInstanceIdentifier)=([\w-]+)", PAGE)
    assert len(names) == 2
    assert all(name.startswith(RESTORED[1].rstrip("*")) for name in names)
