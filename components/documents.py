"""Policy documents as JSON: the few statements that several components share."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

Statement = Mapping[str, Any]


def policy(*statements: Statement) -> pulumi.Output[str]:
    """A policy document of the given statements; values may be outputs."""
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": list(statements)})


def assumed_by(service: str, **more: Any) -> str:
    """The trust policy of a role that one AWS service takes; `more` adds a Condition."""
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allow(actions: Sequence[str], resources: Sequence[pulumi.Input[str]], **more: Any) -> Statement:
    """A statement that allows `actions` on `resources`; `more` adds Principal, Condition or Sid."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources), **more}


def for_account(account_id: str) -> Mapping[str, Any]:
    """The condition that an AWS service acts on behalf of one account: else it could be led to do the same for anybody."""
    return {"StringEquals": {"aws:SourceAccount": account_id}}


def unread(**more: Any) -> Statement:
    """A statement on a secret that keeps its value from everybody; a Condition says from whom alone."""
    return {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*", **more}


def tls_only(action: str, resources: Sequence[pulumi.Input[str]]) -> Statement:
    """A statement that refuses every request which does not come over TLS."""
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": list(resources),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
