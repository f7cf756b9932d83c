from policies.rules.aws_types import BACKUP_VAULT, BUCKET, DATABASE, DISTRIBUTION, KEY, LOAD_BALANCER, LOG_GROUP, REPLICATION_GROUP, SECRET
from tests.policies.given import given
from tests.policies.spec import Case, Spec

THINGS = {
    KEY: "encryption-data",
    BUCKET: "lb-logs",
    BACKUP_VAULT: "backups",
    SECRET: "api-payment-key",
    LOG_GROUP: "api-blue-log",
    LOAD_BALANCER: "lb",
    DISTRIBUTION: "cdn",
    REPLICATION_GROUP: "redis-group",
    DATABASE: "database",
}

GIVEN_UP = ((SECRET, "web-mail-key"), (LOG_GROUP, "web-blue-log"), (DATABASE, "replica-r1"))

SPEC = Spec(
    compliant=[
        *(given(*key, {}, options={"protect": True}) for key in THINGS.items()),
        *(given(kind, name, {"tags": {"retiring": "true"}}, options={"protect": False}) for kind, name in GIVEN_UP),
    ],
    cases=[Case(says=f"a {key[0].rpartition(':')[2]}", change={key: {"options.protect": False}}) for key in THINGS.items()],
    undecided=tuple((key, "tags.retiring") for key in GIVEN_UP),
    mutations=[Case(says=f"the {key[1]}", change={key: {"options.protect": False}}) for key in THINGS.items()],
)
