"""Nothing in the tree ties it to one machine or to one registry."""

import re

from tests.repo.tracked import ROOT, tracked

# Spelled in halves, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        (
            "/" + "home/[a-z]",
            "/" + "root/",
            "/" + "Users/[A-Za-z]",
            "pypi" + r"\.org",
            "python" + "hosted",
            r"registry\." + "npmjs",
            r"deb\." + "debian",
        )
    )
)


def test_no_file_names_a_machine_path_or_a_registry_host() -> None:
    """Lock files carry names, versions and hashes; nothing carries a home directory."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]

    assert found == []


def test_locks_pin_every_package_with_a_hash() -> None:
    """Each requirement of each lock has an exact version and at least one SHA-256."""
    locks = list(tracked("*.lock"))
    loose = [
        f"{path.relative_to(ROOT)}: {entry.splitlines()[0]}"
        for path in locks
        for entry in re.split(r"\n(?=[A-Za-z0-9])", path.read_text(encoding="utf-8"))
        if entry.strip() and not entry.startswith(("#", " "))
        if "==" not in entry.splitlines()[0] or "--hash=sha256:" not in entry
    ]

    assert len(locks) >= 3
    assert loose == []
