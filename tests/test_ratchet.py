"""Production is at least as strict as staging: every setting is compared, or says why it cannot be."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

import settings
from settings import NAMESPACE, REGION_KEY
from tests.rendering import stack_config

AT_LEAST: Mapping[str, Callable[[Any], Any]] = {
    "network.availability_zones": len,
    "network.nat": ["single", "per_zone"].index,
    "load_balancer.drain_seconds": int,
    "load_balancer.log_retention_days": int,
    "monitoring.page": len,
    "monitoring.ticket": len,
    "monitoring.log_retention_days": int,
    "contingency.scale_floor": int,
    "cdn.hsts_seconds": int,
    "redis.replicas": int,
    "redis.multi_az": int,
    "redis.snapshot_days": int,
    "web_firewall.body_kb": int,
    "database.multi_az": int,
    "database.backup_days": int,
    "database.copied_days": lambda days: days or 0,
    "database.max_storage_gib": int,
    "database.connections": int,
    "database.insights.mode": ["standard", "advanced"].index,
    "database.insights.retention_days": int,
    "database.deletion_protection": int,
    "database.archive.retention_days": int,
    "database.archive.days": len,
    "backup.daily_days": int,
    "backup.weekly_days": int,
    "backup.monthly_days": int,
    "backup.lock.mode": ["governance", "compliance"].index,
    "backup.lock.min_days": int,
    "backup.copies.enabled": int,
    "backup.copies.daily_days": int,
    "backup.copies.weekly_days": int,
    "backup.copies.monthly_days": int,
    "backup.restore_testing.which": len,
    "services.*.capacity.min": int,
    "services.*.capacity.max": int,
    "services.*.instance_types": len,
}
"""What must not be less in production, by the measure of it."""
AT_MOST: Mapping[str, Callable[[Any], Any]] = {
    "network.egress_cidrs": len,
    "monitoring.target_latency_p99_ms": int,
    "services.*.stickiness_seconds": int,
    "services.*.capacity.cpu_percent": int,
    "services.*.capacity.restore_minutes": lambda minutes: minutes or 0,
    "services.*.capacity.requests_per_target": int,
    "services.*.env.LOG_LEVEL": ["error", "warning", "info", "debug"].index,
    "database.manage_master_user_password": int,
    "database.administrators": len,
    "database.slow_query_ms": int,
    "cdn.content_security_policy.*": len,
    "cdn.content_security_policy_reports_only": int,
    "web_firewall.requests": int,
    "web_firewall.limits.*.requests": int,
    "web_firewall.groups.*.count": len,
    "backup.may_delete": len,
    "waivers": len,
}
"""What must not be more."""
NEITHER: Mapping[str, str] = {
    r"stack|region|account_id|domain\..*|network\.cidr|network\.cdn_prefix_list_id": "It says which stack this is, and where.",
    r"services\.\*\.(paths|priority|health_path|uses|live|canary\..*|image|ami|boot|port|secrets|capacity\.(hold|warm|schedule.*))": (
        "It is the application's, or what runs and where its traffic goes now."
    ),
    r"shared_secrets": "It is the application's.",
    r"services\.\*\.(previous|came_up_as|retiring|irreversible)": "A command or a change of services has written it.",
    r"site\.(live|canary\..*|previous|single_page)": "It is the application's, or says what its users see now.",
    r"cdn\.(session_cookie|service_ttl_seconds|price_class)": "It is the application's, or a price.",
    r"cdn\.(only_networks|noindex|unsafe_inline_because)": "Production is public: settings ask more of a public stack, whichever it is.",
    r"database\.(version|instance_class|storage_gib|iops|throughput_mibps|ca|(backup|maintenance)_window)": (
        "It is a size, a time or a release."
    ),
    r"database\.(proxy\.(idle|max|borrow)_.*|replicas\.\*\.(instance_class|version|zone|backup_days))": "It is what the load needs.",
    r"database\.(password_version|generation|replica_of|promoted|restore|use|(proxy|replicas\.\*)\.(promoted|retiring))": (
        "A command, or an operator, has written it."
    ),
    r"database\.archive(\.cold_after_days)?": "Staging's data is kept for nobody, and the days are a price.",
    r"recovery\.region": "It says where.",
    r"recovery\.(point|time)_minutes": "It is what the business asks for; `status --recovery` holds what there is against it.",
    r"backup\.(hour|time_zone|start_minutes|completion_minutes|restore_testing\.(weekday|hour|validation_hours))": "It says when.",
    r"backup\.(cold_storage_after|lock\.(grace_days|max_days))": "It is a price, or how long one may still think it over.",
    r"contingency\.(lockdown|maintenance|allowed_networks|aggressive_caching|disabled_features|quarantine)": (
        "It is for an emergency, and for as long as that lasts."
    ),
    r"web_firewall\.(limits(\.\*\.(paths|window_seconds))?|groups\.\*\.version)": "It is the application's, or a release of AWS's.",
    r"redis\.(engine|version|node_type|(snapshot|maintenance)_window|eviction_policy|timeout_seconds|password_version)": (
        "It is the application's, a time or a size, or how often a command has run."
    ),
    r"load_balancer\.(idle_timeout_seconds|rules_quota)": "Neither more nor less is stricter.",
}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every setting by its key, with what it is set to; lists are one setting."""
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from leaves(part, f"{path}.{key}".lstrip("."))
    else:
        yield path, value


def of(stack: str) -> dict[str, Any]:
    """All settings of a stack, defaults included."""
    config = stack_config(stack)
    values = {key.partition(":")[2]: value for key, value in config.items() if key.startswith(f"{NAMESPACE}:")}
    return dict(leaves(settings.parse(stack, config[REGION_KEY], values).model_dump(mode="json")))


PROD, STAGING = of("prod"), of("staging")


def general(key: str) -> str:
    """The key with service and color, replica, group or limit left out: `services.*.capacity.min`."""
    key = re.sub(r"^services\.[^.]+\.((blue|green)\.)?", "services.*.", key)
    key = re.sub(r"^cdn\.content_security_policy\..*", "cdn.content_security_policy.*", key)
    key = re.sub(r"^database\.replicas\.[^.]+\.", "database.replicas.*.", key)
    return re.sub(r"^web_firewall\.(groups|limits)\.[^.]+\.", r"web_firewall.\1.*.", key)


@pytest.mark.parametrize("key", sorted(PROD.keys() | STAGING.keys()))
def test_a_setting_is_compared_or_says_why_not(key: str) -> None:
    """A new setting has to be put on one of the lists."""
    known = general(key) in AT_LEAST or general(key) in AT_MOST
    assert known is not any(re.fullmatch(pattern, general(key)) for pattern in NEITHER)


@pytest.mark.parametrize("key", [key for key in PROD if general(key) in AT_LEAST and key in STAGING])
def test_production_has_no_less(key: str) -> None:
    """Of what makes it safer."""
    measure = AT_LEAST[general(key)]
    assert measure(PROD[key]) >= measure(STAGING[key])


@pytest.mark.parametrize("key", [key for key in PROD if general(key) in AT_MOST and key in STAGING])
def test_production_has_no_more(key: str) -> None:
    """Of what makes it less safe."""
    measure = AT_MOST[general(key)]
    assert measure(PROD[key]) <= measure(STAGING[key])


@pytest.mark.parametrize("part", ["groups", "limits"])
def test_production_looks_for_all_that_staging_looks_for(part: str) -> None:
    """Every group of rules and every limit."""
    keys = [re.findall(rf"^web_firewall\.{part}\.([^.]+)", "\n".join(stack), re.MULTILINE) for stack in (STAGING, PROD)]
    assert set(keys[0]) <= set(keys[1])
