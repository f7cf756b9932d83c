"""What a color's instances read at every start and every minute: plain settings, and where each secret's value is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class ParametersArgs:
    """A folder of parameters."""

    path: str
    """Where they stand, without a slash at the end."""
    values: Mapping[str, pulumi.Input[str]]
    """Name to value; never a secret."""
    tags: Mapping[str, str]
    """Whose they are."""


class Parameters(pulumi.ComponentResource):
    """SSM parameters of one folder, in plain text: a secret's value has no place here. Not stateful; standard parameters cost nothing."""

    parameters: list[aws.ssm.Parameter]
    """What must exist before an instance starts."""

    def __init__(self, name: str, args: ParametersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("switchyard:service:Parameters", name, None, opts)
        self.parameters = [self._parameter(f"{name}-{key}", f"{args.path}/{key}", value, args) for key, value in args.values.items()]
        self.register_outputs({})

    def _parameter(self, name: str, path: str, value: pulumi.Input[str], args: ParametersArgs) -> aws.ssm.Parameter:
        return aws.ssm.Parameter(
            name,
            name=path,
            type="String",
            tier="Standard",
            value=value,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )
