from policies.rules.aws_types import (
    DATABASE,
    DATABASE_PROXY,
    LAUNCH_TEMPLATE,
    LOAD_BALANCER,
    REPLICATION_GROUP,
    SECURITY_GROUP,
    VPC_ENDPOINT,
)
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

GROUP = given(SECURITY_GROUP, "firewall-lb", {})
TEMPLATE, BALANCER, ENDPOINT = (LAUNCH_TEMPLATE, "api-blue-boot"), (LOAD_BALANCER, "lb"), (VPC_ENDPOINT, "endpoints-kms")
REDIS, WRITER, PROXY = (REPLICATION_GROUP, "redis-group"), (DATABASE, "database"), (DATABASE_PROXY, "database-proxy")
PATHS = {
    REDIS: "securityGroupIds",
    WRITER: "vpcSecurityGroupIds",
    PROXY: "vpcSecurityGroupIds",
    TEMPLATE: "vpcSecurityGroupIds",
    BALANCER: "securityGroups",
    ENDPOINT: "securityGroupIds",
}
CASES = (
    *(Case(says=f"the {key[1]} in none", change={key: {path: [], f"sources.{path}": []}}) for key, path in PATHS.items()),
    *(Case(says=f"the {key[1]} in one of elsewhere", change={key: {f"sources.{path}": ELSEWHERE}}) for key, path in PATHS.items()),
)

SPEC = Spec(
    compliant=(
        GROUP,
        given(*TEMPLATE, {"vpcSecurityGroupIds": [UNKNOWN]}, {"vpcSecurityGroupIds": [GROUP]}),
        given(*BALANCER, {"securityGroups": [UNKNOWN]}, {"securityGroups": [GROUP]}),
        given(*ENDPOINT, {"vpcEndpointType": "Interface", "securityGroupIds": [UNKNOWN]}, {"securityGroupIds": [GROUP]}),
        given(*WRITER, {"vpcSecurityGroupIds": [UNKNOWN]}, {"vpcSecurityGroupIds": [GROUP]}),
        given(*PROXY, {"vpcSecurityGroupIds": [UNKNOWN]}, {"vpcSecurityGroupIds": [GROUP]}),
        given(*REDIS, {"securityGroupIds": [UNKNOWN]}, {"securityGroupIds": [GROUP]}),
        given(VPC_ENDPOINT, "endpoints-s3", {"vpcEndpointType": "Gateway"}),
    ),
    cases=CASES,
    undecided=((ENDPOINT, "vpcEndpointType"),),
    mutations=CASES,
)
