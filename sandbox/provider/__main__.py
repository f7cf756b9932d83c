"""`python -m sandbox.provider aws|random ENGINE_ADDRESS`: a resource plugin, started by the engine."""

import os
import signal
import sys
import threading
import time
from concurrent import futures

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from sandbox.provider.server import Provider

WORKERS = 16
"""Requests at once, as many as the engine sends by default."""

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def serve(package: str) -> tuple[grpc.Server, int]:
    """Start a plugin on a free port of this machine; return server and port."""
    server = grpc.server(futures.ThreadPoolExecutor(WORKERS), options=UNLIMITED)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Provider(package), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def leave_with(parent: int) -> None:
    """Leave when the engine is gone: one that was killed takes no plugin along."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def main() -> None:
    """Serve until the engine's interrupt, which must not reach a gRPC server without a handler: it would take 5 s to leave."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=leave_with, args=[os.getppid()], daemon=True).start()
    server, port = serve(sys.argv[1])
    print(port, flush=True)  # noqa: T201 - the engine reads the port from the first line
    server.wait_for_termination()


if __name__ == "__main__":
    main()
