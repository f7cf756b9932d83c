from policies.rules.aws_types import AUTO_SCALING_GROUP, NOTIFICATION, TOPIC_POLICY
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP, NEWS = (AUTO_SCALING_GROUP, "api-blue-group"), (NOTIFICATION, "api-blue-failed")
FLEET = given(*GROUP, {"minSize": 2})
TICKET = given(TOPIC_POLICY, "topics-ticket-policy", {})
FAILURES = ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE_ERROR"]
CASES = (
    Case(says="nobody is told", drop=[NEWS], fires_on=[GROUP]),
    Case(says="of launches only", change={NEWS: {"notifications": FAILURES[:1]}}, fires_on=[GROUP]),
    Case(says="a topic of elsewhere", change={NEWS: {"sources.topicArn": ELSEWHERE}}, fires_on=[GROUP]),
    Case(says="of another fleet", change={NEWS: {"sources.groupNames": ELSEWHERE}}, fires_on=[GROUP]),
)

SPEC = Spec(
    compliant=(
        FLEET,
        TICKET,
        given(*NEWS, {"groupNames": [UNKNOWN], "notifications": FAILURES}, {"groupNames": [FLEET], "topicArn": [TICKET]}),
    ),
    cases=CASES,
    undecided=((NEWS, "notifications"),),
    mutations=CASES,
)
