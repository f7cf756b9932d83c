"""Where the stack's database is, and the master's password: break-glass, and nothing that an instance may read."""

import json
from dataclasses import dataclass

from ops.deployment import Deployment
from ops.errors import BadInputError


@dataclass(frozen=True, kw_only=True)
class Address:
    """The writer, as the stack exports it under `database`."""

    host: str
    """Its own name, which its certificate proves."""
    port: int
    name: str
    """The database in it."""
    user: str
    """The master."""
    secret: str
    """The ARN of the secret that holds the master's password."""


def address_of(deployment: Deployment) -> Address:
    """The address; BadInputError where the stack has no database that takes writes."""
    found = deployment.outputs.get("database")
    if not found:
        hint = f"Name it in `switchyard:database` and bring it up: `switchyard up {deployment.options}`."
        raise BadInputError(f"The stack {deployment.target.name} has no database.", hint)
    if not found.get("secret"):
        hint = "Prepare the one that it copies: its roles come along."
        raise BadInputError(f"The database of {deployment.target.name} is a replica, which takes no writes.", hint)
    return Address(host=found["host"], port=int(found["port"]), name=found["name"], user=found["user"], secret=found["secret"])


def password_of(deployment: Deployment, address: Address) -> str:
    """The password by Secrets Manager's word, read with the operator's own credentials: plain, or as `password` in JSON."""
    value = str(deployment.target.client("secretsmanager").get_secret_value(SecretId=address.secret)["SecretString"])
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return str(found["password"]) if isinstance(found, dict) and "password" in found else value
