import pytest

from components.catalogue import CATALOGUE, GROUP, TARGET_GROUP, TRAFFIC
from components.signals import HOUR, MINUTE, Missing, Signal, Subject, Tell
from policies.rules.monitoring.alarm_names_its_runbook import sections
from tests.policies.schema import has_output, resource_class

SIGNALS = [signal for subject in CATALOGUE for signal in subject.signals]
RECOMMENDED = {
    "AWS/ApplicationELB": {
        "HTTPCode_ELB_5XX_Count",
        "RejectedConnectionCount",
        "TargetConnectionErrorCount",
        "UnHealthyHostCount",
        "HealthyHostCount",
        "HTTPCode_Target_5XX_Count",
        "TargetResponseTime",
    },
    "AWS/AutoScaling": {"GroupInServiceCapacity"},
    "AWS/NATGateway": {"ErrorPortAllocation", "PacketsDropCount"},
    "AWS/CertificateManager": {"DaysToExpiry"},
    "AWS/SNS": {"NumberOfNotificationsFailed"},
    "AWS/WAFV2": {"BlockedRequests"},
    "AWS/Backup": {"NumberOfBackupJobsFailed", "NumberOfBackupJobsExpired", "NumberOfCopyJobsFailed", "NumberOfRestoreJobsFailed"},
    "AWS/CloudFront": {"5xxErrorRate", "OriginLatency", "FunctionValidationErrors", "FunctionExecutionErrors", "FunctionThrottles"},
    "AWS/Route53": {"HealthCheckStatus"},
    "AWS/States": {"ExecutionsFailed", "ExecutionsTimedOut"},
    "AWS/RDS": {
        *("CPUUtilization", "DatabaseConnections", "FreeableMemory", "FreeStorageSpace", "DBLoad", "ReadLatency", "WriteLatency"),
        *("EBSIOBalance%", "EBSByteBalance%", "MaximumUsedTransactionIDs", "ReplicaLag"),
        *("DatabaseConnectionsBorrowLatency", "ClientConnectionsSetupFailedAuth"),
    },
    "AWS/ElastiCache": {
        "EngineCPUUtilization",
        "CPUUtilization",
        "DatabaseMemoryUsagePercentage",
        "Evictions",
        "ReplicationLag",
        "CurrConnections",
        "NewConnections",
        "SuccessfulReadRequestLatency",
        "SuccessfulWriteRequestLatency",
        "TrafficManagementActive",
    },
}
"""What CloudWatch's own list of alarms recommends for these services, and for load balancers its guide to incident detection; the list that
was read has no web ACLs and no backups.

Left out is a floor under NumberOfNotificationsDelivered: a topic delivers nothing while all is well, so that alarm would never be quiet.
"""
LONGEST_WINDOW = {False: 24 * HOUR, True: 7 * 24 * HOUR}
"""Periods times their length: a day, or a week for periods of an hour and more (PutMetricAlarm)."""


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: f"{signal.metric}")
def test_a_signal_is_one_that_cloudwatch_can_watch(signal: Signal) -> None:
    """Whole minutes, a window that is not too long, and no more bad points than points."""
    assert signal.period_seconds % MINUTE == 0
    assert 1 <= signal.bad_periods <= signal.periods
    assert signal.periods * signal.period_seconds <= LONGEST_WINDOW[signal.period_seconds >= HOUR]
    assert signal.statistic in {"Sum", "Minimum", "Average", "Maximum", "p90", "p99"}


def test_the_catalogue_has_what_is_recommended() -> None:
    """The rules demand what stands here, so what is taken out of it is demanded by nobody."""
    found: dict[str, set[str]] = {}
    for subject in CATALOGUE:
        found.setdefault(subject.namespace, set()).update(signal.metric for signal in subject.signals)
    assert found.keys() == RECOMMENDED.keys()
    assert all(found[namespace] >= metrics for namespace, metrics in RECOMMENDED.items())


@pytest.mark.parametrize("subject", CATALOGUE, ids=lambda subject: subject.type)
def test_a_subject_s_types_and_outputs_are_the_provider_s(subject: Subject) -> None:
    """A misspelt one would be watched by nobody."""
    for kind in (subject.type, *(dimension.type for dimension in subject.dimensions.values())):
        assert resource_class(kind).pulumi_type == kind
    assert all(has_output(dimension.type, dimension.output) for dimension in subject.dimensions.values() if dimension.output)


def test_a_dimension_means_the_same_everywhere() -> None:
    """The rule that looks at dimensions knows them by name alone."""
    told = [(name, dimension) for subject in CATALOGUE for name, dimension in subject.dimensions.items()]
    assert len({name for name, _ in told}) == len(set(told))


def test_roles_are_unique_among_what_shares_their_names() -> None:
    """An alarm is called `<resource>-<role>`, and a color's target group and group have one name."""
    roles = [signal.role for subject in (TARGET_GROUP, GROUP) for signal in subject.signals]
    assert len(roles) == len(set(roles))
    assert all(len({signal.role for signal in subject.signals}) == len(subject.signals) for subject in CATALOGUE)


def test_every_role_has_its_section_in_the_runbook() -> None:
    """And the runbook has no other, but that of the composite alarm."""
    assert sections("docs/runbooks/alarms.md") == {signal.role for signal in SIGNALS} | {"hurt"}


def test_only_the_traffic_signal_tells_nobody() -> None:
    """It is one half of the composite alarm, and a color is idle only after an hour without a request."""
    assert [signal for signal in SIGNALS if signal.tell is Tell.NOBODY] == [TRAFFIC]
    assert TRAFFIC.period_seconds == HOUR


def test_silence_is_bad_where_something_must_always_be_counted() -> None:
    """A load balancer's counts are missing while nothing happens; a count of hosts never is, nor of backups that are made every day."""
    assert {signal.metric for signal in SIGNALS if signal.missing is Missing.BAD} == {
        "HealthyHostCount",
        "GroupInServiceCapacity",
        "NumberOfBackupJobsCompleted",
    }
    assert all(signal.below for signal in SIGNALS if signal.missing is Missing.BAD)


def test_every_meaning_is_a_sentence() -> None:
    """It is the first thing that somebody reads at night."""
    assert [signal.role for signal in SIGNALS if not (signal.meaning[0].isupper() and signal.meaning.endswith("."))] == []
