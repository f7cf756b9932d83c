"""A row of the provider's table: everything that the sandbox knows of one resource type.

HOW TO WRITE A ROW. Put it into `ROWS` of `rows/<service>.py` (a new file is found by itself) and a spec beside the others in
`tests/sandbox/provider/specs/<service>.py`. Start from the Pulumi class and the boto3 documentation of its operations:

    Row(
        type="aws.ec2.Subnet",
        create=Call("create_subnet", take="Subnet"),
        id="SubnetId",
        read=Call("describe_subnets", "{SubnetIds: [id]}", "Subnets[0]"),
        update=one_each("modify_subnet_attribute", "{SubnetId: id}", "mapPublicIpOnLaunch", "enableDns64"),
        delete=Call("delete_subnet", "{SubnetId: id}"),
        replaces=("vpcId", "cidrBlock", "availabilityZone"),
    )

What happens by itself, so that no row says it:
- Inputs become parameters, and answers become outputs, wherever the names differ only in case or by the type's own noun
  (`words.py`, with what `names` is for). Tags, default tags, region, auto-naming, the account check, read-back after each change,
  drift, import, secrets, unknowns and error texts are done for every row.
- An update call runs after the creation for inputs that `create` does not carry, and in an update when an input that it carries
  has changed. After either, the `read` calls say what is there.
- An input that no call carries is refused, so that nothing is silently dropped: name it in `kept` when it steers only the provider.
- Enums, ranges, lengths and patterns of the parameters come from botocore's model; `limits` adds what AWS refuses and the model lacks.
  Policy documents and CIDR blocks are known by the names of their inputs. `naming` says how long a name may be and what it is made of.
- A new name, name prefix or region makes a new resource. An input that the program stops giving is a change only where the SDK's class
  calls the output optional; what AWS chooses otherwise stays as it is.
- `one_each` and `switch` make the update calls of operations that take one property at a time, or come as a pair of set and clear;
  `inside` makes the `names` of properties that AWS keeps one level deeper.

`give` and `take` are JMESPath (https://jmespath.org). `give` builds parameters that the two rules cannot know. It sees the inputs
and outputs of the resource by Pulumi name, and `id`, `region`, `account`, `old` (the inputs before an update), `unique` (17 characters).
What it gives follows the operation's shape as well: a map becomes a list of keys and values, a number text. Members that come to nothing
are dropped, and a structure of which the names give a part is completed.
`take` picks the part of the answer that speaks of the resource; a member that AWS could have given there and did not counts as
"not set". What the emulator loses goes into `lost`, and the state's value stands.

The trickiest one: an operation that takes a structure where Pulumi has flat properties, spelled out in `give`, and flattened in `take`.

    Row(
        type="aws.vpc.SecurityGroupIngressRule",
        create=Call("authorize_security_group_ingress",
                    "{GroupId: securityGroupId, IpPermissions: [{IpProtocol: ipProtocol, FromPort: fromPort, ToPort: toPort, "
                    "IpRanges: cidrIpv4 && [{CidrIp: cidrIpv4, Description: description}], …}]}",
                    "SecurityGroupRules[0]"),
        id="SecurityGroupRuleId",
        read=Call("describe_security_group_rules", "{SecurityGroupRuleIds: [id]}", "SecurityGroupRules[0]"),
        names={"securityGroupId": "GroupId", "referencedSecurityGroupId": "ReferencedGroupInfo.GroupId"},
        …

Where JMESPath is not enough, `operation` may be a function `(client, facts) -> answer`; say in `on` which inputs it carries.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.provider.limits import Limit
from sandbox.provider.names import Naming
from sandbox.provider.schema import Failure

Facts = Mapping[str, Any]
"""What a call may use: inputs and outputs by Pulumi name, and `id`, `region`, `account`, `old`, `unique`; a function also `clients`, which
gives it boto3's client of another service in the resource's region."""

Operation = Callable[[Any, Facts], Any]
"""A step of several calls on a boto3 client, for where AWS is irregular; returns what `take` picks from."""


@dataclass(frozen=True)
class Call:
    """One AWS operation of a row."""

    operation: str | Operation
    """boto3's name of the operation, or a function."""
    give: str = ""
    """JMESPath over the facts: parameters beyond those that the names give."""
    take: str = "@"
    """JMESPath over the answer: the part that speaks of the resource."""
    on: tuple[str, ...] = ()
    """The inputs that an update call carries; all that its parameters know by default."""
    when: str = ""
    """JMESPath over the facts: the call is left out where it is false."""
    until: str = ""
    """JMESPath over the answer: the call is repeated until it is true (a certificate is issued, a gateway available)."""


@dataclass(frozen=True)
class Tagging:
    """How a service changes and lists tags; `tags` and `keys` (of removed ones) are among the facts."""

    add: Call
    remove: Call
    list: Call | None = None
    """None where the row's own answers carry the tags."""


Calls = Call | tuple[Call, ...]

KEPT = frozenset({"forceDestroy", "forceDetachPolicies", "revokeRulesOnDelete", "skipDestroy"})
"""Inputs of many types that steer the provider only."""

SERVICES = {"lb": "elbv2", "vpc": "ec2"}
"""boto3's services by the modules of pulumi-aws that are named otherwise."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Row:
    """One resource type: which calls make, read, change and delete it, and what AWS refuses."""

    type: str
    """Python name of its class, such as `aws.ec2.Subnet`."""
    service: str = ""
    """boto3's name of the service, where it is neither the class's module nor in `SERVICES`."""
    noun: str = ""
    """AWS's noun for it, where it is not the class's name."""
    id: str = ""
    """JMESPath over what `create` takes; or a text with `{property}` in it, which an import by id reads backwards."""
    imports: str = ""
    """The form of the id by which the official provider imports it, where that is another one."""
    before: Calls = ()
    """What AWS looks at before it makes or changes it, and the emulator does not: functions that raise ProviderError."""
    create: Call | None = None
    after: Calls = ()
    """What belongs to the creation but takes calls of its own."""
    read: Calls = ()
    """The first one decides whether the resource is there; what the others do not find counts as "not set"."""
    update: Calls = ()
    delete: Calls = ()
    names: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    computed: Mapping[str, str | Callable[[Facts], Any]] = field(default_factory=dict)
    """Outputs that AWS does not answer: a text with `{property}`, `{id}`, `{region}`, `{account}` in it, or a function of the facts."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What the official provider fills in when the program says nothing; a dotted name counts where its object is given."""
    replaces: tuple[str, ...] = ()
    """Properties (dotted for members) whose change makes a new resource, beside its name, name prefix and region."""
    kept: tuple[str, ...] = ()
    """Inputs that go to no call, beside `KEPT`: they steer the provider, or the emulator has no place for them."""
    lost: tuple[str, ...] = ()
    """Properties that the emulator does not give back as they were set."""
    fresh: tuple[str, ...] = ()
    """Outputs that each update but one of tags makes anew, so that a preview cannot know them."""
    secrets: tuple[str, ...] = ()
    """Outputs that are secret whatever the inputs were."""
    naming: Naming = field(default_factory=Naming)
    """Where its name is and what AWS allows there, if it has one."""
    tagging: Tagging | None = None
    """None for the service's usual way."""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    conflicts: tuple[tuple[str, ...], ...] = ()
    """Groups of inputs of which at most one may be given."""
    check: Callable[[Facts], Iterable[Failure]] | None = None
    """What else AWS refuses, from the inputs known so far."""
    recorded: str = ""
    """Why it lives in the engine's state only; empty for what the emulator holds. Its `create`, if it has one, is never called, but
    botocore's model of it is held against the inputs."""

    @property
    def package(self) -> str:
        """The plugin that serves it: aws or random."""
        return self.type.split(".")[0]

    @property
    def boto3_service(self) -> str:
        """boto3's name of the service."""
        module = self.type.split(".")[1]
        return self.service or SERVICES.get(module, module)


def one_each(operation: str, give: str, *properties: str) -> tuple[Call, ...]:
    """Return update calls for an operation that takes one property at a time."""
    return tuple(Call(operation, give, on=(name,)) for name in properties)


def switch(name: str, on: str, off: str, give: str) -> tuple[Call, Call]:
    """Return the update calls for a property that one operation sets, and another one clears."""
    return Call(on, give, on=(name,), when=name), Call(off, give, on=(name,), when=f"!{name}")


def inside(structure: str, *properties: str) -> dict[str, str]:
    """Return `names` for properties that AWS keeps in a structure (dotted for one in another), by the same names in capitals."""
    return {name: f"{structure}.{name[0].upper()}{name[1:]}" for name in properties}


def steps(calls: Calls) -> tuple[Call, ...]:
    """Return one call or several as a tuple."""
    return calls if isinstance(calls, tuple) else (calls,)
