"""What was published stays: within one number, and between numbers."""

import json
import shutil
from pathlib import Path

import pytest

from generator.ownership import stamped_json
from tests.generator import manifests
from tests.generator.compat.repository import Repository
from tests.generator.compat.states import (
    CONTRACTS,
    RIGHT,
    UPCASTERS,
    channels,
    noted,
    publish,
    upcasters,
)

pytestmark = pytest.mark.long


def test_a_property_that_was_removed_does_not_come_back_as_another(repository: Repository) -> None:
    """A message of the first state may still wait; the first state itself may come back."""
    publish(repository, noted("string"))
    repository.write(noted())
    dropped = repository.run("compat", "--against", "HEAD")
    publish(repository, noted())

    repository.write(noted("integer"))
    refused = [repository.run(*verb) for verb in (("compat", "--against", "HEAD"), ("generate",))]
    repository.write(noted("string"))
    again = repository.run("compat", "--against", "HEAD")
    publish(repository, noted("string"))

    assert (dropped.exit_code, "`note` would be dropped" in dropped.output) == (0, True)
    for result in refused:
        assert result.exit_code == 1, result.output
        assert "payload-type-narrowed" in result.output
        assert '"note": "text"' in result.output
    assert again.exit_code == 0, again.output
    assert "x-earlier" not in (repository.root / CONTRACTS / "1.json").read_text()


def test_what_a_number_accepted_stands_beside_what_it_accepts(repository: Repository) -> None:
    """Only where the present schema does not stand for it; a second run writes nothing."""
    for note in ("string", ["string", "null"], None):
        publish(repository, noted(note))

    written = json.loads((repository.root / CONTRACTS / "1.json").read_text())

    assert [each["properties"]["note"] for each in written["x-earlier"]] == [
        {"type": ["string", "null"]}
    ]
    assert "Nothing to write" in repository.run("generate").output


def test_an_upcaster_is_tried_on_all_that_its_number_accepted(repository: Repository) -> None:
    """A message of the first state of 1 still waits when 2 comes."""
    for note in ("string", None):
        publish(repository, noted(note))
    repository.write(noted("integer", contract=2))
    repository.run("generate")
    upcasters(repository, "payload")

    naive = repository.run("compat", "--against", "HEAD")
    upcasters(repository, "{n: v for n, v in payload.items() if n != 'note'}")
    right = repository.run("compat", "--against", "HEAD")

    assert naive.exit_code == 1
    assert '"note": "' in naive.output
    assert right.exit_code == 0, right.output
    assert "upcaster-drops" in right.output


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("how", ["delete", "byte", "restamp", "marks", "not text"])
def test_published_versions_are_neither_deleted_nor_changed(
    number: int, how: str, repository: Repository
) -> None:
    """The base remembers them; the tree that is judged is not asked."""
    publish(repository, channels("web", "shop", "phone"))
    upcasters(repository, RIGHT)
    publish(repository, channels("web", "shop", contract=2))
    file = repository.root / CONTRACTS / f"{number}.json"
    if how == "delete":
        file.unlink()
    elif how == "byte":
        file.write_text(file.read_text().replace('"web"', '"wap"'))
    elif how == "restamp":
        document = json.loads(file.read_text().replace('"web"', '"wap"'))
        del document["$comment"]
        file.write_text(stamped_json(json.dumps(document, indent=2) + "\n"))
    else:
        file.write_bytes(b"<<<<<<< mine\n" if how == "marks" else b"\xff\xfe")
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}

    refused = repository.run("compat", "--against", "HEAD")
    made = repository.run("generate")

    assert refused.exit_code == 1, refused.output
    assert "contract-history" in refused.output
    assert f"git checkout HEAD -- {CONTRACTS / f'{number}.json'}" in refused.output
    assert "stays readable" not in refused.output
    if number == 1 and how not in ("delete", "restamp"):
        # Without a base, too: what cannot be made again is neither overwritten nor deleted.
        after = {path.name: path.read_bytes() for path in file.parent.iterdir()}
        assert (made.exit_code, after) == (1, before)


def test_one_is_not_true(repository: Repository) -> None:
    """A closed version is held to every value in it, and to each value's type."""
    publish(repository, channels(1, 2))
    upcasters(repository, "payload")
    publish(repository, channels(1, 2, contract=2))
    file = repository.root / CONTRACTS / "1.json"
    document = json.loads(file.read_text())
    del document["$comment"]
    document["properties"]["channel"]["enum"][0] = True
    file.write_text(stamped_json(json.dumps(document, indent=2, ensure_ascii=False) + "\n"))

    refused = repository.run("compat", "--against", "HEAD")

    assert (refused.exit_code, "contract-history" in refused.output) == (1, True)


def test_a_gap_between_numbers_is_refused_without_a_base(repository: Repository) -> None:
    """An upcaster over a gap would be given what it was not written for."""
    upcasters(repository, "payload", "payload")
    for number in (1, 2, 3):
        publish(repository, channels("web", contract=number))
    (repository.root / CONTRACTS / "2.json").unlink()

    for verb in ("generate", "check"):
        refused = repository.run(verb)
        assert refused.exit_code == 1
        assert "2.json is missing, while an older one is there" in refused.output


def test_a_release_is_judged_step_by_step(repository: Repository) -> None:
    """From 1 to 3: each upcaster is given what the one before it made, and none may be missing."""
    publish(repository, channels("web", "shop", "phone"))
    repository.git("tag", "released")
    upcasters(repository, RIGHT)
    publish(repository, channels("web", "shop", contract=2))
    upcasters(repository, RIGHT, RIGHT.replace("phone", "web"))
    publish(repository, channels("shop", contract=3))

    right = repository.run("compat", "--against", "released")
    upcasters(repository, RIGHT, "payload")
    wrong = repository.run("compat", "--against", "released")
    upcasters(repository, RIGHT)
    missing = repository.run("compat", "--against", "released")
    (repository.root / CONTRACTS / "2.json").unlink()
    skipped = repository.run("compat", "--against", "released")

    assert right.exit_code == 0, right.output
    assert (wrong.exit_code, "`from_2`" in wrong.output) == (1, True), wrong.output
    assert (missing.exit_code, "from_2" in missing.output) == (1, True), missing.output
    assert skipped.exit_code == 1
    assert "2 was never published" in skipped.output
    assert "Deploy in this order" not in skipped.output


def test_the_folder_of_a_file_is_its_history(repository: Repository, tmp_path: Path) -> None:
    """A release that was unpacked beside is compared with like a commit."""
    publish(repository, channels("web", "shop", "phone"))
    upcasters(repository, RIGHT)
    publish(repository, channels("web", "shop", contract=2))
    release = tmp_path / "release"
    repository.git("worktree", "add", "-q", str(release), "HEAD")
    (repository.root / CONTRACTS / "1.json").unlink()

    refused = repository.run("compat", "--against", str(release / "jobs.yaml"))

    assert (refused.exit_code, "contract-history" in refused.output) == (1, True)


def test_a_retired_version_is_an_exception_that_is_reviewed(repository: Repository) -> None:
    """Its file and its upcaster go, an entry says why, and what that means is said."""
    publish(repository, channels("web", "shop", "phone"))
    upcasters(repository, RIGHT)
    publish(repository, channels("web", "shop", contract=2))
    (repository.root / CONTRACTS / "1.json").unlink()
    (repository.root / UPCASTERS).unlink()
    whole = json.loads(channels("web", "shop", contract=2))
    entry = {"rule": "contract-history", "job": "send-receipt", "reason": "All expired in May."}
    whole["allowed_changes"] = [{**entry, "owner": "shop", "until": manifests.soon()}]
    repository.write(json.dumps(whole))

    made = repository.run("generate")
    allowed = repository.run("compat", "--against", "HEAD")

    assert made.exit_code == 0
    assert allowed.exit_code == 0, allowed.output
    assert "All expired in May." in allowed.output
    assert "nothing reads them" in allowed.output
    assert "stays readable" not in allowed.output


def test_a_project_in_a_folder_of_its_repository(repository: Repository) -> None:
    """What was published is looked for below the project, not at the top."""
    inner = Repository(repository.root / "services")
    shutil.rmtree(inner.root / ".git")
    publish(inner, channels("web", "shop", "phone"))
    upcasters(inner, RIGHT)
    publish(inner, channels("web", "shop", contract=2))
    (inner.root / CONTRACTS / "1.json").unlink()

    refused = inner.run("compat", "--against", "HEAD")

    assert (refused.exit_code, "contract-history" in refused.output) == (1, True)


def test_a_narrowing_that_is_allowed_forgets_its_past_openly(repository: Repository) -> None:
    """`generate` knows no exception: the file goes, and that it went is allowed as well."""
    publish(repository, noted("string"))
    entry = {
        "job": "send-receipt",
        "reason": "Drained.",
        "owner": "shop",
        "until": manifests.soon(),
    }
    rules = ("payload-type-narrowed", "contract-history")
    allowed = [{"rule": rule, **entry} for rule in rules]
    one, both = (
        json.dumps({**json.loads(noted("integer")), "allowed_changes": allowed[:n]}) for n in (1, 2)
    )

    repository.write(one)
    stopped = repository.run("generate")
    (repository.root / CONTRACTS / "1.json").unlink()
    made = repository.run("generate")
    refused = repository.run("compat", "--against", "HEAD")
    publish(repository, both)
    let = repository.run("compat", "--against", "HEAD~1")
    repository.write(noted("integer"))
    later = repository.run("compat", "--against", "HEAD")

    assert (stopped.exit_code, made.exit_code) == (1, 0)
    assert (refused.exit_code, "contract-history" in refused.output) == (1, True)
    assert let.exit_code == 0, let.output
    assert "0 refused, 0 to mind, 2 allowed" in let.output
    assert "send-receipt: stop what sends, wait until both queues are empty" in let.output
    assert (later.exit_code, "stays readable" in later.output) == (0, True), later.output
