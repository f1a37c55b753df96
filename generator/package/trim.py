"""The layer without what no job reaches: unused modules, and descriptions of unused services."""

from __future__ import annotations

import ast
import functools
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.package.reach import modules_of, parsed, reached, wanted_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DESCRIPTIONS = ("botocore/data/", "boto3/data/")
_ENDPOINTS = "botocore/data/endpoints.json"
_ALWAYS = frozenset({"sts"})
"""Services that credentials may come from."""

_CLIENTS = frozenset({"client", "resource", "create_client"})
_MENTION = re.compile("|".join(_CLIENTS).encode())  # few sources have one: the rest need no walk
_AWS = frozenset({"boto3", "botocore", "s3transfer"})
_UNREAD = (".pyi", "py.typed", ".rst")
_UNSERVED = "aws_lambda_powertools/event_handler/openapi/swagger_ui/swagger"
"""Of a web page that no worker serves."""


@dataclass(frozen=True)
class Use:
    """What jobs ask of the layer.

    Attributes:
        names: Every dotted name and text in their modules.
        any_service: Whether one makes a client of a service by a computed name.
    """

    names: frozenset[str]
    any_service: bool

    def of(self, files: Iterable[str], prefix: str) -> Use:
        """Return what is asked of a layer with these files: most names mean nothing to it."""
        known = list(files)
        services = {
            name.removeprefix(prefix + folder).partition("/")[0]
            for name in known
            for folder in _DESCRIPTIONS
            if name.startswith(prefix + folder)
        }
        return replace(self, names=self.names & (modules_of(known, prefix).keys() | services))


def use_of(sources: Iterable[tuple[str, bytes]]) -> Use:
    """Return what modules ask of the layer.

    Args:
        sources: Package and source of each module.
    """
    names, computed = set[str](), False
    for package, source in sources:
        wanted, any_client = _asked(package, source)
        names |= wanted
        computed |= any_client
    return Use(frozenset(names), computed)


# Most sources are as they were when the development loop builds again.
@functools.lru_cache(maxsize=4096)
def _asked(package: str, source: bytes) -> tuple[frozenset[str], bool]:
    """Return what one module wants, and whether it makes a client by a computed name."""
    tree = parsed(source)
    wanted = frozenset(wanted_by(tree, package))
    return wanted, _makes_any_client(tree, wanted)


def trimmed(files: Mapping[str, bytes], prefix: str, use: Use) -> dict[str, bytes]:
    """Return the files of a layer that jobs need.

    Args:
        files: All of them, by name in the zip.
        prefix: What modules lie under.
        use: What jobs ask for.
    """
    modules = modules_of(files, prefix)
    kept = reached(modules, files, use.names)
    services = _services(modules, files, kept, use)
    sources = {modules[name] for name in kept}
    every = set(modules.values())
    found: dict[str, bytes] = {}
    for name, content in files.items():
        inside = name.removeprefix(prefix)
        if name in every:
            if name in sources:
                found[name] = content
        elif inside == _ENDPOINTS and services is not None:
            found[name] = _endpoints_of(content, services)
        elif inside.endswith(".dist-info/METADATA"):
            found[name] = content.partition(b"\n\n")[0] + b"\n"  # the rest is a text for readers
        elif _is_data_of(inside, modules, kept) and _is_described(inside, services):
            found[name] = content
    return found


def _is_data_of(inside: str, modules: Mapping[str, str], kept: frozenset[str]) -> bool:
    """Whether a file that is no module lies in a package that is kept, or in none."""
    if inside.endswith(_UNREAD) or inside.startswith(_UNSERVED):
        return False
    package = inside.rpartition("/")[0].replace("/", ".")
    while package and package not in modules:
        package = package.rpartition(".")[0]
    return not package or package in kept


def _is_described(inside: str, services: frozenset[str] | None) -> bool:
    """Whether a file is no description of a service, or of one that is used."""
    for folder in _DESCRIPTIONS:
        if inside.startswith(folder):
            service, _, more = inside.removeprefix(folder).partition("/")
            return services is None or not more or service in services
    return True


def _services(
    modules: Mapping[str, str], files: Mapping[str, bytes], kept: frozenset[str], use: Use
) -> frozenset[str] | None:
    """Return the services that are named in some module; None stands for all."""
    if use.any_service:
        return None
    texts = set(use.names)
    for name in kept:
        source = files[modules[name]] if modules[name].endswith(".py") else b""
        if name.partition(".")[0] not in _AWS and _MENTION.search(source):
            tree = parsed(source)
            if any(_clients_of(tree)):
                texts.update(_texts_of(tree))
    return frozenset(texts) | _ALWAYS


def _clients_of(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls that make a client, or look as if they did."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(_, called)) if called in _CLIENTS:
                yield node


def _texts_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _makes_any_client(tree: ast.Module, wanted: frozenset[str]) -> bool:
    """Whether a module that imports boto3 makes a client by a name that is no text."""
    if not any(name.partition(".")[0] in _AWS for name in wanted):
        return False
    return any(
        not any(isinstance(value, ast.Constant) for value in _named(call))
        for call in _clients_of(tree)
    )


def _named(call: ast.Call) -> list[ast.expr]:
    """Return what may be the service that a call names."""
    return [*call.args[:1], *(each.value for each in call.keywords if each.arg == "service_name")]


def _endpoints_of(content: bytes, services: frozenset[str]) -> bytes:
    """Return the addresses of the services that are used, in the form that botocore reads."""
    document = json.loads(content)
    for partition in document["partitions"]:
        known = partition["services"]
        partition["services"] = {name: known[name] for name in sorted(services & known.keys())}
    return json.dumps(document, separators=(",", ":")).encode()
