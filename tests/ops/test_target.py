"""Which stack a command works on."""

import pytest

from ops.errors import BadInputError
from ops.parts import RULE
from ops.session import service_of
from ops.target import AwsTarget, open_target, tracked_file
from ops.traffic import wiring
from tests.ops.stand_in import NO_ENGINE, StandIn
from tests.rendering import ROOT


def test_on_aws_the_users_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tracked file, the checkout, no variable of ours; the region is the stack's unless another is named."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "1")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    target = AwsTarget("prod", NO_ENGINE)
    assert (target.file.path, target.project, target.sandboxed) == (ROOT / "Pulumi.prod.yaml", ROOT, False)
    assert target.environment() == {}
    assert target.client("elbv2").meta.region_name == "eu-west-1"
    assert target.client("acm", "us-east-1").meta.region_name == "us-east-1"


@pytest.mark.parametrize("stack", ["../staging", "a/b", "staging ", "*"])
def test_a_stacks_name_is_no_path(stack: str) -> None:
    """It is a stack that does not exist."""
    with pytest.raises(BadInputError, match="There is no stack"):
        open_target(stack, pytest.fail, sandboxed=True)


def test_a_service_is_looked_up_in_config(stack: StandIn) -> None:
    """Its section, or the names that there are."""
    assert service_of(stack, "api") == tracked_file("staging").settings().services["api"]
    with pytest.raises(BadInputError) as raised:
        service_of(stack, "")
    assert raised.value.next_step == "Name one of: api, web."


def test_the_options_of_a_target_are_told_again(stack: StandIn) -> None:
    """In the commands that are printed."""
    assert stack.options == "-s staging"
    stack.target.sandboxed = True
    assert stack.options == "-s staging --sandbox"


def test_what_is_not_up_is_to_be_brought_up_in_the_same_place(stack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the sandbox the next step never leads to AWS."""
    monkeypatch.setattr(StandIn, "outputs", {})
    stack.target.sandboxed = True
    for look in (lambda: wiring(stack, "api"), lambda: stack.urn(RULE, "nowhere")):
        with pytest.raises(BadInputError) as raised:
            look()
        assert raised.value.next_step == "Bring it up first: `switchyard up -s staging --sandbox`."
