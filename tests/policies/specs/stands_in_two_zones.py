from policies.rules.aws_types import AUTO_SCALING_GROUP, LOAD_BALANCER, SUBNET, VPC_ENDPOINT
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

BALANCER, GROUP, S3, KMS = (
    (LOAD_BALANCER, "lb"),
    (AUTO_SCALING_GROUP, "api-green-group"),
    (VPC_ENDPOINT, "endpoints-s3"),
    (VPC_ENDPOINT, "endpoints-kms"),
)
A, B = (given(SUBNET, f"network-app-{zone}", {"availabilityZone": f"eu-west-1{zone}"}) for zone in "ab")
NOWHERE = (
    Case(says="a load balancer of other subnets", change={BALANCER: {"sources.subnets": ELSEWHERE}}),
    Case(says="a group of other subnets", change={GROUP: {"sources.vpcZoneIdentifiers": ELSEWHERE}}),
    Case(says="an endpoint of other subnets", change={KMS: {"sources.subnetIds": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(
        A,
        B,
        given(*BALANCER, {"subnets": [UNKNOWN, UNKNOWN]}, {"subnets": [A, B]}),
        given(*GROUP, {"vpcZoneIdentifiers": [UNKNOWN, UNKNOWN]}, {"vpcZoneIdentifiers": [A, B]}),
        given(*KMS, {"vpcEndpointType": "Interface", "subnetIds": [UNKNOWN, UNKNOWN]}, {"subnetIds": [A, B]}),
        given(*S3, {"vpcEndpointType": "Gateway"}),
    ),
    cases=(
        *NOWHERE,
        Case(says="one subnet", change={GROUP: {"sources.vpcZoneIdentifiers": [A.urn]}}),
        Case(says="two subnets of one zone", change={B.key: {"availabilityZone": "eu-west-1a"}}, fires_on=[BALANCER, GROUP, KMS]),
        Case(says="an interface endpoint without subnets", change={S3: {"vpcEndpointType": "Interface"}}),
    ),
    undecided=((A.key, "availabilityZone"), (KMS, "vpcEndpointType")),
    mutations=NOWHERE,
)
