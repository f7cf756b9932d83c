from policies.rules.aws_types import LAUNCH_TEMPLATE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

TEMPLATE = (LAUNCH_TEMPLATE, "api-blue-boot")
RELEASE = {"release": f"sha256:{'a' * 64}"}
CASES = (
    Case(says="whatever AMI is newest", change={TEMPLATE: {"imageId": "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023"}}),
    Case(says="no AMI", change={TEMPLATE: {"imageId": REMOVED}}),
    Case(says="a release by a tag that moves", change={TEMPLATE: {"tagSpecifications[0].tags.release": "latest"}}),
    Case(says="disks without a release", change={TEMPLATE: {"tagSpecifications[1].tags.release": REMOVED}}),
    Case(says="no tags", change={TEMPLATE: {"tagSpecifications": REMOVED}}),
)

SPEC = Spec(
    compliant=(
        given(
            *TEMPLATE,
            {"imageId": "ami-1", "tagSpecifications": [{"resourceType": kind, "tags": RELEASE} for kind in ("instance", "volume")]},
        ),
    ),
    cases=CASES,
    undecided=((TEMPLATE, "imageId"), (TEMPLATE, "tagSpecifications"), (TEMPLATE, "tagSpecifications[0].tags.release")),
    mutations=CASES,
)
