"""A resource plugin that does nothing: whatever it is asked to make is there at once, as it was asked for."""

import sys
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from sandbox.paths import ROOT

SCRIPT = '#!/bin/sh\nPYTHONPATH="{root}" exec "{python}" -u -c "from tests.bench.idle_provider import main; main()" "$@"\n'


class IdleProvider(provider_pb2_grpc.ResourceProviderServicer):
    """Answers the engine with what the engine has said."""

    def GetPluginInfo(self, _request: Any, _context: Any) -> plugin_pb2.PluginInfo:  # noqa: N802 - the protocol's name, like all below
        """Have no version."""
        return plugin_pb2.PluginInfo()

    def CheckConfig(self, request: Any, _context: Any) -> provider_pb2.CheckResponse:  # noqa: N802
        """Find everything right."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def Configure(self, _request: Any, _context: Any) -> provider_pb2.ConfigureResponse:  # noqa: N802
        """Keep nothing."""
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: Any, _context: Any) -> provider_pb2.CheckResponse:  # noqa: N802
        """Find everything right."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def Create(self, request: Any, _context: Any) -> provider_pb2.CreateResponse:  # noqa: N802
        """Have made it."""
        return provider_pb2.CreateResponse(id="idle", properties=request.properties)

    def Cancel(self, _request: Any, _context: Any) -> empty_pb2.Empty:  # noqa: N802
        """Have nothing to end."""
        return empty_pb2.Empty()


def install(home: Path) -> None:
    """Put it in the place of the plugins in a PULUMI_HOME."""
    for program in home.glob("plugins/*/pulumi-resource-*"):
        program.write_text(SCRIPT.format(root=ROOT, python=sys.executable), encoding="utf-8")


def main() -> None:
    """Serve until the engine ends the process."""
    server = grpc.server(futures.ThreadPoolExecutor(16), options=[("grpc.max_receive_message_length", -1)])
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(IdleProvider(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()
