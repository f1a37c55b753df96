"""What a schedule says of its runs reaches the Terraform."""

from pathlib import Path

from generator.render.terraform import terraform
from tests.generator import manifests

RUN = {"cron": "0 * * * ? *", "timezone": "UTC", "payload": {"order_id": "all"}}


def test_overlap_and_age_are_written_only_where_they_are_said(tmp_path: Path) -> None:
    """The common case stays short; a limit is in seconds."""
    schedule = [
        {"name": "free", **RUN},
        {"name": "bound", **RUN, "overlap": "skip", "max_age": "2h"},
    ]
    manifest = manifests.resolved(tmp_path, {"tidy-up": manifests.job(schedule=schedule)})
    text = terraform(manifest.workers["dev"])

    free, _, bound = text[text.index("free =") :].partition("bound =")
    assert "overlap" not in free
    assert "max_age" not in free
    assert 'overlap    = "skip"' in bound
    assert "max_age    = 7200" in bound
