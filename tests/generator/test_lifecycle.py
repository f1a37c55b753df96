"""Where a job stands in its life, in each environment, and what follows from it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hcl2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compat.infrastructure import breaks
from generator.render.terraform import terraform
from tests.generator.manifests import job, resolved

pytestmark = pytest.mark.long

ENVIRONMENTS = ("dev", "staging", "prod")
SCHEDULE = {"name": "x", "cron": "0 4 * * ? *", "timezone": "UTC", "payload": {"order_id": "x"}}

states = st.sampled_from([None, "active", "retired"])


def written(state: str | None) -> dict[str, object]:
    """Return the entry that says where a job stands; none where nothing is said."""
    return {"lifecycle": {"state": state}} if state else {}


@given(plain=states, own=st.fixed_dictionaries(dict.fromkeys(ENVIRONMENTS, states)))
def test_a_retired_job_is_rendered_as_such_and_may_be_removed_once_it_is_so_everywhere(
    plain: str | None, own: dict[str, str | None]
) -> None:
    """An environment's word beats the job's; one environment where it lives on keeps it."""
    ends = job(
        schedule=[SCHEDULE],
        **written(plain),
        environments={name: written(state) for name, state in own.items()},
    )
    expected = {name: own[name] or plain or "active" for name in ENVIRONMENTS}
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        old = resolved(place, {"ends": ends, "stays": job()}, environments=ENVIRONMENTS)
        new = resolved(place, {"stays": job()}, environments=ENVIRONMENTS)

    for name, state in expected.items():
        (block,) = (
            body
            for module in hcl2.loads(terraform(old.workers[name]))["module"]
            for label, body in module.items()
            if label.strip('"') == "ends"
        )
        assert block.get("state", "active").strip('"') == state
        assert ("schedules" in block) is (state == "active")
    removal = [found.rule for found in breaks(old, new) if not found.announced]
    assert removal == ([] if set(expected.values()) == {"retired"} else ["job-removed"])
