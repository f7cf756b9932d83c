"""`switchyard rehearse`: do to a stack in a private sandbox what an operator does to it, and prove each promise."""

import os
from pathlib import Path

from ops.commands.promote import promote
from ops.commands.rollback import rollback
from ops.commands.settle import settle
from ops.commands.shift import shift
from ops.commands.up import up
from ops.console import done, out, progress
from ops.deployment import Deployment
from ops.errors import CutShortError
from ops.protection import lift
from ops.rehearsal import Act, BrokenPromiseError, Stage, counted, hold, play, refused, write_reports
from ops.target import SandboxTarget, Target, chosen
from sandbox.account import Sandbox
from sandbox.paths import HOME
from settings_types import Color

CANARY_PERCENT = 10
INVENTORY = (
    ("autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups", "AutoScalingGroupName"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("ec2", "describe_launch_templates", "LaunchTemplates", "LaunchTemplateName"),
    ("ec2", "describe_vpcs", "Vpcs", "VpcId"),
    ("elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerName"),
    ("elbv2", "describe_target_groups", "TargetGroups", "TargetGroupName"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("kms", "list_aliases", "Aliases", "AliasName"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("s3", "list_buckets", "Buckets", "Name"),
    ("secretsmanager", "list_secrets", "SecretList", "Name"),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("ssm", "describe_parameters", "Parameters", "Name"),
)
"""Client, question, list in the answer and name in it: what is asked for after a destruction."""
AWS_OWN = ("alias/aws/", "/aws/")

LOAD = 2
"""Instances by which the load is made to grow the live fleet, so that a promotion has to hold capacity first."""


def rehearse(stack: str, reports: str) -> None:
    """Play all acts on a private copy of the stack; BrokenPromiseError at the first promise that is not kept."""
    chosen(stack)
    sandbox = Sandbox(HOME / "rehearsals" / f"{stack}-{os.getpid()}")
    try:
        deployment = Deployment(SandboxTarget(stack, sandbox, progress))
        services = deployment.target.file.settings().services
        out.print(f"\nRehearsing {stack} in a private sandbox: the real engine, an emulated AWS.\n", style="bold")
        scenes = play(Stage(deployment, next(iter(services))), ACTS)
    except (KeyboardInterrupt, CutShortError):
        sandbox.remove()
        raise
    data, page = write_reports(Path(reports) if reports else HOME / "rehearsals", stack, scenes)
    out.print(f"\n{data}\n{page}", style="dim", soft_wrap=True)
    if not scenes[-1].kept:
        raise BrokenPromiseError(f"{scenes[-1].title}: {scenes[-1].seen}", f"Look at {sandbox.folder}; `rm -r` it when you are done.")
    sandbox.remove()
    done(f"{stack}: {len(scenes)} of {len(ACTS)} promises kept")


def _up(stage: Stage) -> str:
    up(stage.deployment)
    settings, healthy = stage.deployment.target.file.settings(), 0
    for name, service in settings.services.items():
        for color, state in stage.traffic.colors(name).items():
            hold(f"weight of {name}'s {color}", wanted=service.weight(color), found=state.weight)
            floor = service.pins(color).capacity.floor(settings.contingency.scale_floor)
            hold(f"{name}'s {color} has its floor of healthy targets on the release", wanted=True, found=state.on_release >= floor)
            healthy += state.healthy
    return f"{len(stage.deployment.resources)} resources; {healthy} healthy targets, all on their pinned release"


def _canary(stage: Stage) -> str:
    shift(stage.deployment, stage.service, CANARY_PERCENT)
    return _flipped(stage, {"blue": 100 - CANARY_PERCENT, "green": CANARY_PERCENT})


def _promote(stage: Stage) -> str:
    promote(stage.deployment, stage.service)
    return _flipped(stage, {"blue": 0, "green": 100})


def _rollback(stage: Stage) -> str:
    rollback(stage.deployment, stage.service, every=False, now=False, force=False)
    return _flipped(stage, {"blue": 100, "green": 0})


def _flipped(stage: Stage, shares: dict[str, int]) -> str:
    """Hold the last operation to one updated rule, and AWS to the shares."""
    rule = f"update ListenerRule {stage.service}-traffic"
    hold("exactly one resource is updated", wanted=[rule], found=stage.changed(-1)[0])
    hold("weights in AWS", wanted=shares, found=stage.weights())
    return f"{counted(stage.changed(-1))}; AWS: {shares}"


def _second_rollback(stage: Stage) -> str:
    before = stage.weights()
    said = refused(lambda: rollback(stage.deployment, stage.service, every=False, now=False, force=False), "nothing to roll back to")
    hold("weights in AWS", wanted=before, found=stage.weights())
    return said


def _promote_under_load(stage: Stage) -> str:
    target, service = stage.deployment.target, stage.deployment.target.file.settings().services[stage.service]
    group = stage.deployment.outputs["services"][stage.service]["groups"][service.live]
    busy = service.pins(service.live).capacity.min + LOAD
    target.client("autoscaling").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=busy)
    since = len(stage.deployment.journal)
    promote(stage.deployment, stage.service)
    held = [f"update Group {stage.service}-{color}-group" for color in Color]
    hold("the hold comes first and by itself", wanted=held, found=sorted(stage.changed(since)[0]))
    return f"held {stage.other().other} at {busy} first; then {_flipped(stage, {'blue': 0, 'green': 100})}"


def _rollback_all(stage: Stage) -> str:
    rollback(stage.deployment, None, every=True, now=False, force=False)
    return _flipped(stage, {"blue": 100, "green": 0})


def _settle(stage: Stage) -> str:
    settle(stage.deployment, stage.service)
    groups = [f"update Group {stage.service}-{color}-group" for color in Color]
    hold("the holds go and nothing else", wanted=groups, found=sorted(stage.changed(-1)[0]))
    return counted(stage.changed(-1))


def _nothing_to_do(stage: Stage) -> str:
    plan = up(stage.deployment)
    hold("steps", wanted=[], found=[str(step) for step in plan.steps])
    return f"0 changes, {plan.same} unchanged"


def _destroy_refused(stage: Stage) -> str:
    said = refused(lambda: stage.deployment.destroy("destroying", "must be refused"), "protect")
    hold("weights in AWS", wanted={"blue": 100, "green": 0}, found=stage.weights())
    return said


def _destroy(stage: Stage) -> str:
    lift(stage.deployment)
    plan = stage.deployment.destroy("destroying", "down")
    hold("what is left in AWS", wanted=[], found=_left(stage.deployment.target))
    return f"{len(plan.steps)} deleted; of {len(INVENTORY)} kinds of things nothing is left in AWS"


def _left(target: Target) -> list[str]:
    """What an account without any stack still holds, by kind and name; a key that waits for its deletion is gone."""
    found = []
    for service, question, answer, name in INVENTORY:
        told = getattr(target.client(service), question)()[answer]
        found += [f"{answer} {each[name]}" for each in told if not str(each[name]).startswith(AWS_OWN)]
    return found


ACTS = (
    Act("up", "everything comes up, weights as config says, every floor met by healthy targets on the pinned release", _up),
    Act(f"canary {CANARY_PERCENT} %", "one resource is updated, and the load balancer says so", _canary),
    Act("promote", "the weights move in one update of one resource; where capacity is short, it is held first", _promote),
    Act("rollback", "one resource is updated: the way back is one write", _rollback),
    Act("rollback again", "it says that there is nothing to do, and does nothing", _second_rollback),
    Act("promote under load", "capacity is held for both colors first, then the weights move alone", _promote_under_load),
    Act("rollback --all", "within the hold it is one write; services with nothing to return to are skipped", _rollback_all),
    Act("settle", "the holds are removed and nothing else", _settle),
    Act("up again", "0 changes", _nothing_to_do),
    Act("destroy", "refused: stateful things are protected", _destroy_refused),
    Act("unprotect and destroy", "nothing is left", _destroy),
)
