"""What a deployment knows of an environment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from envs.deploy.settings import SettingsError, read
from tests.chance import drawer

REPOSITORY = Path(__file__).resolve().parents[2]
ON_AWS = ("dev", "staging", "prod")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the real roots, whose `dev` has an account."""
    for name in ON_AWS:
        unwanted = shutil.ignore_patterns(".terraform*")
        shutil.copytree(REPOSITORY / "envs" / name, tmp_path / "envs" / name, ignore=unwanted)
    values = tmp_path / "envs" / "dev" / "terraform.tfvars"
    values.write_text('account_id = "123456789012"\n', encoding="utf-8")
    return tmp_path


def test_names_of_buckets_follow_from_the_account(repository: Path) -> None:
    """State and artifacts lie where the bootstrap made room for them."""
    settings = read(repository, "dev")

    assert settings.state_bucket == "clarivum-dev-state-123456789012"
    assert settings.artifact_bucket == "clarivum-dev-artifacts-123456789012"
    assert settings.region == "eu-west-1"


def test_an_environment_without_account_says_where_to_write_it(repository: Path) -> None:
    """The message names file and setting."""
    values = repository / "envs" / "dev" / "terraform.tfvars"
    values.write_text('account_id = "" # the 12 digits\n', encoding="utf-8")

    with pytest.raises(SettingsError, match=r"envs/dev/terraform.tfvars: set account_id"):
        read(repository, "dev")


def test_an_unknown_environment_is_told_the_known_ones(repository: Path) -> None:
    """A slip of the pen costs one look."""
    with pytest.raises(SettingsError, match="dev, prod, staging"):
        read(repository, "production")


def test_a_region_of_its_own_is_read(repository: Path) -> None:
    """`terraform.tfvars` speaks over the default."""
    values = repository / "envs" / "dev" / "terraform.tfvars"
    values.write_text('account_id = "123456789012"\nregion = "eu-central-1"\n', encoding="utf-8")

    assert read(repository, "dev").region == "eu-central-1"


@pytest.mark.parametrize("name", ["local", *ON_AWS])
def test_every_root_carries_the_manifests_project(name: str) -> None:
    """Names made by people's files and by the generator begin alike."""
    manifest = yaml.safe_load((REPOSITORY / "jobs.yaml").read_text(encoding="utf-8"))
    main = (REPOSITORY / "envs" / name / "main.tf").read_text(encoding="utf-8")

    assert f'project     = "{manifest["project"]}"' in main
    assert f'environment = "{name}"' in main
    assert name in manifest["environments"]


@pytest.mark.drawn
def test_files_that_nobody_can_read_are_told(repository: Path) -> None:
    """Cut off anywhere, or with any bytes in them: a mistake in words, or what they still say."""
    chance = drawer("broken settings")
    told = []
    for name in ("terraform.tfvars", "variables.tf", "main.tf"):
        file = repository / "envs/dev" / name
        whole = file.read_bytes()
        for _ in range(15):
            at = chance.randrange(len(whole))
            junk = bytes(chance.choices(b'\xff\x00{}[]"=$\\\n', k=chance.randint(1, 4)))
            file.write_bytes(
                whole[:at] + junk + whole[at:] if chance.random() < 0.5 else whole[:at]
            )
            try:
                read(repository, "dev")
            except SettingsError as error:
                told.append(str(error))
        file.write_bytes(whole)
    assert len(told) > 5
    assert all(len(text.splitlines()) == 1 for text in told)
