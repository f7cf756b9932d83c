from policies.rules.aws_types import BUCKET_POLICY, KEY, ROLE, TOPIC_POLICY
from tests.policies.documents import document, edited
from tests.policies.given import given
from tests.policies.spec import Case, Spec

WRITES, LOGS, FLOWS, NEWS, INSTANCE = (
    (BUCKET_POLICY, "lb-logs-policy"),
    (KEY, "encryption-logs"),
    (ROLE, "flow-role"),
    (TOPIC_POLICY, "topics-page-policy"),
    (ROLE, "api-blue-role"),
)
OWN = {"StringEquals": {"aws:SourceAccount": "123456789012"}}


def trusts(service: str, **more: object) -> str:
    """A document that lets in one service."""
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": "a:Use", "Resource": "*", **more})


def for_anybody(statement: dict[str, object]) -> None:
    """Take the condition away."""
    del statement["Condition"]


CASES = (
    Case(says="a bucket", change={WRITES: {"policy": edited(for_anybody)}}),
    Case(says="a key", change={LOGS: {"policy": edited(for_anybody, -1)}}),
    Case(says="a role", change={FLOWS: {"assumeRolePolicy": edited(for_anybody)}}),
    Case(says="a topic", change={NEWS: {"policy": edited(for_anybody)}}),
    Case(says="for all but", change={NEWS: {"policy": edited(lambda first: first.update(Condition={"StringNotEquals": {}}))}}),
)

SPEC = Spec(
    compliant=(
        given(*WRITES, {"policy": trusts("logdelivery.elasticloadbalancing.amazonaws.com", Condition=OWN)}),
        given(*LOGS, {"policy": trusts("logs.eu-west-1.amazonaws.com", Condition=OWN)}),
        given(*FLOWS, {"assumeRolePolicy": trusts("vpc-flow-logs.amazonaws.com", Condition=OWN)}),
        given(*NEWS, {"policy": trusts("cloudwatch.amazonaws.com", Condition=OWN)}),
        given(*INSTANCE, {"assumeRolePolicy": trusts("ec2.amazonaws.com")}),
    ),
    cases=CASES,
    undecided=((WRITES, "policy"), (LOGS, "policy"), (FLOWS, "assumeRolePolicy"), (NEWS, "policy")),
    mutations=CASES,
)
