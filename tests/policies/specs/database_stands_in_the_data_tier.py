from policies.rules.aws_types import DATABASE_SUBNETS, SUBNET
from tests.policies.database import PRIMARY, PROXY, REPLICA, RESTORED, promoted, replica
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

DATA, APP = given(SUBNET, "network-data-a", {"tags": {"tier": "data"}}), given(SUBNET, "network-app-a", {"tags": {"tier": "app"}})
SUBNETS = given(DATABASE_SUBNETS, "database-subnets", {"subnetIds": [UNKNOWN]}, {"subnetIds": [DATA]})
PLACED = {"dbSubnetGroupName": UNKNOWN}
CASES = (
    Case(says="AWS's subnets", change={PRIMARY: {"dbSubnetGroupName": REMOVED, "sources.dbSubnetGroupName": []}}),
    Case(says="a subnet group of elsewhere", change={PRIMARY: {"sources.dbSubnetGroupName": ELSEWHERE}}),
    Case(says="subnets of elsewhere", change={SUBNETS.key: {"sources.subnetIds": ELSEWHERE}}),
    Case(says="a proxy of elsewhere", change={PROXY: {"sources.vpcSubnetIds": ELSEWHERE}}),
    Case(says="a replica with a group of elsewhere", change={REPLICA: {"dbSubnetGroupName": "default"}}),
)

SPEC = Spec(
    compliant=(
        DATA,
        APP,
        SUBNETS,
        given(*PRIMARY, {**PLACED, "username": "switchyard"}, {"dbSubnetGroupName": [SUBNETS]}),
        given(*RESTORED, {**PLACED, "restoreToPointInTime": {}}, {"dbSubnetGroupName": [SUBNETS]}),
        replica(),
        promoted(),
        given(*PROXY, {"vpcSubnetIds": [UNKNOWN]}, {"vpcSubnetIds": [DATA]}),
    ),
    cases=(
        *CASES,
        Case(says="a tier with a way out", change={SUBNETS.key: {"sources.subnetIds": [DATA.urn, APP.urn]}}),
        Case(says="a proxy there", change={PROXY: {"sources.vpcSubnetIds": [APP.urn]}}),
        Case(says="a restore in AWS's subnets", change={RESTORED: {"dbSubnetGroupName": REMOVED, "sources.dbSubnetGroupName": []}}),
    ),
    undecided=((DATA.key, "tags.tier"),),
    mutations=CASES,
)
