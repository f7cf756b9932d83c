from policies.rules.aws_types import AUTO_SCALING_GROUP, LAUNCH_TEMPLATE, LISTENER, LOAD_BALANCER, TARGET_GROUP
from tests.policies.given import given
from tests.policies.spec import Case, Spec

THINGS = {
    AUTO_SCALING_GROUP: "api-blue-group",
    LAUNCH_TEMPLATE: "api-blue-boot",
    LISTENER: "lb-https",
    LOAD_BALANCER: "lb",
    TARGET_GROUP: "api-blue",
}
CASES = tuple(Case(says=f"the {key[1]}", change={key: {"options.deleteBeforeReplace": True}}) for key in THINGS.items())

SPEC = Spec(compliant=tuple(given(*key, {}) for key in THINGS.items()), cases=CASES, undecided=(), mutations=CASES)
