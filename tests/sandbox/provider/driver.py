"""Speaks to a plugin as the engine does: over gRPC, with property maps on the wire."""

from dataclasses import dataclass, field
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from sandbox.provider import schema
from sandbox.provider.__main__ import serve
from sandbox.provider.wire import decode, encode, plain

Properties = dict[str, Any]

ACCOUNT_ID, REGION = "123456789012", "eu-west-1"

CONFIG: Properties = {
    "region": REGION,
    "allowedAccountIds": f'["{ACCOUNT_ID}"]',
    "defaultTags": '{"tags": {"Project": "switchyard", "Owner": "default"}}',
}
"""A provider's settings as the SDK sends them: whatever is no text as JSON."""


@dataclass(frozen=True)
class Made:
    """A resource that was created."""

    type: str
    name: str
    id: str
    inputs: Properties
    outputs: Properties = field(repr=False)


class Driver:
    """One plugin, served in this process; `type` is a Python name such as `aws.ec2.Subnet` everywhere."""

    def __init__(self, package: str, config: Properties | None = None) -> None:
        self.server, port = serve(package)
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)
        if config is not None:
            self.configure(config)

    def configure(self, config: Properties) -> Any:
        """Give the plugin its settings."""
        return self.stub.Configure(provider_pb2.ConfigureRequest(args=encode(config), acceptSecrets=True))

    def close(self) -> None:
        """Stop the plugin."""
        self.channel.close()
        self.server.stop(0).wait()

    def check(self, type_: str, name: str, inputs: Properties, old: Properties | None = None) -> tuple[Properties, dict[str, str]]:
        """Return the checked inputs, secrets wrapped, and the failures by property."""
        request = provider_pb2.CheckRequest(
            **_target(type_, name), olds=encode(old or {}), news=encode(inputs), randomSeed=f"{type_}{name}".encode()
        )
        answer = self.stub.Check(request)
        return decode(answer.inputs), {failure.property: failure.reason for failure in answer.failures}

    def create(self, type_: str, name: str, inputs: Properties) -> Made:
        """Create a resource from checked inputs."""
        answer = self.stub.Create(provider_pb2.CreateRequest(**_target(type_, name), properties=encode(inputs)))
        return Made(type_, name, answer.id, inputs, decode(answer.properties))

    def preview(self, type_: str, name: str, inputs: Properties) -> Properties:
        """Return the outputs that a preview promises."""
        answer = self.stub.Create(provider_pb2.CreateRequest(**_target(type_, name), properties=encode(inputs), preview=True))
        return decode(answer.properties)

    def make(self, type_: str, logical_: str, /, **inputs: Any) -> Made:
        """Check inputs, which must be right, and create the resource."""
        checked, failures = self.check(type_, logical_, inputs)
        assert failures == {}, f"{type_}: {failures}"
        return self.create(type_, logical_, checked)

    def read(self, made: Made) -> tuple[str, Properties, Properties]:
        """Refresh a resource: return id (empty when gone), outputs and inputs."""
        request = provider_pb2.ReadRequest(
            **_target(made.type, made.name), id=made.id, properties=encode(made.outputs), inputs=encode(made.inputs)
        )
        answer = self.stub.Read(request)
        return answer.id, decode(answer.properties), decode(answer.inputs)

    def fetch(self, type_: str, id_: str) -> tuple[str, Properties, Properties]:
        """Import a resource by id."""
        answer = self.stub.Read(provider_pb2.ReadRequest(**_target(type_, "imported"), id=id_))
        return answer.id, decode(answer.properties), decode(answer.inputs)

    def diff(self, made: Made, inputs: Properties) -> Any:
        """Compare a resource with checked inputs."""
        old, outputs, new = encode(made.inputs), encode(made.outputs), encode(inputs)
        return self.stub.Diff(provider_pb2.DiffRequest(**_target(made.type, made.name), id=made.id, old_inputs=old, olds=outputs, news=new))

    def update(self, made: Made, inputs: Properties, *, preview: bool = False) -> Made:
        """Change a resource in place."""
        request = provider_pb2.UpdateRequest(
            **_target(made.type, made.name),
            id=made.id,
            olds=encode(made.outputs),
            old_inputs=encode(made.inputs),
            news=encode(inputs),
            preview=preview,
        )
        return Made(made.type, made.name, made.id, inputs, decode(self.stub.Update(request).properties))

    def delete(self, made: Made) -> None:
        """Delete a resource."""
        request = provider_pb2.DeleteRequest(
            **_target(made.type, made.name), id=made.id, properties=encode(made.outputs), old_inputs=encode(made.inputs)
        )
        self.stub.Delete(request)


def _target(type_: str, name: str) -> dict[str, Any]:
    token = schema.token(type_)
    return {"urn": f"urn:pulumi:dev::switchyard::{token}::{name}", "name": name, "type": token}


def bare(properties: Properties) -> Properties:
    """Return properties without the wrappers of secrets."""
    values: Properties = plain(properties)
    return values
