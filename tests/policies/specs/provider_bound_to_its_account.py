from policies.rules.aws_types import PROVIDER
from tests.policies.given import REMOVED, given
from tests.policies.spec import Case, Spec

AWS = (PROVIDER, "aws")
ACCOUNTS, TAGS = '["123456789012"]', '{"tags": {"project": "switchyard", "stack": "prod", "managed-by": "pulumi"}}'
CASES = (
    Case(says="a second account", change={AWS: {"allowedAccountIds": '["123456789012", "210987654321"]'}}),
    Case(says="it does not ask which", change={AWS: {"skipRequestingAccountId": "true"}}),
    Case(says="nor whether it may", change={AWS: {"skipCredentialsValidation": "true"}}),
    Case(says="no tags", change={AWS: {"defaultTags": REMOVED}}),
    Case(says="a tag too few", change={AWS: {"defaultTags": '{"tags": {"project": "switchyard", "stack": "prod"}}'}}),
    Case(says="an empty tag", change={AWS: {"defaultTags": TAGS.replace("prod", "")}}),
)

SPEC = Spec(
    compliant=(given(*AWS, {"allowedAccountIds": ACCOUNTS, "defaultTags": TAGS}),),
    cases=(*CASES, Case(says="any account", change={AWS: {"allowedAccountIds": REMOVED}})),
    undecided=((AWS, "allowedAccountIds"), (AWS, "defaultTags")),
    mutations=CASES,
)
