"""EventBridge: what is listened for, and who is told."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.provider.account import complete, model_of
from sandbox.provider.errors import ProviderError
from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.row import Call, Facts, Row

FORM, SAYS = r"[A-Za-z0-9_.-]+", "letters, digits and _ . -"

RUN_UNDER_A_ROLE = (":states:", ":kinesis:", ":ecs:", ":batch:", ":codebuild:", ":codepipeline:", ":ssm:")
"""Targets that EventBridge starts under a role; the others let it in by a policy of their own
(https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html)."""

PUT = Call(
    "put_targets",
    "{Targets: [{Id: targetId, Arn: arn, RoleArn: roleArn, Input: input, InputPath: inputPath, InputTransformer: inputTransformer, "
    "DeadLetterConfig: deadLetterConfig, RetryPolicy: retryPolicy, SqsParameters: sqsTarget}]}",
)


def _pattern(text: str) -> str:
    """Return what is wrong with a pattern; empty when nothing is: fields with lists of what they may be, or fields in fields."""
    try:
        pattern = json.loads(text)
    except ValueError as error:
        return f"is not valid JSON: {error}"
    if not isinstance(pattern, dict) or not pattern:
        return "is no object of fields"
    return next(_misfits(pattern, ""), "")


def _misfits(pattern: dict[str, Any], at: str) -> Iterator[str]:
    for name, value in pattern.items():
        if isinstance(value, dict):
            yield from _misfits(value, f"{at}{name}.")
        elif not isinstance(value, list) or not value:
            yield f'has {at}{name} as {json.dumps(value)}: a pattern lists what a field may be, as in ["..."]'


def _needs_role(_client: Any, facts: Facts) -> None:
    """EventBridge starts some targets under a role only."""
    if any(service in facts["arn"] for service in RUN_UNDER_A_ROLE) and not facts.get("roleArn"):
        raise ProviderError(f"ValidationException: RoleArn is required for target {facts['arn']}")


def _find_target(client: Any, facts: Facts) -> dict[str, Any] | None:
    """Return a target of a rule. In an id alone, rule and target cannot be told apart: then all rules are looked through."""
    bus = {"EventBusName": facts.get("eventBusName") or "default"}
    shape = model_of(client, "list_targets_by_rule").output_shape.members["Targets"].member
    known = "arn" in facts
    rules = [facts["rule"]] if known else [rule["Name"] for rule in client.list_rules(**bus)["Rules"]]
    for rule in rules:
        for target in client.list_targets_by_rule(Rule=rule, **bus)["Targets"]:
            if f"{rule}-{target['Id']}" == facts["id"]:
                return {**complete(target, shape), "rule": rule, "targetId": target["Id"], "sqsTarget": target.get("SqsParameters")}
    return None


ROWS = (
    Row(
        type="aws.cloudwatch.EventRule",
        service="events",
        noun="Rule",
        create=Call("put_rule"),
        id="{name}",
        read=Call("describe_rule", "{Name: id, EventBusName: eventBusName}"),
        update=Call("put_rule", on=("description", "eventPattern", "roleArn", "scheduleExpression", "state", "name", "eventBusName")),
        delete=Call("delete_rule", "{Name: id, EventBusName: eventBusName}"),
        defaults={"eventBusName": "default", "state": "ENABLED"},
        replaces=("eventBusName",),
        naming=Naming(64, pattern=FORM, says=SAYS),
        limits={"eventPattern": Limit(high=4096, test=_pattern), "description": Limit(high=512)},
    ),
    Row(
        type="aws.cloudwatch.EventTarget",
        service="events",
        before=Call(_needs_role),
        create=PUT,
        id="{rule}-{targetId}",
        imports="{rule}/{targetId}",
        read=Call(_find_target),
        update=PUT,
        delete=Call("remove_targets", "{Rule: rule, EventBusName: eventBusName, Ids: [targetId]}"),
        names={"inputPaths": "InputPathsMap"},
        defaults={"eventBusName": "default"},
        replaces=("eventBusName", "rule"),
        naming=Naming(64, "targetId", pattern=FORM, says=SAYS),
        limits={"input": Limit(high=8192), "retryPolicy.maximumRetryAttempts": Limit(0, 185)},
        conflicts=(("input", "inputPath", "inputTransformer"),),
    ),
)
