from policies.rules.aws_types import AUTO_SCALING_GROUP, LAUNCH_TEMPLATE
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

GROUP, TEMPLATE = (AUTO_SCALING_GROUP, "api-blue-group"), (LAUNCH_TEMPLATE, "api-blue-boot")
OWNER = {"project": "switchyard", "stack": "test", "managed-by": "pulumi", "service": "api", "color": "blue"}
LAUNCHED = [{"resourceType": kind, "tags": {**OWNER, "release": "sha256:1"}} for kind in ("instance", "volume")]
TEMPLATE_GIVEN = given(*TEMPLATE, {"tags": {"service": "api", "color": "blue"}, "tagSpecifications": LAUNCHED})
TAGS = [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in OWNER.items()]
CASES = (
    Case(says="no tags", change={GROUP: {"tags": REMOVED}}),
    Case(says="a tag too few", change={GROUP: {"tags[1]": REMOVED}}),
    Case(says="another stack's", change={GROUP: {"tags[1].value": "elsewhere"}}),
    Case(says="the other color's", change={GROUP: {"tags[4].value": "green"}}),
    Case(says="for the group alone", change={GROUP: {"tags[0].propagateAtLaunch": False}}),
    Case(says="instances of nobody", change={TEMPLATE: {"tagSpecifications[0].tags.managed-by": REMOVED}}),
    Case(says="disks of another service", change={TEMPLATE: {"tagSpecifications[1].tags.service": "web"}}),
    Case(says="instances of another project", change={TEMPLATE: {"tagSpecifications[0].tags.project": "elsewhere"}}),
)

SPEC = Spec(
    compliant=(TEMPLATE_GIVEN, given(*GROUP, {"tags": TAGS}, {"mixedInstancesPolicy": [TEMPLATE_GIVEN]})),
    cases=(*CASES, Case(says="disks without tags", change={TEMPLATE: {"tagSpecifications[1].tags": REMOVED}})),
    also_compliant={"one more": {GROUP: {"tags": [*TAGS, {"key": "cost-center", "value": "1", "propagateAtLaunch": True}]}}},
    undecided=(
        (GROUP, "tags"),
        (GROUP, "tags[0].value"),
        (GROUP, "tags[0].propagateAtLaunch"),
        (TEMPLATE, "tagSpecifications"),
        (TEMPLATE, "tagSpecifications[0].tags"),
        (TEMPLATE, "tags.color"),
    ),
    mutations=CASES,
)
