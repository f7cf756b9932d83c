from tests.policies.documents import with_statement
from tests.policies.front_door import ACCESS, CDN, COPY, DISTRIBUTION, PROVIDER, SITE, SITE_POLICY, reading
from tests.policies.given import REMOVED
from tests.policies.spec import Case, Spec

ANY_ACCOUNT = {"ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::*:distribution/*"}}
ANOTHER = {"Service": "logging.s3.amazonaws.com"}
CASES = (
    Case(says="no access control", change={CDN: {"origins[0].originAccessControlId": REMOVED}}),
    Case(says="another access control", change={CDN: {"origins[1].originAccessControlId": "E0123456789ABC"}}),
    Case(says="requests without a signature", change={ACCESS.key: {"signingBehavior": "no-override"}}),
    Case(says="the CDN of any account", change={SITE_POLICY.key: {"policy": with_statement(reading(Condition=ANY_ACCOUNT, Resource="a"))}}),
    Case(says="a CDN that writes", change={SITE_POLICY.key: {"policy": with_statement(reading(Action="s3:PutObject", Resource="a"))}}),
    Case(says="another service", change={SITE_POLICY.key: {"policy": with_statement(reading(Principal=ANOTHER, Resource="a"))}}),
)

SPEC = Spec(
    compliant=(PROVIDER, SITE, COPY, SITE_POLICY, ACCESS, DISTRIBUTION),
    cases=(
        *CASES,
        Case(says="a CDN of whichever account", change={SITE_POLICY.key: {"policy": with_statement(reading(Condition={}, Resource="a"))}}),
    ),
    undecided=((CDN, "origins[0].originAccessControlId"), (ACCESS.key, "signingBehavior"), (SITE_POLICY.key, "policy")),
    mutations=CASES,
)
