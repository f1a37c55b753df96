"""What a person sees in VS Code while writing `jobs.yaml`, asked from its language server."""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from generator.manifest.model import CommonSettings
from tests.editor.client import Client
from tests.editor.install import ROOT, InstallError, server_command

pytestmark = pytest.mark.editor

TEXT = (ROOT / "jobs.yaml").read_text("utf-8")
_numbers = count()


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    """Return a running server; if it cannot be installed, skip or, if required, fail."""
    try:
        command = server_command()
    except InstallError as error:
        reason = f"the YAML language server cannot be installed: {error}"
        if os.environ.get("REQUIRE_EDITOR") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    client = Client(command, ROOT)
    yield client
    client.stop()


def opened(server: Client, text: str) -> tuple[str, list[dict[str, Any]]]:
    """Open a text beside the manifest under a new name; return the name and the marks."""
    uri = (ROOT / f"jobs-{next(_numbers)}.yaml").as_uri()
    return uri, server.open(uri, text)


def marked_lines(server: Client, text: str) -> list[int]:
    """Return the lines that the server marks in a text, counted from 0."""
    return [mark["range"]["start"]["line"] for mark in opened(server, text)[1]]


def ask_after(server: Client, method: str, text: str, part: str) -> Any:  # noqa: ANN401 - as the server says
    """Return the server's answer about the place just after a part of a text."""
    uri, _ = opened(server, text)
    before = text[: text.index(part) + len(part)]
    position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
    return server.ask(method, {"textDocument": {"uri": uri}, "position": position})


def labels(server: Client, text: str, part: str) -> set[str]:
    """Return what the server offers after a part of the text."""
    result = ask_after(server, "textDocument/completion", text, part)
    items = result["items"] if isinstance(result, dict) else result
    return {item["label"] for item in items}


def test_the_manifest_of_the_repository_is_not_marked(server: Client) -> None:
    """The modeline leads the editor to the schema, and our own manifest keeps to it."""
    assert marked_lines(server, TEXT) == []


def test_a_misspelt_key_is_marked_at_its_place(server: Client) -> None:
    """A key that the model does not know gets a mark on its own line, and nothing else does."""
    text = TEXT.replace("    timeout: 30s\n", "    timeuot: 30s\n", 1)
    line = text[: text.index("timeuot")].count("\n")

    _, found = opened(server, text)

    assert [line] == [mark["range"]["start"]["line"] for mark in found]
    assert "timeuot" in found[0]["message"]


def test_a_value_of_the_wrong_form_is_marked(server: Client) -> None:
    """A duration without a unit gets a mark."""
    text = TEXT.replace("    timeout: 30s\n", "    timeout: 30\n", 1)
    line = text[: text.index("timeout: 30\n")].count("\n")

    assert line in marked_lines(server, text)


def test_a_key_is_completed(server: Client) -> None:
    """After the first letters of a key inside a job, the key is offered."""
    text = TEXT.replace("    timeout: 30s\n", "    memo\n", 1)

    assert "memory_size" in labels(server, text, "    memo")


def test_the_values_of_a_choice_are_completed(server: Client) -> None:
    """After a key with a fixed choice, the choice is offered."""
    text = TEXT.replace("    timeout: 30s\n", "    architecture: \n", 1)

    assert {"arm64", "x86_64"} <= labels(server, text, "    architecture: ")


def test_the_description_of_a_key_is_shown_on_hover(server: Client) -> None:
    """Pointing at a key shows the sentence that the model has for it."""
    description = CommonSettings.model_fields["concurrency"].description

    answer = ask_after(server, "textDocument/hover", TEXT, "    concurr")

    assert description is not None
    assert description.split(".")[0] in answer["contents"]["value"]
