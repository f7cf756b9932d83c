import pulumi_aws as aws

from settings_types import Color
from tests.configs import changed, rendered
from tests.graph import names, plain, statements, takes_from
from tests.rendering import Rendering, render_all

SHARED = "shared-sentry-dsn"
ROLES = "arn:aws:iam::123456789012:role/switchyard/prod"


def readers(rendering: Rendering, entry: str) -> object:
    """Whose reading an entry's policy does not refuse; nobody's where the refusal has no condition."""
    (refusal,) = statements(rendering.one(aws.secretsmanager.SecretPolicy, entry).inputs["policy"]).values()
    assert (refusal["Effect"], refusal["Principal"], refusal["Action"]) == ("Deny", "*", "secretsmanager:GetSecretValue")
    return refusal.get("Condition", {"ArnNotLike": {"aws:PrincipalArn": None}})["ArnNotLike"]["aws:PrincipalArn"]


def test_an_entry_is_kept_encrypted_and_empty(new_stack: Rendering) -> None:
    """Protected, recoverable for 30 days, under the stack's key; the stack holds no value and no version of it."""
    entry = new_stack.one(aws.secretsmanager.Secret, "api-payment-key")
    assert entry.protect
    assert entry.inputs["recoveryWindowInDays"] == 30
    assert takes_from(new_stack, entry, "kmsKeyId", aws.kms.Key) == {"encryption-data"}
    versions = new_stack.of(aws.secretsmanager.SecretVersion)
    assert {"api-payment-key"} not in [takes_from(new_stack, version, "secretId", aws.secretsmanager.Secret) for version in versions]


def test_only_the_service_s_own_roles_read_a_value(old_stack: Rendering) -> None:
    """A refusal to all others, administrators included: they set it and need not read it."""
    policy = old_stack.one(aws.secretsmanager.SecretPolicy, "api-payment-key")
    (statement,) = statements(policy.inputs["policy"]).values()
    assert statement == {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/switchyard/prod/api/*"}},
    }
    assert policy.inputs["blockPublicPolicy"] is True


def test_the_readers_path_is_where_the_service_s_roles_are(old_stack: Rendering) -> None:
    """Neither a longer service name nor another stack falls under it."""
    path = "/switchyard/prod/api/"
    roles = {role.name: role.inputs["path"] for role in old_stack.of(aws.iam.Role) if "path" in role.inputs}
    assert {name for name, of_role in roles.items() if of_role == path} == {"api-blue-role", "api-green-role"}


def test_a_shared_secret_is_one_entry_that_several_services_read(old_stack: Rendering) -> None:
    """No service has an entry of its own under that name; each color that lists it is told of the shared one, and may read it."""
    entries = names(old_stack.of(aws.secretsmanager.Secret))
    assert SHARED in entries
    assert {entry for entry in entries if entry.startswith(("api-", "web-"))} == {"api-payment-key"}
    assert old_stack.one(aws.secretsmanager.Secret, SHARED).protect
    assert readers(old_stack, SHARED) == [f"{ROLES}/api/*", f"{ROLES}/web/*"]
    for color in ("api-blue", "api-green", "web-blue", "web-green"):
        told = plain(old_stack.one(aws.ssm.Parameter, f"{color}-secret-sentry-dsn").inputs["value"])
        assert told == "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shared-sentry-dsn-aB3dE5"
        assert told in statements(old_stack.one(aws.iam.RolePolicy, f"{color}-may").inputs["policy"])["OwnSecrets"]["Resource"]


def test_a_service_that_does_not_list_a_shared_secret_does_not_read_it() -> None:
    """Neither by its role nor by the entry's policy, and it waits for nothing of it."""
    made = render_all("prod", changed({f"services.web.{color}.secrets": [] for color in Color}), preview=False)
    assert readers(made, SHARED) == f"{ROLES}/api/*"
    assert SHARED not in made.one(aws.iam.RolePolicy, "web-blue-may").inputs["policy"]
    assert "web-blue-secret-sentry-dsn" not in names(made.of(aws.ssm.Parameter))


def test_a_shared_secret_that_nobody_lists_is_closed_and_may_go() -> None:
    """Its policy refuses everybody; it is tagged and not protected, so that the next change may take its name off the list."""
    without = {f"services.api.{color}.secrets": ["payment-key"] for color in Color}
    made = rendered(without, preview=False)
    assert readers(made, SHARED) is None
    entry = made.one(aws.secretsmanager.Secret, SHARED)
    assert not entry.protect
    assert entry.inputs["tags"]["retiring"] == "true"
    assert SHARED not in names(rendered({**without, "shared_secrets": []}, preview=False).of(aws.secretsmanager.Secret))


def test_a_renamed_service_goes_on_reading_what_is_shared() -> None:
    """Its roles keep the path of its first name."""
    api = changed({})["switchyard:services"]["api"]
    made = render_all("prod", changed({"services": {"shop": {**api, "came_up_as": "api"}}}), preview=False)
    assert readers(made, SHARED) == f"{ROLES}/api/*"
