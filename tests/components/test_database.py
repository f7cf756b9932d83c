import pulumi_aws as aws

from settings_database import NAME, PORT
from tests.configs import Changes, rendered
from tests.graph import names, plain, statements
from tests.rendering import Rendering

WITHOUT_PROXY: Changes = {"database.proxy": None}
RESTORED: Changes = {**WITHOUT_PROXY, "database.restore": {"from": "before-the-mistake"}}


def told(stack: Rendering, service: str = "api") -> dict[str, str]:
    """What a service is told of the database."""
    prefix = f"{service}-endpoint-DATABASE_"
    found = {made.name.removeprefix(prefix): made for made in stack.of(aws.ssm.Parameter) if made.name.startswith(prefix)}
    return {name: str(plain(made.inputs["value"])) for name, made in found.items()}


def logins(stack: Rendering, color: str = "api-blue") -> list[str]:
    """What a color's instances may log in to, and as whom."""
    policy = stack.one(aws.iam.RolePolicy, f"{color}-may").inputs["policy"]
    allowed: list[str] = statements(policy)["OwnDatabaseUser"]["Resource"]
    return [resource.rpartition("dbuser:")[2] for resource in allowed]


def address(name: str) -> str:
    """Where the recorder says that an instance is."""
    return f"{name}.c1a2b3.eu-west-1.rds.amazonaws.com"


def test_a_service_is_told_where_to_write_and_read() -> None:
    """The replicas' own addresses: under a name of ours neither token nor certificate would hold."""
    assert told(rendered(WITHOUT_PROXY, preview=False)) == {
        "HOST": address("database"),
        "PORT": str(PORT),
        "NAME": NAME,
        "READERS": f"{address('replica-r1')},{address('replica-r2')}",
    }


def test_without_replicas_readers_go_where_writers_go() -> None:
    """SSM keeps no empty parameter, and a service need not know the difference."""
    found = told(rendered({**WITHOUT_PROXY, "database.replicas": {}}, preview=False))
    assert found["READERS"] == found["HOST"] == address("database")


def test_a_service_logs_in_as_itself_to_what_it_is_told_of() -> None:
    """And as nobody else, and nowhere else."""
    assert logins(rendered(WITHOUT_PROXY, preview=False)) == ["db-DATABASE/api", "db-REPLICAR1/api", "db-REPLICAR2/api"]


def test_a_service_that_does_not_use_it_is_told_nothing(old_stack: Rendering) -> None:
    """And may log in to nothing."""
    assert told(old_stack, "web") == {}
    assert "OwnDatabaseUser" not in statements(old_stack.one(aws.iam.RolePolicy, "web-blue-may").inputs["policy"])


def test_a_restored_instance_stands_beside_the_first() -> None:
    """Same size, under another identifier; services stay where they are until config leads them over."""
    stack = rendered(RESTORED, preview=False)
    first, second = (stack.one(aws.rds.Instance, name).inputs for name in ("database", "restored"))
    assert first["identifier"] != second["identifier"]
    assert all(first[key] == second[key] for key in ("instanceClass", "multiAz", "engineVersion", "backupRetentionPeriod"))
    assert told(stack)["HOST"] == address("database")


def test_services_are_led_to_the_instance_that_config_names() -> None:
    """The replicas follow the first one, so readers go over too; the way back is the same key."""
    stack = rendered({**RESTORED, "database.use": "restored"}, preview=False)
    assert (told(stack)["HOST"], told(stack)["READERS"]) == (address("restored"), address("restored"))
    assert logins(stack) == ["db-RESTORED/api"]


def test_leading_services_over_changes_no_instance() -> None:
    """Only what they are told, and where they may log in."""
    here, there = (rendered({**RESTORED, "database.use": use}) for use in ("primary", "restored"))
    one, two = ({made.name: made for made in stack.of(aws.rds.Instance)} for stack in (here, there))
    assert one == two


def test_services_may_be_led_to_a_promoted_replica() -> None:
    """Which is an instance like any other by then."""
    promoted: Changes = {**WITHOUT_PROXY, "database.replicas.r1.promoted": True, "database.use": "r1"}
    assert told(rendered(promoted, preview=False))["HOST"] == address("replica-r1")


def test_without_its_section_there_is_no_database() -> None:
    """No instance, no group of subnets, no password."""
    stack = rendered({"database": None, "services.api.uses": ["redis"]})
    assert names(stack.registrations) & {"database", "database-subnets", "database-master", "database-parameters"} == set()
    assert [made.type for made in stack.registrations if made.type.startswith("aws:rds/")] == []
