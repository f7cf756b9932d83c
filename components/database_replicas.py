"""The replicas, and what they become when they are promoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.database_ground import DatabaseGround
from components.database_instance import DatabaseInstance, DatabaseInstanceArgs
from components.database_origin import Follower, Promoted
from settings_database import Replica


@dataclass(frozen=True, kw_only=True)
class DatabaseReplicasArgs:
    """The source, and what is made of it."""

    ground: DatabaseGround
    """What they stand on."""
    source: aws.rds.Instance
    """The primary."""
    password: pulumi.Input[str] | None
    """The master's, for what is promoted; None for the one that it comes with."""
    retiring: bool
    """Whether the whole database is no longer protected."""


class DatabaseReplicas(pulumi.ComponentResource):
    """An instance for each of `database.replicas`.

    One that is promoted keeps name and address, and has backups, a standby and alarms of its own: to AWS the promotion is that it has no
    source any more. Stateful: protected until they are retiring. Each costs what an instance does.
    """

    following: Sequence[DatabaseInstance]
    """Those that are read from."""
    promoted: Mapping[str, DatabaseInstance]
    """Those that take writes, by name."""

    def __init__(self, name: str, args: DatabaseReplicasArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:database:DatabaseReplicas", name, None, opts)
        replicas = args.ground.args.config.replicas
        made = {called: self._instance(f"replica-{called}", called, replica, args) for called, replica in sorted(replicas.items())}
        self.following = [instance for instance in made.values() if instance.follows]
        self.promoted = {called: instance for called, instance in made.items() if not instance.follows}
        self.register_outputs({})

    def _instance(self, name: str, called: str, replica: Replica, args: DatabaseReplicasArgs) -> DatabaseInstance:
        """One of them, after the primary, even when it is promoted.

        Until that is applied the engine's state says that it follows, and an update of something else, such as a rollback, would end with
        an error if it came first.
        """
        config = args.ground.args.config
        instance = DatabaseInstanceArgs(
            ground=args.ground,
            role=f"{config.called}-{called}",
            origin=Promoted(password=args.password) if replica.promoted else Follower(source=args.source.identifier),
            instance_class=replica.instance_class,
            version=replica.version or config.version,
            backup_days=replica.backup_days or (config.backup_days if replica.promoted else 0),
            multi_az=config.multi_az and replica.promoted,
            zone=None if replica.promoted else replica.zone,
            retiring=replica.retiring or args.retiring,
            after=[args.source],
        )
        return DatabaseInstance(name, instance, pulumi.ResourceOptions(parent=self))
