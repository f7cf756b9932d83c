from policies.rules.aws_types import VPC, VPC_ENDPOINT
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, Given, given
from tests.policies.spec import Case, Spec

NETWORK = (VPC, "network-vpc")
VPC_GIVEN = given(*NETWORK, {"enableDnsSupport": True, "enableDnsHostnames": True})
INTERFACES = ("ec2", "ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "secretsmanager", "kms")
KMS, S3 = (VPC_ENDPOINT, "endpoints-kms"), (VPC_ENDPOINT, "endpoints-s3")


def endpoint(service: str, kind: str) -> Given:
    """An endpoint of the VPC."""
    inputs = {"vpcId": UNKNOWN, "serviceName": f"com.amazonaws.eu-west-1.{service}", "vpcEndpointType": kind}
    private = {"privateDnsEnabled": True} if kind == "Interface" else {}
    return given(VPC_ENDPOINT, f"endpoints-{service.replace('.', '-')}", {**inputs, **private}, {"vpcId": [VPC_GIVEN]})


CASES = (
    Case(says="none for KMS", drop=[KMS], fires_on=[NETWORK]),
    Case(says="none for S3", drop=[S3], fires_on=[NETWORK]),
    Case(says="one of another VPC", change={KMS: {"sources.vpcId": ELSEWHERE}}, fires_on=[NETWORK]),
    Case(says="names are not answered", change={NETWORK: {"enableDnsSupport": False}}),
    Case(says="names are not given", change={NETWORK: {"enableDnsHostnames": REMOVED}}),
    Case(says="a name that leads out", change={KMS: {"privateDnsEnabled": False}}),
    Case(says="AWS's default for names", change={KMS: {"privateDnsEnabled": REMOVED}}),
)

SPEC = Spec(
    compliant=(VPC_GIVEN, endpoint("s3", "Gateway"), *(endpoint(service, "Interface") for service in INTERFACES)),
    cases=CASES,
    undecided=((NETWORK, "enableDnsHostnames"), (KMS, "serviceName"), (KMS, "vpcEndpointType"), (KMS, "privateDnsEnabled")),
    mutations=CASES,
)
