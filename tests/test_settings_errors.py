"""Bad stack config: each mistake has one line that names the key, the bad value, what is allowed and what to do."""

import pytest

from tests.configs import GONE, Changes, many, refusal

DIGEST = "sha256:" + "a" * 64
PRIVATE = "must be a private IPv4 network from /16 to /23 written with its first address, for example 10.20.0.0/16"
IMAGE = "must be an image in ECR by digest: ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:64 hexadecimal digits (a tag can move)"
SITE = "takes /, /assets/* or all of them, which belong to the static site: choose a prefix of the service's own, for example /api/*"
REFERENCE = "docs/reference/settings.md lists what there is"
START = {"cron": "0 7 * * *", "desired": 13}

EMPTY = (
    "lets a color that takes traffic shrink to nothing: at least 1 there, or in switchyard:contingency.scale_floor, which holds for all "
    "fleets."
)
CASES: dict[str, tuple[Changes, str]] = {
    "a misspelt section": ({"netwrok": {}}, "netwrok: is not a setting; did you mean network?"),
    "a misspelt leaf": ({"services.api.liev": "blue"}, "services.api.liev: is not a setting; did you mean live?"),
    "a misspelt leaf of an optional section": (
        {"services.api.canary.percnt": 1},
        "services.api.canary.percnt: is not a setting; did you mean percent?",
    ),
    "an unknown key": ({"zzz": 1}, f"zzz: is not a setting ({REFERENCE})."),
    "a key that the program sets itself": ({"stack": "other"}, f"stack: is not a setting ({REFERENCE})."),
    "a missing section": ({"domain": GONE}, f"domain: is missing: every stack sets it ({REFERENCE})."),
    "a missing leaf": ({"services.api.live": GONE}, f"services.api.live: is missing: every stack sets it ({REFERENCE})."),
    "text for a section": ({"network": "10.0.0.0/16"}, f"network: '10.0.0.0/16' must be a section of settings ({REFERENCE})."),
    "text for a list": ({"services.api.paths": "/api/*"}, "services.api.paths: '/api/*' must be a list, `[one, two]`."),
    "text for a number": ({"services.api.priority": "first"}, "services.api.priority: 'first' must be a whole number."),
    "a truth for a number": ({"services.api.canary.percent": True}, "services.api.canary.percent: True must be a whole number."),
    "a fraction": ({"services.api.canary.percent": 0.5}, "services.api.canary.percent: 0.5 must be a whole number."),
    "a number for a truth": ({"services.api.blue.irreversible": 7}, "services.api.blue.irreversible: 7 must be true or false."),
    "a number for text": ({"account_id": 123456789012}, "account_id: 123456789012 must be text: put it in quotes."),
    "an account of eleven digits": (
        {"account_id": "12345678901"},
        "account_id: '12345678901' must be the 12 digits of an AWS account, in quotes.",
    ),
    "purple": ({"services.api.live": "purple"}, "services.api.live: 'purple' must be blue or green."),
    "a canary of 100": (
        {"services.api.canary.percent": 100},
        "services.api.canary.percent: 100 must be 0 to 99 percent (`switchyard promote` moves all of it).",
    ),
    "a canary of 101": (
        {"services.api.canary.percent": 101},
        "services.api.canary.percent: 101 must be 0 to 99 percent (`switchyard promote` moves all of it).",
    ),
    "a canary on the live color": (
        {"services.api.canary": {"color": "blue", "percent": 10}},
        "services.api.canary.color: 'blue' is live: a canary runs on green; end it with canary.percent 0 before live changes.",
    ),
    "live set alone in the middle of a canary": (
        {"services.api.canary.percent": 10, "services.api.live": "green"},
        "services.api.canary.color: 'green' is live: a canary runs on blue; end it with canary.percent 0 before live changes.",
    ),
    "a canary on a color of no capacity": (
        {"services.api.canary.percent": 10, "services.api.green.capacity": {"min": 0, "max": 0}},
        "services.api.canary.color: 'green' has no capacity: set switchyard:services.api.green.capacity.max above 0 first.",
    ),
    "a live color of no capacity": (
        {"services.api.blue.capacity": {"min": 0, "max": 0}},
        "services.api.live: 'blue' has no capacity: set switchyard:services.api.blue.capacity.max above 0 first.",
    ),
    "a previous that is live": (
        {"services.api.previous": "blue"},
        "services.api.previous: 'blue' is the live color: `switchyard promote` writes the other one, or remove it.",
    ),
    "a cold color that is never empty": (
        {"services.api.green.capacity.restore_minutes": 15},
        "services.api.green.capacity.restore_minutes: 15 is for a color that may be empty: remove it, or set min to 0.",
    ),
    "min above max": (
        {"services.api.blue.capacity.min": 13},
        "services.api.blue.capacity.min: 13 is above max (12): raise max or lower it.",
    ),
    "hold above max": (
        {"services.api.blue.capacity.hold": 13},
        "services.api.blue.capacity.hold: 13 is above max (12): raise max or lower it.",
    ),
    "warm above max": (
        {"services.api.blue.capacity.warm": 13},
        "services.api.blue.capacity.warm: 13 is above max (12): raise max or lower it.",
    ),
    "a start above max": (
        {"services.api.blue.capacity.schedule": [START]},
        "services.api.blue.capacity.schedule[0].desired: 13 is above max (12): raise max or lower it.",
    ),
    "a start below min": (
        {"services.api.blue.capacity.schedule": [{**START, "desired": 2}]},
        "services.api.blue.capacity.schedule[0].desired: 2 is below min (3), where AWS refuses to go: raise it or lower min.",
    ),
    "a cron of six fields": (
        {"services.api.blue.capacity.schedule": [{**START, "desired": 3, "cron": "0 7 * * ? *"}]},
        "services.api.blue.capacity.schedule[0].cron: '0 7 * * ? *' must be a cron expression of five fields, for example 0 7 * * 1-5.",
    ),
    "two starts at one time": (
        {"services.api.blue.capacity.schedule": [{**START, "desired": 3}, {**START, "desired": 4}]},
        "services.api.blue.capacity.schedule[1].cron: '0 7 * * *' starts when another one does: AWS takes one start at a time.",
    ),
    "a live color that may shrink to nothing": (
        {"services.api.blue.capacity.min": 0},
        f"services.api.blue.capacity.min: 0 {EMPTY}",
    ),
    "a canary that may shrink to nothing": (
        {"services.api.green.capacity.min": 0, "services.api.canary.percent": 5},
        f"services.api.green.capacity.min: 0 {EMPTY}",
    ),
    "an idle timeout beyond the instance's": (
        {"load_balancer.idle_timeout_seconds": 71},
        "load_balancer.idle_timeout_seconds: 71 must be 1 to 70 seconds (an instance closes after 75).",
    ),
    "a service with the prefix of AWS's ids": (
        {"services.sg-api": many(1)["s0"] | {"priority": 9}},
        "services.sg-api: 'sg-api' is the name of AWS's security group ids: give the service another one.",
    ),
    "paths that overlap across services": (
        {"services.web.paths": ["/api/v2/*"]},
        "services.web.paths: '/api/v2/*' overlaps /api/* of api: a path belongs to one service.",
    ),
    "paths that overlap within a service": (
        {"services.api.paths": ["/api/*", "/api/v2"]},
        "services.api.paths: '/api/*' overlaps /api/v2: keep the wider one.",
    ),
    "a name that a renamed service's resources have": (
        {"services.web.came_up_as": "api"},
        "services.web.came_up_as: 'api' is the name of api's resources: choose another name.",
    ),
    "equal priorities": ({"services.web.priority": 1}, "services.web.priority: 1 is api's too: give each service its own."),
    "the root": ({"services.api.paths": ["/"]}, f"services.api.paths: '/' {SITE}."),
    "everything": ({"services.api.paths": ["/*"], "services.web": GONE}, f"services.api.paths: '/*' {SITE}."),
    "the site's files": ({"services.api.paths": ["/assets/*"]}, f"services.api.paths: '/assets/*' {SITE}."),
    "five paths": (
        {"services.api.paths": ["/a", "/b", "/c", "/d", "/e"]},
        (
            "services.api.paths: ['/a', '/b', '/c', '/d', '/e'] has 5: there must be 1 to 4 paths "
            "(AWS gives a rule five values, and previews take one)."
        ),
    ),
    "no path": (
        {"services.api.paths": []},
        "services.api.paths: [] has 0: there must be 1 to 4 paths (AWS gives a rule five values, and previews take one).",
    ),
    "seven wildcards": (
        {"services.api.paths": ["/a?/*/*", "/b?/*/*/*"]},
        "services.api.paths: '7 wildcards' are more than the 6 that AWS allows a listener rule.",
    ),
    "a path without its slash": (
        {"services.api.paths": ["api/*"]},
        "services.api.paths[0]: 'api/*' must start with / and hold at most 128 of A-Z a-z 0-9 _ - . $ / ~ @ : + and the wildcards ? and *.",
    ),
    "the same path twice": (
        {"services.api.paths": ["/api", "/api"]},
        "services.api.paths: ['/api', '/api'] names /api twice: list each path once.",
    ),
    "no service": ({"services": {}}, "services: {} is empty: name at least one service."),
    "nobody to page": ({"monitoring.page": []}, "monitoring.page: [] is empty: name at least one address."),
    "an address without a host": ({"monitoring.page": ["me"]}, "monitoring.page[0]: 'me' must be an e-mail address."),
    "a health path with a query": (
        {"services.api.health_path": "/healthz?deep=1"},
        "services.api.health_path: '/healthz?deep=1' must be a path without wildcards or query, for example /healthz.",
    ),
    "stickiness above the drain time": (
        {"services.api.stickiness_seconds": 121},
        "services.api.stickiness_seconds: 121 must be at most load_balancer.drain_seconds (120), or a client outlives its color.",
    ),
    "a drain time shorter than the stop time": (
        {"load_balancer.drain_seconds": 29},
        "load_balancer.drain_seconds: 29 must be 30 to 3600 seconds (an instance may take 25 to stop).",
    ),
    "a retention that CloudWatch does not know": (
        {"monitoring.log_retention_days": 31},
        (
            "monitoring.log_retention_days: 31 must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, "
            "2192, 2557, 2922, 3288, 3653 days."
        ),
    ),
    "a network that is none": ({"network.cidr": "10.20.0.0/33"}, f"network.cidr: '10.20.0.0/33' {PRIVATE}."),
    "a network with host bits": ({"network.cidr": "10.20.0.1/16"}, f"network.cidr: '10.20.0.1/16' {PRIVATE}."),
    "a public network": ({"network.cidr": "8.8.0.0/16"}, f"network.cidr: '8.8.0.0/16' {PRIVATE}."),
    "a network larger than a VPC": ({"network.cidr": "10.0.0.0/8"}, f"network.cidr: '10.0.0.0/8' {PRIVATE}."),
    "subnets that do not fit": (
        {"network.cidr": "10.20.0.0/24"},
        f"network.cidr: '10.20.0.0/24' {PRIVATE}: its sixteen subnets would be /28, and a load balancer needs /27 or larger.",
    ),
    "one zone": (
        {"network.availability_zones": ["eu-west-1a"], "database.replicas": {}},
        "network.availability_zones: ['eu-west-1a'] must be 2 to 4 zones: one is no protection, and a tier has 4 subnets.",
    ),
    "five zones": (
        {"network.availability_zones": [f"eu-west-1{letter}" for letter in "abcde"]},
        (
            "network.availability_zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1d', 'eu-west-1e'] "
            "must be 2 to 4 zones: one is no protection, and a tier has 4 subnets."
        ),
    ),
    "a zone of another region": (
        {"network.availability_zones": ["eu-west-1a", "eu-central-1b"], "database.replicas": {}},
        "network.availability_zones: 'eu-central-1b' is not a zone of eu-west-1 (aws:region).",
    ),
    "the same zone twice": (
        {"network.availability_zones": ["eu-west-1a", "eu-west-1a"]},
        "network.availability_zones: ['eu-west-1a', 'eu-west-1a'] names eu-west-1a twice: list each zone once.",
    ),
    "an address for a network": (
        {"network.egress_cidrs": ["203.0.113.7"]},
        "network.egress_cidrs[0]: '203.0.113.7' must be an IPv4 network written with its first address, for example 203.0.113.0/24.",
    ),
    "more networks than a security group has rules": (
        {"network.egress_cidrs": [f"198.51.100.{number}/32" for number in range(56)]},
        (
            "network.egress_cidrs: '61 outbound rules' are more than the 60 of AWS's quota \"Rules per security group\": join networks, "
            "or allow 0.0.0.0/0."
        ),
    ),
    "an image by tag": (
        {"services.api.blue.image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:v1"},
        f"services.api.blue.image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:v1' {IMAGE}.",
    ),
    "an image outside ECR": (
        {"services.api.blue.image": f"nginx@{DIGEST}"},
        f"services.api.blue.image: 'nginx@{DIGEST}' {IMAGE}.",
    ),
    "a repository that ECR refuses": (
        {"services.api.blue.image": f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/a@{DIGEST}"},
        f"services.api.blue.image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/a@sha256:{'a' * 24}… {IMAGE}.",
    ),
    "a malformed AMI": (
        {"services.api.blue.ami": "ami-12345"},
        "services.api.blue.ami: 'ami-12345' must be an AMI id: ami- and 8 or 17 hexadecimal digits.",
    ),
    "a boot template that does not exist": (
        {"services.api.blue.boot": 99},
        "services.api.blue.boot: 99 is not a boot template; there is 1.",
    ),
    "an instance type that is none": (
        {"services.api.blue.instance_types": ["large"]},
        "services.api.blue.instance_types[0]: 'large' must be an EC2 instance type, for example m8g.large.",
    ),
    "mixed architectures": (
        {"services.api.blue.instance_types": ["m8g.large", "m7i.large"]},
        "services.api.blue.instance_types: ['m8g.large', 'm7i.large'] mix Arm and x86: an AMI boots on one of them.",
    ),
    "the port of the TLS terminator": (
        {"services.api.blue.port": 8443},
        "services.api.blue.port: 8443 is taken: where the instance ends TLS.",
    ),
    "a port that needs root": (
        {"services.api.blue.port": 80},
        "services.api.blue.port: 80 must be 1024 to 65535 (ports below 1024 need root).",
    ),
    "a setting in small letters": (
        {"services.api.blue.env": {"level": "info"}},
        "services.api.blue.env.level: 'level' must be an environment variable in capitals, digits and underscores.",
    ),
    "a setting that the boot template sets": (
        {"services.api.blue.env": {"PORT": "80"}},
        "services.api.blue.env.PORT: is set by the boot template: choose another name.",
    ),
    "a setting that is an endpoint": (
        {"services.api.blue.env": {"LOAD_BALANCER": "x"}},
        "services.api.blue.env.LOAD_BALANCER: is set by the service's endpoints: choose another name.",
    ),
    "a setting that is a secret": (
        {"services.api.blue.env": {"PAYMENT_KEY": "x"}},
        "services.api.blue.env.PAYMENT_KEY: is set by switchyard:services.api.blue.secrets: choose another name.",
    ),
    "a secret that the boot template sets": (
        {"services.api.blue.secrets": ["port"]},
        "services.api.blue.secrets: 'port' becomes PORT, which is set by the boot template: choose another name.",
    ),
    "an empty setting": (
        {"services.api.blue.env": {"EMPTY": ""}},
        "services.api.blue.env.EMPTY: '' must be 1 to 4096 bytes of printable text in one line (SSM keeps no empty parameter).",
    ),
    "a setting that names a parameter": (
        {"services.api.blue.env": {"GREETING": "{{name}}"}},
        "services.api.blue.env.GREETING: '{{name}}' must not hold {{, which SSM takes for the name of another parameter.",
    ),
    "two secrets of one entry": (
        {
            "services.api.blue.secrets": ["web-key"],
            "services.api-web": {**many(1)["s0"], "priority": 9},
            "services.api-web.blue.secrets": ["key"],
        },
        "services.api-web: 'key' would share its entry api-web-key with api: rename the secret.",
    ),
    "a secret of a shared one's entry": (
        {"shared_secrets": ["a-key"], "services.shared-a": {**many(1)["s0"], "priority": 9}, "services.shared-a.blue.secrets": ["key"]},
        "services.shared-a: 'key' would share its entry shared-a-key with switchyard:shared_secrets: rename the secret.",
    ),
    "a shared secret twice": (
        {"shared_secrets": ["sentry-dsn", "sentry-dsn"]},
        "shared_secrets: ['sentry-dsn', 'sentry-dsn'] names sentry-dsn twice: list each secret once.",
    ),
    "a shared secret in capitals": (
        {"shared_secrets": ["SENTRY_DSN"]},
        "shared_secrets[0]: 'SENTRY_DSN' must be lowercase letters, digits and hyphens, at most 63.",
    ),
    "a service of the shared secrets' name": (
        {"services.shared": many(1)["s0"] | {"priority": 9}},
        "services.shared: 'shared' is the name of the secrets that several services read: give the service another one.",
    ),
    "a service of the site's name": (
        {"services.site": many(1)["s0"] | {"priority": 9}},
        (
            "services.site: 'site' is the name of the static site, which is shifted and rolled back beside the services: "
            "give the service another one."
        ),
    ),
    "a service of AWS's name": (
        {"services.sg": many(1)["s0"] | {"priority": 9}},
        "services.sg: 'sg' is the name of AWS's security group ids: give the service another one.",
    ),
    "a service of a long name": (
        {"services.reservations": many(1)["s0"] | {"priority": 9}},
        "services.reservations: 'reservations' must be 2 to 10 lowercase letters, digits and single hyphens, starting with a letter.",
    ),
    "34 services by AWS's own quota": (
        {"services": many(34)},
        (
            "services: '34 services' take 102 listener rules and the quota is 100: ask AWS to raise "
            '"Rules per Application Load Balancer" and then set switchyard:load_balancer.rules_quota.'
        ),
    ),
    "51 services": (
        {"services": many(51), "load_balancer.rules_quota": 200},
        "services: '51 services' take 102 target groups, and AWS allows a load balancer 100: at most 50.",
    ),
    "71 paths": (
        {"services": many(18, paths=4) | many(1, paths=3)},
        "services: '71 paths' are more than the 70 that a CDN distribution's 75 cache behaviors have room for: join some with a wildcard.",
    ),
}


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_has_one_line_that_says_what_to_do(mistake: str) -> None:
    """Key, bad value, what is allowed, the fix: nothing else, and no word of Python's."""
    changes, line = CASES[mistake]
    assert refusal(changes) == f"Pulumi.prod.yaml has 1 error; nothing was touched.\n  switchyard:{line}"
