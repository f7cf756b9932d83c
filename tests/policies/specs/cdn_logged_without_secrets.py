from policies.rules.aws_types import DISTRIBUTION, LOG_DELIVERY, LOG_DELIVERY_DESTINATION, LOG_DELIVERY_SOURCE
from tests.policies.given import ELSEWHERE, REMOVED, given
from tests.policies.spec import Case, Spec

CDN = given(DISTRIBUTION, "cdn", {})
SOURCE = given(LOG_DELIVERY_SOURCE, "cdn-logs-source", {"logType": "ACCESS_LOGS"}, {"resourceArn": [CDN]})
PLACE = given(LOG_DELIVERY_DESTINATION, "cdn-logs-destination", {})
LOG = (LOG_DELIVERY, "cdn-logs-delivery")
FIELDS = ["timestamp(ms)", "c-ip", "cs-method", "cs-uri-stem", "sc-status"]
CASES = (
    Case(says="sessions in the log", change={LOG: {"recordFields": [*FIELDS, "cs(Cookie)"]}}),
    Case(says="queries in the log", change={LOG: {"recordFields": [*FIELDS, "cs-uri-query"]}}),
    Case(says="AWS's own choice of fields", change={LOG: {"recordFields": REMOVED}}),
    Case(says="a log that does not say who", change={LOG: {"recordFields": [each for each in FIELDS if each != "c-ip"]}}),
    Case(says="a log that goes elsewhere", change={LOG: {"sources.deliveryDestinationArn": ELSEWHERE}}),
    Case(says="a delivery of another source", change={LOG: {"sources.deliverySourceName": ELSEWHERE}}, fires_on=[CDN.key]),
    Case(says="the log of another one", change={SOURCE.key: {"sources.resourceArn": ELSEWHERE}}, fires_on=[CDN.key]),
    Case(says="the log of something else", change={SOURCE.key: {"logType": "CONNECTION_LOGS"}}, fires_on=[CDN.key]),
    Case(says="the old log beside it", change={CDN.key: {"loggingConfig": {"bucket": "old", "includeCookies": True}}}),
)

SPEC = Spec(
    compliant=(
        CDN,
        SOURCE,
        PLACE,
        given(*LOG, {"recordFields": FIELDS}, {"deliverySourceName": [SOURCE], "deliveryDestinationArn": [PLACE]}),
    ),
    cases=(*CASES, Case(says="no log", drop=[LOG], fires_on=[CDN.key])),
    undecided=((SOURCE.key, "logType"), (LOG, "recordFields")),
    mutations=CASES,
)
