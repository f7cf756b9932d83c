"""`switchyard up` and `switchyard preview`."""

import pytest
from pulumi.automation.events import OpType

from ops import secrets
from ops.errors import Exit
from ops.guard import PARAMETER
from ops.parts import GROUP, TEMPLATE
from ops.plan import Finding, Step
from policies.rules.undecided import Waiting, message
from settings_types import Color
from tests.ops.conftest import Run
from tests.ops.stand_in import StandIn, step_of

VIOLATION = Finding("security", "listener_uses_tls", mandatory=True, urn="", message="lb-listener: protocol is HTTP. Fix: [use] TLS")
CHECK = Waiting(rule="topic_closed", resource="sns.Topic/news", path="policy", holder="sns.Topic/news", waits_for=("sns.Topic/other",))
UNDECIDED = Finding("security", "undecided", mandatory=False, urn="", message=message([CHECK]))


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the entries of the state out of these tests; they have tests of their own."""
    monkeypatch.setattr(secrets, "empty_entries", lambda _deployment: [])


@pytest.fixture
def drifted(stack: StandIn) -> StandIn:
    """Give all of api's traffic to green, by hand."""
    stack.cloud.set_weights("api", {Color.BLUE: 0, Color.GREEN: 100})
    return stack


def test_up_applies_what_differs_and_shows_what_runs(stack: StandIn, run: Run) -> None:
    """With all packs, the status table, and what to try next."""
    stack.target.file.edit({"services.api.green.capacity.min": 3})
    result = run("up")
    assert result.exit_code == Exit.DONE
    assert stack.applied == [["api-green-group"]]
    assert "✓ staging is up: 1 to update, 7 unchanged" in result.stdout
    assert "3 of 3" in result.stdout
    assert "switchyard shift api 10 -s staging" in result.stdout


def test_a_second_up_changes_nothing_and_says_so(stack: StandIn, run: Run) -> None:
    """The engine is not asked to update."""
    result = run("up")
    assert result.exit_code == Exit.DONE
    assert "✓ staging is what its config says: 0 changes, 7 unchanged" in result.stdout
    assert stack.applied == []


def test_up_does_not_move_traffic(drifted: StandIn, run: Run) -> None:
    """An older commit cannot undo a rollback; --traffic is for drift."""
    result = run("up")
    assert result.exit_code == Exit.REFUSED
    assert "This would move traffic; nothing was changed.\n  api: blue 0 / green 100 -> blue 100 / green 0" in result.stderr
    assert "Use shift, promote or rollback; or `--traffic`" in result.stderr
    assert drifted.applied == []
    assert drifted.refreshed == [False]
    assert run("up", "--traffic").exit_code == Exit.DONE
    assert drifted.refreshed == [False, True, True]
    assert drifted.cloud.weights("api") == {"blue": 100, "green": 0}


@pytest.mark.parametrize(
    "step",
    [
        step_of(TEMPLATE, "api-blue-boot", ("imageId",)),
        step_of(GROUP, "api-blue-group", ("mixedInstancesPolicy",), {"mixedInstancesPolicy": 1}, {"mixedInstancesPolicy": 2}),
        step_of(PARAMETER, "api-blue-env-fresh", op=OpType.CREATE),
        step_of(PARAMETER, "api-endpoint-domain-name", ("value",)),
    ],
    ids=lambda step: step.name,
)
def test_up_does_not_enter_instances_that_take_traffic(stack: StandIn, run: Run, step: Step) -> None:
    """Not the template, not the policy, no parameter, new ones included."""
    stack.beside = [step]
    result = run("up")
    assert result.exit_code == Exit.REFUSED
    assert f"This would change what enters instances that take traffic; nothing was changed.\n  {step}" in result.stderr
    assert "switchyard up -s staging --touch-live" in result.stderr
    assert stack.applied == []
    assert run("up", "--touch-live").exit_code == Exit.DONE
    assert len(stack.applied) == 1


def test_a_fresh_stack_comes_up_without_flags(stack: StandIn, run: Run) -> None:
    """All is created: nothing takes traffic yet."""
    stack.beside = [
        step_of(GROUP, "api-blue-group", op=OpType.CREATE),
        step_of(TEMPLATE, "api-blue-boot", op=OpType.CREATE),
        step_of(PARAMETER, "api-blue-port", op=OpType.CREATE),
    ]
    assert run("up").exit_code == Exit.DONE


def test_what_goes_is_announced(stack: StandIn, run: Run) -> None:
    """Deletions and replacements by name, before they happen."""
    stack.beside = [step_of("aws:ec2/vpc:Vpc", "network-vpc", ("cidrBlock",), op=OpType.REPLACE), step_of(TEMPLATE, "web-green-boot")]
    result = run("up")
    assert "  replace Vpc network-vpc (cidrBlock)" in result.stdout
    assert "web-green-boot" not in result.stdout


@pytest.mark.parametrize("command", ["up", "preview"])
def test_a_violation_stops_it(stack: StandIn, run: Run, command: str) -> None:
    """All are listed, brackets and all."""
    stack.findings = [VIOLATION, UNDECIDED]
    result = run(command)
    assert result.exit_code == Exit.REFUSED
    assert "1 policy violation; nothing was changed.\nlisten" in result.stderr
    assert "Fix: [use] TLS" in result.stderr
    assert stack.applied == []


@pytest.mark.parametrize("words", [("up",), ("preview",), ("shift", "api", "10"), ("promote", "api")], ids=" ".join)
def test_what_a_pack_cannot_decide_waits(stack: StandIn, run: Run, words: tuple[str, ...]) -> None:
    """Undecided is not passed: nothing is applied, and the message says what is waited for and how to go on."""
    stack.findings = [UNDECIDED]
    stack.beside = [step_of(PARAMETER, "web-green-env-fresh")] if words[0] in {"up", "preview"} else []
    result = run(*words)
    assert result.exit_code == Exit.REFUSED
    assert "A policy pack could not decide; nothing was changed.\n1 check cannot be decided yet:" in result.stderr
    assert "  topic_closed on sns.Topic/news\n    needs policy of sns.Topic/news\n    waits for sns.Topic/other" in result.stderr
    assert "`switchyard up --undecided` lets the packs decide while it runs" in result.stderr
    assert stack.applied == []


def test_the_packs_may_decide_during_the_update(stack: StandIn, run: Run) -> None:
    """It is said all the same."""
    stack.findings = [UNDECIDED]
    stack.beside = [step_of(PARAMETER, "web-green-env-fresh")]
    result = run("up", "--undecided")
    assert result.exit_code == Exit.DONE
    assert "! 1 check of the policy packs wait for what the update creates:" in result.stderr
    assert "! topic_closed needs policy of news" in result.stderr
    assert len(stack.applied) == 1


def test_what_no_pack_could_decide_in_the_end_is_an_error(stack: StandIn, run: Run) -> None:
    """When the update is over all values are known, so silence is a fault of the rule; what was applied stays."""
    stack.findings_in_update = [UNDECIDED]
    stack.beside = [step_of(PARAMETER, "web-green-env-fresh")]
    result = run("up")
    assert result.exit_code == Exit.FAILED
    assert "A policy pack could not decide.\n1 check cannot be decided" in result.stderr
    assert len(stack.applied) == 1


def test_another_accounts_credentials_are_told_as_such(stack: StandIn, run: Run) -> None:
    """The provider says which account; the next step says what to switch."""
    stack.errors = ["AWS account ID not allowed: 999999999999"]
    result = run("up")
    assert result.exit_code == Exit.FAILED
    assert "switch to the stack's profile (AWS_PROFILE)" in result.stderr


@pytest.mark.parametrize("command", ["up", "preview", "promote"])
def test_an_error_of_the_preview_is_told_in_the_engines_words(stack: StandIn, run: Run, command: str) -> None:
    """Nothing was changed, and it says so."""
    stack.errors = ["aws:ec2/vpc:Vpc resource 'network-vpc': cidrBlock [10.0.0.0/8] is too large"]
    result = run(command, *(["api"] if command == "promote" else []))
    assert result.exit_code == Exit.FAILED
    assert "cidrBlock [10.0.0.0/8] is too large" in result.stderr
    assert "Nothing was changed." in result.stderr


def test_preview_warns_of_what_up_would_refuse(drifted: StandIn, run: Run) -> None:
    """And shows every step."""
    drifted.beside = [step_of(TEMPLATE, "api-green-boot", ("imageId",))]
    result = run("preview")
    assert result.exit_code == Exit.DONE
    assert "  update ListenerRule api-traffic (actions)" in result.stdout
    assert "  update LaunchTemplate api-green-boot (imageId)" in result.stdout
    assert "2 to update, 7 unchanged" in result.stdout
    assert "! moves traffic: api: blue 0 / green 100 -> blue 100 / green 0" in result.stderr
    assert "! enters instances that take traffic: update LaunchTemplate api-green-boot (imageId)" in result.stderr
    assert drifted.applied == []


def test_a_violation_stops_a_promotion(stack: StandIn, run: Run) -> None:
    """Packs are asked before traffic moves; the edit is undone."""
    before = stack.target.file.path.read_text(encoding="utf-8")
    stack.findings = [VIOLATION]
    result = run("promote", "api")
    assert result.exit_code == Exit.REFUSED
    assert "1 policy violation; nothing was changed." in result.stderr
    assert stack.target.file.path.read_text(encoding="utf-8") == before
    assert stack.applied == []


def test_down_is_for_the_sandbox(run: Run) -> None:
    """On AWS it refuses and says how such a thing is done."""
    result = run("down")
    assert result.exit_code == Exit.REFUSED
    assert "staging on AWS is not taken down by this command." in result.stderr
    assert "In the sandbox: add --sandbox." in result.stderr
