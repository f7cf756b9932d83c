"""The stack brought up, and taken down when nobody looks any more."""

from ops.commands.up import up
from ops.protection import lift
from ops.rehearsal import Act, Stage, hold, refused
from ops.target import Target

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


OPENING = (Act("up", "everything comes up, weights as config says, every floor met by healthy targets on the pinned release", _up),)
ENDING = (
    Act("up again", "0 changes", _nothing_to_do),
    Act("destroy", "refused: stateful things are protected", _destroy_refused),
    Act("unprotect and destroy", "nothing is left", _destroy),
)
