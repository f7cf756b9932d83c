import pytest

from settings_database_versions import CREATED_FROM, cpus, created, memory_gib, version_of


@pytest.mark.parametrize("version", ["17.11", "17.5", "18.6", "16.15", "15.19", "14.24", "17.30", "19.1"])
def test_aws_makes_new_instances_of_what_it_supports(version: str) -> None:
    """What is newer than the table is not refused: AWS will say."""
    assert created(version)


@pytest.mark.parametrize("version", ["13.23", "17.4", "17.8", "18.2", "16.12", "15.16", "14.21", "16.8", "15.12"])
def test_aws_makes_none_of_what_it_withdrew(version: str) -> None:
    """Old majors are paid for, old minors are upgraded by force, and those of February 2026 were taken back."""
    assert not created(version)


def test_versions_are_compared_by_number() -> None:
    """17.11 is newer than 17.9."""
    assert version_of("17.11") > version_of("17.9")
    assert version_of("18.1") > version_of("17.11")
    assert sorted(CREATED_FROM) == [14, 15, 16, 17, 18]


@pytest.mark.parametrize(
    ("instance_class", "gib", "processors"),
    [
        ("db.t4g.micro", 1, 2),
        ("db.t4g.medium", 4, 2),
        ("db.t4g.large", 8, 2),
        ("db.m8g.large", 8, 2),
        ("db.r8g.xlarge", 32, 4),
        ("db.r6gd.4xlarge", 128, 16),
        ("db.x2g.16xlarge", 1024, 64),
    ],
)
def test_a_class_says_how_large_it_is(instance_class: str, gib: int, processors: int) -> None:
    """By family and size; the alarms' thresholds are made from it."""
    assert memory_gib(instance_class) == gib
    assert cpus(instance_class) == processors


def test_what_is_no_version_or_class_is_refused() -> None:
    """Settings have looked before; this is for whoever calls without them."""
    with pytest.raises(ValueError, match=r"'17' is no version"):
        version_of("17")
    with pytest.raises(ValueError, match=r"'m8g.large' is no DB instance class"):
        cpus("m8g.large")
