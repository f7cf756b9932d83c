import base64

from policies.rules.aws_types import LAUNCH_TEMPLATE, PARAMETER, TOPIC_SUBSCRIPTION
from tests.policies.given import UNKNOWN, given, secret
from tests.policies.spec import Case, Spec

TEMPLATE, SETTING = (LAUNCH_TEMPLATE, "api-blue-boot"), (PARAMETER, "api-blue-env-LOG_LEVEL")
LISTENS = given(TOPIC_SUBSCRIPTION, "somebody", {"endpoint": UNKNOWN}, {"endpoint": [given(PARAMETER, "address", {})]})


def boot(line: str) -> str:
    """A boot script with one line more, in base64."""
    return base64.b64encode(f"#!/bin/bash\n# Starts the service, with nothing that is worth a look.\n{line}\n".encode()).decode()


IN_SCRIPTS = {
    "an access key": "export AWS_ACCESS_KEY_ID=AKIA" + "IOSFODNN7EXAMPLE",
    "a private key": "echo '-----BEGIN RSA " + "PRIVATE KEY-----'",
    "a token of GitHub's": "git clone https://example.com/?t=ghp_" + "a1B2" * 9,
    "a password": "DB_PASSWORD='correct-horse'",
    "a password in an address": "curl https://user:letmein99@example.com/",
    "something random": "token Zk3" + "x9QwRt7LmN2pVb6HsYd4FgJc8KaEu5Ti1Oo",
}
CASES = (
    *(Case(says=says, change={TEMPLATE: {"userData": boot(line)}}) for says, line in IN_SCRIPTS.items()),
    Case(says="a plain setting", change={SETTING: {"value": secret("postgres://api:letmein99@db.example.com/api")}}),
    Case(says="a setting that is no secret to the engine", change={SETTING: {"value": "xoxb-" + "1234567890-abc"}}),
    Case(says="a tag", change={TEMPLATE: {"tags.api_key": "api_key=0123456789abcdef"}}),
)

SPEC = Spec(
    compliant=(
        given(*TEMPLATE, {"userData": boot("echo $DB_PASSWORD"), "imageId": "ami-2fc4204db480c609c", "tags": {"release": "a" * 64}}),
        given(*SETTING, {"type": "String", "value": secret("debug")}),
        LISTENS,
    ),
    cases=CASES,
    also_compliant={
        "the ARN of a secret": {SETTING: {"value": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:api-payment-key-aB3dE5"}},
        "a secret where secrets belong": {SETTING: {"type": "SecureString", "value": secret("letmein99" * 8)}},
    },
    undecided=((TEMPLATE, "userData"), (SETTING, "value"), (SETTING, "type")),
    mutations=CASES[:6] + CASES[8:],
)
