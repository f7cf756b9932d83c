from policies.rules.aws_types import TOPIC_POLICY
from tests.policies.documents import document, edited
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

PUBLISHERS = (TOPIC_POLICY, "topics-page-policy")
DENIAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sns:Publish",
    "Resource": "arn:aws:sns:eu-west-1:123456789012:page",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
TLS = {"aws:SecureTransport": "true"}
CASES = (
    Case(says="TLS is refused instead", change={PUBLISHERS: {"policy": edited(lambda last: last["Condition"]["Bool"].update(TLS), -1)}}),
    Case(
        says="subscribing alone is refused", change={PUBLISHERS: {"policy": edited(lambda last: last.update(Action="sns:Subscribe"), -1)}}
    ),
    Case(says="one user alone is refused", change={PUBLISHERS: {"policy": edited(lambda last: last.update(Principal={"AWS": "a"}), -1)}}),
)

SPEC = Spec(
    compliant=(given(*PUBLISHERS, {"policy": document(DENIAL)}),),
    cases=(*CASES, Case(says="no policy", change={PUBLISHERS: {"policy": REMOVED}})),
    undecided=((PUBLISHERS, "policy"),),
    mutations=CASES,
)
