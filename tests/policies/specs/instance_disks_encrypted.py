from policies.rules.aws_types import KEY, LAUNCH_TEMPLATE
from tests.policies.given import ELSEWHERE, REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

TEMPLATE = (LAUNCH_TEMPLATE, "api-blue-boot")
DATA = given(KEY, "encryption-data", {})
DISK = {"deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "kmsKeyId": UNKNOWN}}
CASES = (
    Case(says="no encryption", change={TEMPLATE: {"blockDeviceMappings[0].ebs.encrypted": "false"}}),
    Case(says="the account's default", change={TEMPLATE: {"blockDeviceMappings[0].ebs.encrypted": REMOVED}}),
    Case(says="AWS's own key", change={TEMPLATE: {"blockDeviceMappings[0].ebs.kmsKeyId": REMOVED}}),
    Case(says="a key from elsewhere", change={TEMPLATE: {"sources.blockDeviceMappings": ELSEWHERE}}),
    Case(says="the AMI's own root, and a disk beside it", change={TEMPLATE: {"blockDeviceMappings[0].deviceName": "/dev/sdf"}}),
    Case(says="the AMI's own disks", change={TEMPLATE: {"blockDeviceMappings": REMOVED}}),
)

SPEC = Spec(
    compliant=(DATA, given(*TEMPLATE, {"blockDeviceMappings": [DISK]}, {"blockDeviceMappings": [DATA]})),
    cases=CASES,
    undecided=(
        (TEMPLATE, "blockDeviceMappings"),
        (TEMPLATE, "blockDeviceMappings[0].deviceName"),
        (TEMPLATE, "blockDeviceMappings[0].ebs.encrypted"),
    ),
    mutations=CASES,
)
