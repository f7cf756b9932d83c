import json
from typing import Any

from policies.rules.aws_types import KEY, TOPIC, TOPIC_POLICY
from tests.policies.given import ELSEWHERE, given
from tests.policies.spec import Case, Spec

CLOUDWATCH = {"Service": "cloudwatch.amazonaws.com"}
KEY_ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey*"]


def document(actions: list[str], principal: dict[str, str], effect: str = "Allow") -> str:
    """A policy of one statement."""
    statement: dict[str, Any] = {"Effect": effect, "Action": actions, "Resource": "*", "Principal": principal}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


ALARMS = given(KEY, "encryption-alarms", {"policy": document(KEY_ACTIONS, CLOUDWATCH)})
PAGE = given(TOPIC, "topics-page", {"kmsMasterKeyId": "arn"}, {"kmsMasterKeyId": [ALARMS]})
PUBLISHERS = given(TOPIC_POLICY, "topics-page-policy", {"policy": document(["sns:Publish"], CLOUDWATCH)}, {"arn": [PAGE]})

SPEC = Spec(
    compliant=(ALARMS, PAGE, PUBLISHERS),
    cases=(
        Case(says="no policy", drop=[PUBLISHERS.key], fires_on=[PAGE.key]),
        Case(says="a policy of another topic", change={PUBLISHERS.key: {"sources.arn": ELSEWHERE}}, fires_on=[PAGE.key]),
        Case(says="nobody may publish", change={PUBLISHERS.key: {"policy": document(["sns:Subscribe"], CLOUDWATCH)}}, fires_on=[PAGE.key]),
        Case(says="denied", change={PUBLISHERS.key: {"policy": document(["sns:Publish"], CLOUDWATCH, "Deny")}}, fires_on=[PAGE.key]),
        Case(says="others may", change={PUBLISHERS.key: {"policy": document(["sns:Publish"], {"AWS": "a"})}}, fires_on=[PAGE.key]),
        Case(
            says="a key that may only decrypt", change={ALARMS.key: {"policy": document(KEY_ACTIONS[:1], CLOUDWATCH)}}, fires_on=[PAGE.key]
        ),
    ),
    undecided=((PUBLISHERS.key, "policy"), (ALARMS.key, "policy")),
    mutations=(
        Case(
            says="another service may publish",
            change={PUBLISHERS.key: {"policy": lambda text: text.replace("cloudwatch.amazonaws.com", "events.amazonaws.com")}},
            fires_on=[PAGE.key],
        ),
        Case(
            says="a key that CloudWatch may not use",
            change={ALARMS.key: {"policy": lambda text: text.replace("kms:GenerateDataKey*", "kms:DescribeKey")}},
            fires_on=[PAGE.key, (TOPIC, "topics-ticket")],
        ),
    ),
)
