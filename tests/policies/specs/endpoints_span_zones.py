from policies.rules.aws_types import SUBNET, VPC_ENDPOINT
from tests.policies.given import ELSEWHERE, UNKNOWN, given
from tests.policies.spec import Case, Spec

KMS, S3 = (VPC_ENDPOINT, "endpoints-kms"), (VPC_ENDPOINT, "endpoints-s3")
A, B = (given(SUBNET, f"network-app-{zone}", {"availabilityZone": f"eu-west-1{zone}"}) for zone in "ab")

SPEC = Spec(
    compliant=(
        A,
        B,
        given(*KMS, {"vpcEndpointType": "Interface", "subnetIds": [UNKNOWN, UNKNOWN]}, {"subnetIds": [A, B]}),
        given(*S3, {"vpcEndpointType": "Gateway"}),
    ),
    cases=(
        Case(says="one subnet", change={KMS: {"vpcEndpointType": "Interface", "sources.subnetIds": [A.urn]}}),
        Case(says="two subnets of one zone", change={B.key: {"availabilityZone": "eu-west-1a"}}, fires_on=[KMS]),
        Case(says="no subnets", change={KMS: {"sources.subnetIds": ELSEWHERE}}),
    ),
    undecided=((KMS, "vpcEndpointType"), (A.key, "availabilityZone")),
    mutations=(Case(says="no subnet of the stack", change={KMS: {"sources.subnetIds": ELSEWHERE}}),),
)
