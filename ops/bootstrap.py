"""What an account needs before the engine can run: a place for its state, and a key for the secrets in it.

Nothing else has to exist for that. The service-linked roles that the stack needs are made by AWS, or by the stack itself (encryption's
role for its fleets); what the stack file takes as given beside these (hosted zone, images, AMIs) is its reader's to have, and is not the
engine's.
"""

from collections.abc import Sequence

from ops.desired import Thing
from ops.errors import RefusedError
from ops.state_bucket import StateBucket, bucket_name
from ops.state_key import StateKey
from ops.target import Target


class Bootstrap:
    """The state bucket and the key of one stack, in the account and region of its file."""

    def __init__(self, target: Target) -> None:
        settings = target.file.settings()
        account, region = settings.account_id, settings.region
        name = bucket_name(target.name, account, region)
        self._stack, self._region = target.name, region
        self._key = StateKey(target.client("kms"), target.name, account)
        self._bucket = StateBucket(target.client("s3"), name, account, region, self._key)

    def things(self) -> Sequence[Thing]:
        """The key and the bucket, each in front of what is to be so with it: made in this order."""
        return [*self._key.things(), *self._bucket.things()]

    @property
    def place(self) -> str:
        """Where they are, for people."""
        return f"bucket {self._bucket.name}, key {self._key.alias}"

    def commands(self) -> Sequence[str]:
        """How the engine is led to them, once for each checkout (login) and once for the stack (init)."""
        return [
            f"pulumi login 's3://{self._bucket.name}?region={self._region}'",
            f"pulumi stack init {self._stack} --secrets-provider 'awskms://{self._key.alias}?region={self._region}'",
        ]


def account_of(target: Target) -> str:
    """The account of the credentials."""
    return str(target.client("sts").get_caller_identity()["Account"])


def refuse_other(target: Target, found: str) -> None:
    """RefusedError when the account of the credentials is not the stack's."""
    wanted = target.file.settings().account_id
    if found != wanted:
        raise RefusedError(f"The credentials are for account {found}, and the stack is for {wanted}.", "Switch to the other profile.")
