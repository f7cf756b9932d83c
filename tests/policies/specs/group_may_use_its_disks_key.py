from policies.rules.aws_types import AUTO_SCALING_GROUP, KEY, LAUNCH_TEMPLATE, SERVICE_LINKED_ROLE
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = (AUTO_SCALING_GROUP, "api-blue-group")
ROLE = given(SERVICE_LINKED_ROLE, "encryption-fleets", {"awsServiceName": "autoscaling.amazonaws.com"})
DATA = given(KEY, "encryption-data", {"policy": UNKNOWN}, {"policy": [ROLE]})
TEMPLATE = given(LAUNCH_TEMPLATE, "api-blue-boot", {"blockDeviceMappings": [{"deviceName": "/dev/xvda"}]}, {"blockDeviceMappings": [DATA]})
AWS_OWN = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
CASES = (
    Case(says="a role of elsewhere", change={GROUP: {"sources.serviceLinkedRoleArn": ELSEWHERE}}),
    Case(says="AWS's own role", change={GROUP: {"serviceLinkedRoleArn": AWS_OWN, "sources.serviceLinkedRoleArn": []}}),
    Case(says="a key that names another", change={DATA.key: {"sources.policy": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(
        ROLE,
        DATA,
        TEMPLATE,
        given(*GROUP, {"serviceLinkedRoleArn": UNKNOWN}, {"serviceLinkedRoleArn": [ROLE], "mixedInstancesPolicy": [TEMPLATE]}),
    ),
    cases=CASES,
    undecided=(),
    mutations=CASES[:2],
)
