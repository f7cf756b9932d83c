"""Releases, and a bad one that goes back by itself."""

import hashlib

from ops.alarms import METRIC_ALARM, page_alarms
from ops.commands.release import Release, release
from ops.commands.shift import shift
from ops.rehearsal import Act, Stage, counted, hold, refused
from ops.watch import watch

CANARY_PERCENT = 10


def _release(stage: Stage) -> str:
    told = []
    for name, service in stage.deployment.target.file.settings().services.items():
        idle, since = service.live.other, len(stage.deployment.journal)
        repository = service.pins(idle).image.partition("@")[0]
        image = f"{repository}@sha256:{hashlib.sha256(f'rehearsed {name}'.encode()).hexdigest()}"
        release(stage.deployment, name, Release(image=image, ami=service.pins(service.live).ami))
        wanted = [f"update {what} {name}-{idle}-{role}" for what, role in (("Group", "group"), ("LaunchTemplate", "boot"))]
        hold("what enters the idle color's instances is updated", wanted=wanted, found=sorted(stage.changed(since)[0]))
        fleet = stage.traffic.fleet(name, idle)
        hold(f"every instance of {name}'s {idle} runs the release", wanted=True, found=fleet.is_current and fleet.done > 0)
        hold("weights in AWS", wanted={"blue": 100, "green": 0}, found=stage.weights(name))
        told.append(f"{name}'s {idle}: {fleet}")
    return "; ".join(told)


def _bad_release(stage: Stage) -> str:
    """A canary whose page alarm fires: in the rehearsal through boto3, as CloudWatch would by itself."""
    shift(stage.deployment, stage.service, CANARY_PERCENT)
    alarm, region = _alarm(stage)
    cloudwatch = stage.deployment.target.client("cloudwatch", region)
    cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="rehearsed")
    try:
        said = refused(lambda: watch(stage.deployment, stage.service, 1), "the canary was taken back")
    finally:
        cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="OK", StateReason="rehearsed")
    rule = f"update ListenerRule {stage.service}-traffic"
    hold("one resource is updated", wanted=[rule], found=stage.changed(-1)[0])
    hold("weights in AWS", wanted={"blue": 100, "green": 0}, found=stage.weights())
    return f"{said} {counted(stage.changed(-1))}"


def _alarm(stage: Stage) -> tuple[str, str]:
    """A page alarm that the emulated CloudWatch has, which has no composite ones, and its region."""
    pages = {alarm.name for alarm in page_alarms(stage.deployment, stage.service)}
    made = next(each for each in stage.deployment.resources if each["type"] == METRIC_ALARM and each["id"] in pages)
    return str(made["id"]), str(made["outputs"]["region"])


ACTS = (
    Act("release", "the idle color's instances are replaced, those that take traffic are not touched", _release),
    Act("a bad canary", "a page alarm fires, and the watch takes the traffic back by itself", _bad_release),
)
