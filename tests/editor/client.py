"""As much of the Language Server Protocol as an editor needs to ask about one document."""

import json
import subprocess
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any

ANSWER_SECONDS = 600
_SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},  # the catalogue lies on the network
    },
}


class Client:
    """A running language server and the messages that came from it."""

    def __init__(self, command: list[str], root: Path) -> None:
        """Start the server and shake hands."""
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input = self._process.stdin
        self._output = self._process.stdout
        self._incoming: Queue[dict[str, Any]] = Queue()
        self._reader = Thread(target=self._read, args=(self._output,), daemon=True)
        self._reader.start()
        self._next_id = 0
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"publishDiagnostics": {}, "hover": {"contentFormat": ["markdown"]}},
        }
        parameters = {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities}
        self.ask("initialize", parameters)
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def open(self, uri: str, text: str) -> list[dict[str, Any]]:
        """Open a document and return what the server marks in it."""
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        message = self._wait(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
            ),
        )
        marks: list[dict[str, Any]] = message["params"]["diagnostics"]
        return marks

    def ask(self, method: str, params: object) -> Any:  # noqa: ANN401 - what the protocol says
        """Send a request and return its result."""
        self._next_id += 1
        number = self._next_id
        self._send({"id": number, "method": method, "params": params})
        message = self._wait(lambda m: m.get("id") == number and "method" not in m)
        assert "error" not in message, message
        return message["result"]

    def stop(self) -> None:
        """End the server."""
        self.ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait(timeout=ANSWER_SECONDS)
        self._reader.join(timeout=ANSWER_SECONDS)
        self._input.close()
        self._output.close()

    def _wait(self, wanted: Any) -> dict[str, Any]:  # noqa: ANN401 - a predicate on messages
        """Return the next wanted message; answer the server's own questions meanwhile."""
        while True:
            message = self._incoming.get(timeout=ANSWER_SECONDS)
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": _answer(message)})
            elif wanted(message):
                return message

    def _tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._input.flush()

    def _read(self, stream: IO[bytes]) -> None:
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
                while stream.readline().strip():
                    pass
                self._incoming.put(json.loads(stream.read(length)))


def _answer(message: dict[str, Any]) -> object:
    """Return what an editor says to a server's question."""
    if message["method"] == "workspace/configuration":
        return [_SETTINGS.get(item["section"], {}) for item in message["params"]["items"]]
    return None
