"""Emergency measures imposed and lifted again: each touches what it says, and nothing of it is left."""

from collections.abc import Iterable, Sequence

from components.auto_scaling import KEPT_AS_THEY_ARE
from components.color_firewall import WAY_IN, ways_out
from ops.commands.contain import contain
from ops.commands.impose import impose
from ops.commands.lift import lift
from ops.commands.shift import shift
from ops.commands.up import up
from ops.landing import suspended
from ops.measures import IP_SETS, LOCKDOWN_RULE, ROUTING
from ops.rehearsal import Act, Stage, counted, hold, refused
from settings_contingency import Contingency
from settings_endpoints import FEATURES_VARIABLE
from settings_types import Color

FEATURES = ("search", "exports")
NETWORK = "203.0.113.0/24"
CANARY_PERCENT = 10
MAINTENANCE = f"update KeyvaluestoreKey {ROUTING}maintenance"
NETWORKS = f"update IpSet {IP_SETS[0]}"


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


def _lockdown(stage: Stage) -> str:
    public = stage.deployment.target.file.settings().cdn.is_public
    touched = [f"update WebAclRule {LOCKDOWN_RULE}"] if public else [NETWORKS]
    return _shut_out(stage, "lockdown", {*touched, NETWORKS, MAINTENANCE}, touched)


def _maintenance(stage: Stage) -> str:
    public = stage.deployment.target.file.settings().cdn.is_public
    return _shut_out(stage, "maintenance", {MAINTENANCE, *([NETWORKS] if public else [])}, [MAINTENANCE])


def _shut_out(stage: Stage, name: str, on: Iterable[str], off: Iterable[str]) -> str:
    """Refused until a network is named that may pass; then that and the measure are one update, and its end is another."""
    refused(lambda: impose(stage.deployment, name, (), ()), "shuts out everybody")
    since = len(stage.deployment.journal)
    impose(stage.deployment, name, (), [NETWORK])
    lift(stage.deployment, name, ())
    operations = [sorted(operation) for operation in stage.changed(since)]
    hold("what it touches, and what its end touches", wanted=[sorted(on), sorted(off)], found=operations)
    stage.deployment.target.file.edit({"contingency": None})
    up(stage.deployment)
    return f"refused without a network; with one {counted(operations[:1])}; lifted: {counted(operations[1:])}"


def _caching(stage: Stage) -> str:
    return _imposed_and_lifted(
        stage, "aggressive-caching", (), ["update CachePolicy policies-services", f"update KeyvaluestoreKey {ROUTING}caching"]
    )


ACTS = (
    Act("scale-floor", "every fleet of both colors gets a floor and loses it, and nothing else changes", _scale_floor),
    Act("disabled-features", "one parameter a service changes, which its instances reread", _features),
    Act("contain", "refused while the color takes traffic; with --rollback it is cut off and kept, and all of it ends again", _contain),
    Act("lockdown", "the firewall lets one network in and nobody else, and ends that by one update", _lockdown),
    Act("maintenance", "one key at the edge changes and changes back", _maintenance),
    Act("aggressive-caching", "one key and one cache policy change and change back", _caching),
)
