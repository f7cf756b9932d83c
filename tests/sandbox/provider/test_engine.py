"""The real engine, with the plugins installed, takes a small program through its life."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3
import pulumi
import pulumi_aws as aws
import pulumi_random as random
import pytest
from pulumi import automation as auto

from sandbox import engine, plugins
from sandbox.environment import environment, write_aws_config
from sandbox.seed import AccountFacts
from tests.sandbox.provider.driver import ACCOUNT_ID

pytestmark = pytest.mark.engine

RESOURCES = 12
"""What the program makes, providers and stack included."""


@dataclass
class Program:
    """Two target groups behind a weighted rule, which only requests with a secret header reach."""

    account_id: str
    region: str
    blue: int = 100
    """Weight of blue, in percent."""

    def __call__(self) -> None:
        """Declare the resources."""
        tags = aws.ProviderDefaultTagsArgs(tags={"Project": "switchyard"})
        provider = aws.Provider("aws", region=self.region, allowed_account_ids=[self.account_id], default_tags=tags)
        opts = pulumi.ResourceOptions(provider=provider)
        vpc = aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", opts=opts)
        subnets = [
            aws.ec2.Subnet(
                f"app-{zone}", vpc_id=vpc.id, cidr_block=f"10.0.{number}.0/24", availability_zone=f"{self.region}{zone}", opts=opts
            )
            for number, zone in enumerate("ab")
        ]
        balancer = aws.lb.LoadBalancer("web", internal=True, subnets=[subnet.id for subnet in subnets], opts=opts)
        pulumi.export("rule", self._rule(vpc, self._listener(balancer, opts), opts).arn)
        key = aws.kms.Key("data", opts=opts)
        pulumi.export("key", key.arn)

    @staticmethod
    def _listener(balancer: aws.lb.LoadBalancer, opts: pulumi.ResourceOptions) -> aws.lb.Listener:
        answer = aws.lb.ListenerDefaultActionFixedResponseArgs(content_type="text/plain", status_code="404")
        action = aws.lb.ListenerDefaultActionArgs(type="fixed-response", fixed_response=answer)
        return aws.lb.Listener("http", load_balancer_arn=balancer.arn, port=80, protocol="HTTP", default_actions=[action], opts=opts)

    def _rule(self, vpc: aws.ec2.Vpc, listener: aws.lb.Listener, opts: pulumi.ResourceOptions) -> aws.lb.ListenerRule:
        groups = [aws.lb.TargetGroup(color, port=443, protocol="HTTPS", vpc_id=vpc.id, opts=opts) for color in ("blue", "green")]
        members = [
            aws.lb.ListenerRuleActionForwardTargetGroupArgs(arn=group.arn, weight=weight)
            for group, weight in zip(groups, (self.blue, 100 - self.blue), strict=True)
        ]
        forward = aws.lb.ListenerRuleActionForwardArgs(target_groups=members)
        token = random.RandomPassword("token", length=20, special=False)
        header = aws.lb.ListenerRuleConditionHttpHeaderArgs(http_header_name="x-preview", values=[token.result])
        return aws.lb.ListenerRule(
            "api",
            listener_arn=listener.arn,
            priority=1,
            actions=[aws.lb.ListenerRuleActionArgs(type="forward", forward=forward)],
            conditions=[aws.lb.ListenerRuleConditionArgs(http_header=header)],
            opts=opts,
        )


@dataclass(frozen=True)
class Bench:
    """A stack of the program, and boto3 on the same account."""

    program: Program
    stack: auto.Stack
    client: Any

    def up(self) -> Mapping[str, int]:
        """Apply the program; return how many resources were created, updated, ..."""
        return _numbers(self.stack.up(on_output=print).summary.resource_changes)

    def preview(self) -> tuple[Mapping[str, int], set[str]]:
        """Preview the program; return the numbers, and the paths of what would be updated."""
        paths: set[str] = set()

        def note(event: auto.EngineEvent) -> None:
            step = event.resource_pre_event.metadata if event.resource_pre_event else None
            if step and step.op == auto.OpType.UPDATE:
                paths.update(step.detailed_diff or {})

        summary = self.stack.preview(on_event=note, on_output=print).change_summary
        return _numbers(summary), paths

    def weights(self) -> list[int]:
        """Return the weights of the rule, from AWS."""
        return [member["Weight"] for member in self._action()["ForwardConfig"]["TargetGroups"]]

    def meddle(self, *weights: int) -> None:
        """Change the weights beside the engine."""
        action = self._action()
        for member, weight in zip(action["ForwardConfig"]["TargetGroups"], weights, strict=True):
            member["Weight"] = weight
        self.client.modify_rule(RuleArn=self.rule, Actions=[action])

    @property
    def rule(self) -> str:
        """ARN of the rule."""
        return str(self.stack.outputs()["rule"].value)

    def _action(self) -> Any:
        (action,) = self.client.describe_rules(RuleArns=[self.rule])["Rules"][0]["Actions"]
        return action


def _numbers(changes: Mapping[auto.OpType, int] | None) -> dict[str, int]:
    """Return the numbers of an operation, by the engine's words."""
    return {str(getattr(operation, "value", operation)): number for operation, number in (changes or {}).items()}


@pytest.fixture
def bench(tmp_path: Path, endpoint: str, facts: AccountFacts) -> Bench:
    """Make a stack in a folder of its own, with the plugins installed there."""
    facts = replace(facts, account_id=ACCOUNT_ID)
    found = engine.find()
    assert found, "the engine is not built: `make up` builds it"
    plugins.install(tmp_path / "home", Path(sys.executable))
    (tmp_path / "state").mkdir()
    write_aws_config(tmp_path)
    variables = environment(tmp_path, endpoint, facts)
    program = Program(facts.account_id, facts.region)
    settings = auto.ProjectSettings(name="bench", runtime="python", backend=auto.ProjectBackend(url=variables["PULUMI_BACKEND_URL"]))
    workspace = auto.LocalWorkspaceOptions(
        env_vars=variables, work_dir=str(tmp_path), project_settings=settings, pulumi_command=auto.PulumiCommand(str(found.root))
    )
    stack = auto.create_or_select_stack("dev", project_name="bench", program=program, opts=workspace)
    session = boto3.session.Session(facts.account_id, "sandbox", region_name=facts.region)
    return Bench(program, stack, session.client("elbv2"))


def test_the_engine_creates_flips_refreshes_and_destroys(bench: Bench) -> None:
    """Two numbers move in a flip, drift is found and put right, and nothing is left at the end."""
    assert bench.preview()[0] == {"create": RESOURCES}
    assert bench.up() == {"create": RESOURCES}
    assert bench.up() == {"same": RESOURCES}
    assert bench.weights() == [100, 0]
    bench.program.blue = 0
    flip = {"actions[0].forward.targetGroups[0].weight", "actions[0].forward.targetGroups[1].weight"}
    assert bench.preview() == ({"same": RESOURCES - 1, "update": 1}, flip)
    assert bench.up() == {"same": RESOURCES - 1, "update": 1}
    assert bench.weights() == [0, 100]
    bench.meddle(50, 50)
    assert _numbers(bench.stack.refresh(on_output=print).summary.resource_changes)["update"] == 1
    assert bench.preview() == ({"same": RESOURCES - 1, "update": 1}, flip)
    bench.up()
    assert bench.weights() == [0, 100]
    rule = bench.rule
    bench.stack.destroy(on_output=print)
    with pytest.raises(bench.client.exceptions.RuleNotFoundException):
        bench.client.describe_rules(RuleArns=[rule])


def test_the_secret_in_the_header_is_printed_nowhere(bench: Bench, tmp_path: Path) -> None:
    """Not in a diff, not in the state; the header's name is."""
    printed: list[str] = []
    bench.stack.up(on_output=printed.append, diff=True)
    (condition,) = bench.client.describe_rules(RuleArns=[bench.rule])["Rules"][0]["Conditions"]
    (token,) = condition["HttpHeaderConfig"]["Values"]
    (state,) = (path.read_text() for path in (tmp_path / "state").rglob("dev.json"))
    assert "x-preview" in "".join(printed)
    assert "x-preview" in state
    assert token not in "".join(printed)
    assert token not in state
    bench.stack.destroy()
