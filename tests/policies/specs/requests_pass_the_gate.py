from tests.policies.front_door import CDN, DISTRIBUTION, FUNCTIONS, STORE
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
    Case(says="a draft", change={SITE: {"publish": False}}),
    Case(says="a store of elsewhere", change={SERVICE: {"sources.keyValueStoreAssociations": ELSEWHERE}}),
)

SPEC = Spec(
    compliant=(DISTRIBUTION, STORE, *FUNCTIONS),
    cases=CASES,
    undecided=((CDN, f"defaultCacheBehavior.{FIRST}"), (SERVICE, "code"), (SITE, "publish")),
    mutations=CASES,
)
