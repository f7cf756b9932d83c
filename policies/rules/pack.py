"""Serves a family's rules to the engine: all that a pack's own `__main__.py` calls."""

import os
import signal
import sys
from concurrent import futures
from datetime import UTC, datetime
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty

from policies.rules.analyzer import Analyzer
from policies.rules.catalogue import rules_of
from policies.rules.protocol import analyzer as protocol
from policies.rules.protocol import plugin

LOOK_SECONDS = 1.0

LARGEST_MESSAGE_BYTES = 400 * 1024 * 1024
"""What the engine itself allows; gRPC's own 4 MiB are less than a large stack."""


def serve(family: str) -> None:
    """Start the pack, tell the engine its port on the first line of stdout, and answer until the engine ends the process.

    Nothing but the port may reach stdout, so a stray `print` in a rule goes to stderr. An interrupt, which the engine sends when its
    user presses Ctrl-C, ends the process at once instead of after gRPC's five seconds. An engine that is killed takes no pack along, so
    the process looks whether its parent is still the same.
    """
    engine = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    stdout, sys.stdout = sys.stdout, sys.stderr
    analyzer = Analyzer(family, rules_of(family), datetime.now(tz=UTC).date())
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=1),
        options=[("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES), ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES)],
    )
    server.add_generic_rpc_handlers((_handler(analyzer),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, file=stdout, flush=True)
    while server.wait_for_termination(LOOK_SECONDS) and os.getppid() == engine:
        pass
    server.stop(None)


def _handler(analyzer: Analyzer) -> grpc.GenericRpcHandler:
    """Map the protocol's calls; the engine does without those that are not here (Remediate, Handshake, Cancel)."""
    calls: dict[str, tuple[Any, Any]] = {
        "GetAnalyzerInfo": (analyzer.info, Empty),
        "GetPluginInfo": (lambda _request, _context: plugin.PluginInfo(), Empty),
        "ConfigureStack": (analyzer.configure_stack, protocol.AnalyzerStackConfigureRequest),
        "Configure": (analyzer.configure, protocol.ConfigureAnalyzerRequest),
        "Analyze": (analyzer.analyze, protocol.AnalyzeRequest),
        "AnalyzeStack": (analyzer.analyze_stack, protocol.AnalyzeStackRequest),
    }
    handlers = {
        name: grpc.unary_unary_rpc_method_handler(answer, request.FromString, lambda response: response.SerializeToString())
        for name, (answer, request) in calls.items()
    }
    return grpc.method_handlers_generic_handler("pulumirpc.Analyzer", handlers)
