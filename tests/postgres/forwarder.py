"""AWS's command line as far as `ssm start-session` with a port forwarding goes: it listens and passes bytes on to the test's server.

Called as `forwarder.py PORT_OF_THE_SERVER NOTES ssm start-session …`; it writes its arguments and its process id into the folder NOTES.
"""

import json
import os
import socket
import sys
import threading
from pathlib import Path


def main(server: int, notes: Path, words: list[str]) -> None:
    """Listen on the port that the parameters name, until the process is ended."""
    (notes / "words.json").write_text(json.dumps(words), encoding="utf-8")
    (notes / "pid").write_text(str(os.getpid()), encoding="utf-8")
    if (notes / "refusal").exists():
        sys.exit((notes / "refusal").read_text(encoding="utf-8"))
    parameters = json.loads(words[words.index("--parameters") + 1])
    with socket.create_server(("127.0.0.1", int(parameters["localPortNumber"][0]))) as listener:
        sys.stdout.write("Waiting for connections...\n")
        sys.stdout.flush()
        while True:
            near, _ = listener.accept()
            far = socket.create_connection(("127.0.0.1", server))
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(source, sink), daemon=True).start()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    while content := source.recv(65536):
        sink.sendall(content)
    sink.shutdown(socket.SHUT_WR)


main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
