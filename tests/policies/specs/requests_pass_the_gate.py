from tests.policies.front_door import CACHING, CDN, DISTRIBUTION, FUNCTIONS, MAINTENANCE, STORE, TRAFFIC
from tests.policies.given import ELSEWHERE, REMOVED
from tests.policies.spec import Case, Spec

SITE, SERVICE, ANSWERS = (each.key for each in FUNCTIONS)
RUN, FIRST = "functionAssociations", "functionAssociations[0].functionArn"
OTHERS = [{"eventType": "origin-request", "lambdaArn": "arn:aws:lambda:us-east-1:1:function:a:1"}]
CASES = (
    Case(says="assets without the gate", change={CDN: {f"orderedCacheBehaviors[0].{RUN}": REMOVED}}),
    Case(says="a function of elsewhere", change={CDN: {f"defaultCacheBehavior.{FIRST}": "arn:aws:cloudfront::1:function/else"}}),
    Case(
        says="a service's cookies",
        change={CDN: {f"orderedCacheBehaviors[1].{RUN}": lambda runs: runs[:1] if isinstance(runs, list) else runs}},
    ),
    Case(says="a program of Lambda's", change={CDN: {"orderedCacheBehaviors[1].lambdaFunctionAssociations": OTHERS}}),
    Case(
        says="a gate that is always open", change={SERVICE: {"code": "function handler(event) { return event.request; }"}}, fires_on=[CDN]
    ),
    Case(says="answers as they are", change={ANSWERS: {"code": "function handler(event) { return event.response; }"}}, fires_on=[CDN]),
    Case(says="maintenance that nobody reads", change={MAINTENANCE.key: {"key": "closed"}}, fires_on=[STORE.key]),
    Case(says="a release in another store", change={TRAFFIC.key: {"sources.keyValueStoreArn": ELSEWHERE}}, fires_on=[STORE.key]),
    Case(says="a draft", change={SITE: {"publish": False}}),
    Case(says="a store of elsewhere", change={SERVICE: {"sources.keyValueStoreAssociations": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(DISTRIBUTION, STORE, TRAFFIC, MAINTENANCE, CACHING, *FUNCTIONS),
    cases=CASES,
    undecided=((CDN, f"defaultCacheBehavior.{FIRST}"), (SERVICE, "code"), (TRAFFIC.key, "key"), (SITE, "publish")),
    mutations=CASES,
)
