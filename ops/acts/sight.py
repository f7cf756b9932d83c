"""What runs is held against config, and what somebody changed behind its back is found and repaired."""

from ops import drift, verification
from ops.checks import Check, Verdict
from ops.commands.up import up
from ops.rehearsal import Act, Stage, hold
from settings_types import Color

MOVED = {Color.BLUE: 60, Color.GREEN: 40}


def _verify(stage: Stage) -> str:
    checks = list(verification.checks(stage.deployment))
    hold("checks that did not pass", wanted=[], found=[f"{each.check} of {each.of}: {each.told}" for each in checks if not _passed(each)])
    requests = [each.told for each in checks if each.check == "preview request"]
    return f"{len(checks)} checks passed; {len(requests)} requests through the load balancer's rules, each answered by the pinned release"


def _passed(check: Check) -> bool:
    return check.verdict is Verdict.PASSED


def _drift(stage: Stage) -> str:
    """Weights changed through boto3, as in the console; the plan that repairs them touches the rule alone."""
    groups = stage.deployment.outputs["services"][stage.service]["target_groups"]
    forward = {"TargetGroups": [{"TargetGroupArn": groups[color], "Weight": share} for color, share in MOVED.items()]}
    rule = stage.deployment.outputs["services"][stage.service]["rule"]
    elbv2 = stage.deployment.target.client("elbv2")
    elbv2.modify_rule(RuleArn=rule, Actions=[{"Type": "forward", "ForwardConfig": forward}])
    found = [str(each.difference) for each in drift.find(stage.deployment).drift]
    hold("drift", wanted=[f"weights of {stage.service}: config 100/0, AWS 60/40"], found=found)
    up(stage.deployment, traffic=True)
    hold("what the repair updates", wanted=[f"update ListenerRule {stage.service}-traffic"], found=stage.changed(-1)[0])
    hold("weights in AWS", wanted={"blue": 100, "green": 0}, found=stage.weights())
    hold("drift after the repair", wanted=[], found=list(drift.find(stage.deployment).drift))
    return f"{found[0]}; repaired by one update"


VERIFY = (Act("verify", "weights, instances, alarms and the load balancer's own answers are what config says", _verify),)
DRIFT = (Act("drift", "weights changed behind config's back are named, and put back by one update", _drift),)
