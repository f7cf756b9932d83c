from policies.rules.aws_types import DISTRIBUTION, KEY_VALUE, LAUNCH_TEMPLATE, LISTENER
from tests.policies.given import UNKNOWN, given
from tests.policies.spec import Case, Spec
from tests.policies.web_tier import BLUE, BLUE_FLEET, TRAFFIC, WEB_TIER

BOOT, HTTPS = (LAUNCH_TEMPLATE, "api-blue-boot"), (LISTENER, "lb-https")
CDN, SHOWN = (DISTRIBUTION, "cdn"), (KEY_VALUE, "routing-traffic")
EDGE = (
    Case(says="an ignored firewall", change={CDN: {"options.ignoreChanges": ["webAclId"]}}),
    Case(says="an ignored release of the site", change={SHOWN: {"options.ignoreChanges": ["value"]}}),
)

SPEC = Spec(
    compliant=(*WEB_TIER, given(*BOOT, {}), given(*HTTPS, {}), given(*CDN, {}), given(*SHOWN, {})),
    cases=(
        *EDGE,
        Case(says="ignored weights", change={TRAFFIC.key: {"options.ignoreChanges": ["actions"]}}),
        Case(says="one ignored weight", change={TRAFFIC.key: {"options.ignoreChanges": ["actions[0].forward.targetGroups[0].weight"]}}),
        Case(says="an ignored health check", change={BLUE.key: {"options.ignoreChanges": ["healthCheck"]}}),
        Case(says="an ignored AMI", change={BOOT: {"options.ignoreChanges": ["imageId"]}}),
        Case(says="an ignored TLS policy", change={HTTPS: {"options.ignoreChanges": ["sslPolicy"]}}),
        Case(says="ignored sizes", change={BLUE_FLEET.key: {"options.ignoreChanges": ["minSize"]}}),
        Case(says="a fixed size", change={BLUE_FLEET.key: {"desiredCapacity": 2}}),
        Case(says="a fixed size that nobody knows yet", change={BLUE_FLEET.key: {"desiredCapacity": UNKNOWN}}),
    ),
    undecided=(),
    mutations=(
        *EDGE,
        Case(says="ignored weights", change={TRAFFIC.key: {"options.ignoreChanges": ["actions"]}}),
        Case(says="a fixed size", change={BLUE_FLEET.key: {"desiredCapacity": 2}}),
    ),
)
