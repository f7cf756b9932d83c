from policies.rules.aws_types import BUCKET, BUCKET_LIFECYCLE, BUCKET_POLICY, LOAD_BALANCER
from tests.policies.given import REMOVED, UNKNOWN, given
from tests.policies.spec import Case, Spec

LOGS, SITE = given(BUCKET, "lb-logs", {}), given(BUCKET, "site", {})
WRITTEN = given(BUCKET_POLICY, "lb-logs-policy", {"bucket": UNKNOWN}, {"bucket": [LOGS]})
BALANCER, EXPIRING = (LOAD_BALANCER, "lb"), (BUCKET_LIFECYCLE, "lb-logs-expiring")
CASES = (
    Case(says="a month", change={EXPIRING: {"rules[0].expiration.days": 30}}),
    Case(says="a day for all of them", change={EXPIRING: {"rules[0].expiration": {"date": "2027-01-01T00:00:00Z"}}}),
)

SPEC = Spec(
    compliant=(
        LOGS,
        SITE,
        WRITTEN,
        given(*BALANCER, {"accessLogs": {"bucket": UNKNOWN}}, {"accessLogs": [WRITTEN], "connectionLogs": [WRITTEN]}),
        given(*EXPIRING, {"rules": [{"status": "Enabled", "expiration": {"days": 365}}]}, {"bucket": [LOGS]}),
        given(BUCKET_LIFECYCLE, "site-expiring", {"rules": [{"status": "Enabled", "expiration": {"days": 30}}]}, {"bucket": [SITE]}),
    ),
    cases=(
        *CASES,
        Case(
            says="a month, by a load balancer that names the bucket",
            change={EXPIRING: {"rules[0].expiration.days": 30}, BALANCER: {"sources.accessLogs": [LOGS.urn], "sources.connectionLogs": []}},
            fires_on=[EXPIRING],
        ),
    ),
    also_compliant={"for ever": {EXPIRING: {"rules[0].expiration": REMOVED}}},
    undecided=((EXPIRING, "rules"), (EXPIRING, "rules[0].expiration.days")),
    mutations=(
        *CASES,
        *(
            Case(says=f"a month of {name}", change={(BUCKET_LIFECYCLE, f"{name}-expiring"): {"rules[0].expiration.days": 30}})
            for name in ("cdn-logs", "site-log", "site-copy-log")
        ),
    ),
)
