"""Emergency measures imposed and lifted again: each touches what it says, and nothing of it is left."""

from collections.abc import Sequence
from functools import partial

from components.auto_scaling import KEPT_AS_THEY_ARE
from components.color_firewall import WAY_IN, ways_out
from ops.commands.contain import contain
from ops.commands.impose import impose
from ops.commands.lift import lift
from ops.commands.shift import shift
from ops.landing import suspended
from ops.measures import IP_SETS, LOCKDOWN_RULE, ROUTING
from ops.rehearsal import Act, Stage, counted, hold, refused
from settings_contingency import Contingency
from settings_types import FEATURES_VARIABLE, Color

FEATURES = ("search", "exports")
NETWORK = "203.0.113.0/24"
CANARY_PERCENT = 10
MAINTENANCE = f"update KeyvaluestoreKey {ROUTING}maintenance"


def _scale_floor(stage: Stage) -> str:
    settings = stage.deployment.target.file.settings()
    fleets = [(name, color) for name in settings.services for color in Color]
    floor = 1 + max(settings.services[name].pins(color).capacity.floor(0) for name, color in fleets)
    seen = _imposed_and_lifted(stage, "scale-floor", [str(floor)], [f"update Group {name}-{color}-group" for name, color in fleets])
    return f"a floor of {floor}: {seen}"


def _features(stage: Stage) -> str:
    services = stage.deployment.target.file.settings().services
    return _imposed_and_lifted(
        stage, "disabled-features", FEATURES, [f"update Parameter {name}-endpoint-{FEATURES_VARIABLE}" for name in services]
    )


def _imposed_and_lifted(stage: Stage, name: str, values: Sequence[str], touched: Sequence[str]) -> str:
    """Hold a measure, imposed and lifted, to what it touches; the commands themselves ask AWS whether it landed."""
    since = len(stage.deployment.journal)
    impose(stage.deployment, name, values, ())
    lift(stage.deployment, name, ())
    operations = [sorted(operation) for operation in stage.changed(since)]
    hold("what it touches, and its end too", wanted=[sorted(touched)] * 2, found=operations)
    _calm(stage)
    return f"{counted(operations[:1])}; and the same again when it is lifted"


def _calm(stage: Stage) -> None:
    """Hold config to what it is when nothing is imposed, but for the networks that may pass, which open nothing."""
    now = stage.deployment.target.file.settings().contingency
    hold("measures that are on", wanted=Contingency(allowed_networks=now.allowed_networks), found=now)


def _contain(stage: Stage) -> str:
    """A canary that is not to be trusted: refused while it takes traffic, then rolled back, cut off and kept."""
    color, settings = stage.other(), stage.deployment.target.file.settings()
    shift(stage.deployment, stage.service, CANARY_PERCENT)
    said = refused(lambda: contain(stage.deployment, stage.service, color), f"takes {CANARY_PERCENT} %")
    kept = stage.traffic.colors(stage.service)[color].in_service
    contain(stage.deployment, stage.service, color, roll_back=True)
    hold("weights in AWS", wanted=100, found=stage.weights()[str(color.other)])
    fleet = f"{stage.service}-{color}"
    roles = ways_out(settings.services[stage.service].uses, settings.network.egress_cidrs)
    group = f"update Group {fleet}-group"
    rules = [f"SecurityGroupIngressRule {fleet}-{WAY_IN}", *(f"SecurityGroupEgressRule {fleet}-{role}" for role in roles)]
    hold("what it touches", wanted=sorted([group, *(f"delete {rule}" for rule in rules)]), found=sorted(stage.changed(-1)[0]))
    hold("what its group has stopped doing", wanted={*KEPT_AS_THEY_ARE}, found=suspended(stage.deployment, stage.service, color))
    hold("instances that are kept", wanted=kept, found=stage.traffic.colors(stage.service)[color].in_service)
    lift(stage.deployment, "quarantine", [f"{stage.service}.{color}"])
    hold("what its end touches", wanted=sorted([group, *(f"create {rule}" for rule in rules)]), found=sorted(stage.changed(-1)[0]))
    hold("what its group has stopped doing", wanted=set(), found=suspended(stage.deployment, stage.service, color))
    _calm(stage)
    return f"{said} Then {len(rules)} rules and the group alone; {kept} instances are kept; the end brings back the same"


def _shut_out(name: str, rules: Sequence[str], stage: Stage) -> str:
    """Let one network pass, which is refused until it is named, and hold the rest to one resource."""
    said = refused(lambda: impose(stage.deployment, name, (), ()), "shuts out everybody")
    since = len(stage.deployment.journal)
    impose(stage.deployment, name, (), [NETWORK])
    lift(stage.deployment, name, ())
    on, off = (sorted(operation) for operation in stage.changed(since))
    networks = {f"update IpSet {IP_SETS[0]}", MAINTENANCE}
    hold("what it touches", wanted=sorted({*rules, *networks}), found=on)
    hold("what its end touches", wanted=sorted(rules), found=off)
    _calm(stage)
    return f"{said} With a network: {counted([on])}; lifted: {counted([off])}"


def _caching(stage: Stage) -> str:
    return _imposed_and_lifted(
        stage, "aggressive-caching", (), ["update CachePolicy policies-services", f"update KeyvaluestoreKey {ROUTING}caching"]
    )


ACTS = (
    Act("scale-floor", "every fleet of both colors gets a floor and loses it, and nothing else changes", _scale_floor),
    Act("disabled-features", "one parameter a service changes, which its instances reread", _features),
    Act("contain", "refused while the color takes traffic; with --rollback it is cut off and kept, and all of it ends again", _contain),
)
AT_THE_EDGE = (
    Act("lockdown", "one rule blocks and counts again", partial(_shut_out, "lockdown", [f"update WebAclRule {LOCKDOWN_RULE}"])),
    Act(
        "maintenance",
        "one key changes and changes back",
        partial(_shut_out, "maintenance", [f"update KeyvaluestoreKey {ROUTING}maintenance"]),
    ),
    Act("aggressive-caching", "one key and one cache policy change and change back", _caching),
)
"""What needs the CDN's resources."""
