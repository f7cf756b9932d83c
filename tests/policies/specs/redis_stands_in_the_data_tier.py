from policies.rules.aws_types import CACHE_SUBNETS, REPLICATION_GROUP, SUBNET
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

REDIS, PLACES = (REPLICATION_GROUP, "redis-group"), (CACHE_SUBNETS, "redis-subnets")
DATA = (SUBNET, "network-data-a")
SUBNETS = given(*DATA, {"tags": {"tier": "data"}})
NAMED = given(*PLACES, {"subnetIds": [UNKNOWN]}, {"subnetIds": [SUBNETS]})
CASES = (
    Case(says="AWS's default subnets", change={REDIS: {"subnetGroupName": REMOVED, "sources.subnetGroupName": []}}),
    Case(says="somebody else's", change={REDIS: {"sources.subnetGroupName": ELSEWHERE}}),
    Case(says="subnets of elsewhere", change={PLACES: {"sources.subnetIds": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(SUBNETS, NAMED, given(*REDIS, {"subnetGroupName": UNKNOWN}, {"subnetGroupName": [NAMED]})),
    cases=(*CASES, Case(says="a tier with a way out", change={DATA: {"tags.tier": "app"}}, fires_on=[PLACES])),
    undecided=((DATA, "tags.tier"),),
    mutations=CASES,
)
