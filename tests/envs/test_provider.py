"""How the AWS provider is found without asking the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from envs.deploy.provider import REGISTRY, Lookup, ProviderNotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def mirror(directory: Path) -> Path:
    """Make `directory` a mirror that holds the AWS provider."""
    (directory / REGISTRY / "hashicorp" / "aws" / "5.100.0").mkdir(parents=True)
    return directory


def lookup(
    machine: Path, environ: Mapping[str, str] | None = None, *, online: bool = False
) -> Lookup:
    """Return a lookup on a machine made of directories below `machine`."""
    home = machine / "home" / "somebody"
    home.mkdir(parents=True, exist_ok=True)
    return Lookup(environ=environ or {}, home=home, root=machine, online=lambda: online)


def test_a_registry_that_answers_is_used(tmp_path: Path) -> None:
    """Plain `init` serves where the registry answers, whatever else there is."""
    mirror(tmp_path / "opt" / "plugins")

    assert lookup(tmp_path, online=True).init_arguments() == ()


def test_a_named_directory_comes_first(tmp_path: Path) -> None:
    """`TF_PLUGIN_DIR` was set on purpose: it is used even where the registry answers."""
    named = mirror(tmp_path / "named")
    found = lookup(tmp_path, {"TF_PLUGIN_DIR": str(named)}, online=True)

    assert found.init_arguments() == (f"-plugin-dir={named}",)


def test_a_named_directory_without_the_provider_is_refused(tmp_path: Path) -> None:
    """A wrong `TF_PLUGIN_DIR` is told, not passed over."""
    with pytest.raises(ProviderNotFoundError, match="TF_PLUGIN_DIR="):
        lookup(tmp_path, {"TF_PLUGIN_DIR": str(tmp_path)}).init_arguments()


@pytest.mark.parametrize(
    "place",
    [
        "home/somebody/.terraform.d/plugins",
        "home/somebody/.local/share/terraform/plugins",
        "usr/local/share/terraform/plugins",
        "usr/share/terraform/plugins",
    ],
)
def test_terraforms_own_directories_are_looked_into(tmp_path: Path, place: str) -> None:
    """Each directory that Terraform implies may hold the provider."""
    mirror(tmp_path / place)

    assert lookup(tmp_path).init_arguments() == (f"-plugin-dir={tmp_path / place}",)


def test_the_data_directory_of_the_desktop_is_honoured(tmp_path: Path) -> None:
    """`XDG_DATA_HOME` moves one of Terraform's own directories."""
    mirror(tmp_path / "data" / "terraform" / "plugins")
    found = lookup(tmp_path, {"XDG_DATA_HOME": str(tmp_path / "data")})

    assert found.init_arguments() == (f"-plugin-dir={tmp_path}/data/terraform/plugins",)


@pytest.mark.parametrize("place", ["", "plugins", "opt/plugins"])
def test_a_mirror_near_the_root_is_found(tmp_path: Path, place: str) -> None:
    """A directory named like the registry, at most three levels down, tells the mirror."""
    directory = mirror(tmp_path / place)

    assert lookup(tmp_path).init_arguments() == (f"-plugin-dir={directory}",)


def test_a_mirror_deeper_down_is_not_searched_for(tmp_path: Path) -> None:
    """Three levels are searched, so that the search is quick on any machine."""
    mirror(tmp_path / "a" / "b" / "c")

    with pytest.raises(ProviderNotFoundError):
        lookup(tmp_path).init_arguments()


def test_a_mirror_of_other_providers_does_not_count(tmp_path: Path) -> None:
    """A mirror must hold the AWS provider."""
    (tmp_path / "opt" / REGISTRY / "hashicorp" / "random").mkdir(parents=True)

    with pytest.raises(ProviderNotFoundError):
        lookup(tmp_path).init_arguments()


def test_the_persons_own_configuration_is_left_to_terraform(tmp_path: Path) -> None:
    """Who configured where providers come from gets a plain `init`."""
    config = tmp_path / "terraform.rc"
    config.write_text("provider_installation {\n}\n", encoding="utf-8")
    mirror(tmp_path / "opt")

    assert lookup(tmp_path, {"TF_CLI_CONFIG_FILE": str(config)}).init_arguments() == ()


def test_nothing_found_says_what_to_do(tmp_path: Path) -> None:
    """The message names both remedies."""
    with pytest.raises(ProviderNotFoundError, match=r"Connect to the network.*TF_PLUGIN_DIR="):
        lookup(tmp_path).init_arguments()
