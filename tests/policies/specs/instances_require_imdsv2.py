from policies.rules.aws_types import LAUNCH_TEMPLATE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

TEMPLATE = (LAUNCH_TEMPLATE, "api-blue-boot")
OPTIONS = {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1}

SPEC = Spec(
    compliant=(given(*TEMPLATE, {"imageId": "ami-0123456789abcdef0", "metadataOptions": OPTIONS}),),
    cases=(
        Case(says="tokens are optional", change={TEMPLATE: {"metadataOptions.httpTokens": "optional"}}),
        Case(says="tokens are left to AWS", change={TEMPLATE: {"metadataOptions.httpTokens": REMOVED}}),
        Case(says="answers travel two hops, into containers", change={TEMPLATE: {"metadataOptions.httpPutResponseHopLimit": 2}}),
        Case(says="hops are left to the AMI", change={TEMPLATE: {"metadataOptions.httpPutResponseHopLimit": REMOVED}}),
        Case(says="no metadata options", change={TEMPLATE: {"metadataOptions": REMOVED}}),
    ),
    undecided=(
        (TEMPLATE, "metadataOptions"),
        (TEMPLATE, "metadataOptions.httpTokens"),
        (TEMPLATE, "metadataOptions.httpPutResponseHopLimit"),
    ),
    mutations=(
        Case(says="tokens are optional", change={TEMPLATE: {"metadataOptions.httpTokens": "optional"}}),
        Case(says="answers travel two hops", change={(LAUNCH_TEMPLATE, "web-green-boot"): {"metadataOptions.httpPutResponseHopLimit": 2}}),
    ),
)
