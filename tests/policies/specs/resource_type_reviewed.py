from policies.rules.aws_types import KEY
from tests.policies.given import given
from tests.policies.spec import Case, Spec

REFUSED = {
    "an IAM user": "aws:iam/user:User",
    "an access key": "aws:iam/accessKey:AccessKey",
    "a launch configuration": "aws:ec2/launchConfiguration:LaunchConfiguration",
    "a classic load balancer": "aws:elb/loadBalancer:LoadBalancer",
    "a group's rule of the old kind": "aws:ec2/securityGroupRule:SecurityGroupRule",
    "a load balancer by its other name": "aws:alb/loadBalancer:LoadBalancer",
    "a type that nobody knows": "aws:braket/quantumTask:QuantumTask",
    "a command": "command:local:Command",
}
CASES = tuple(Case(says=says, add=[given(kind, "stranger", {})]) for says, kind in REFUSED.items())

SPEC = Spec(
    compliant=(
        given(KEY, "encryption-data", {}),
        given("switchyard:encryption:Encryption", "encryption", {}),
        given("pulumi:pulumi:Stack", "switchyard-prod", {}),
    ),
    cases=CASES,
    undecided=(),
    mutations=CASES,
)
