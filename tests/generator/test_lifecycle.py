"""Where a job stands in its life, in each environment, and what follows from it."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import hcl2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compat.infrastructure import breaks
from generator.pipeline import planned
from generator.render.terraform import terraform
from tests.generator.manifests import job, resolved

pytestmark = pytest.mark.long

ENVIRONMENTS = ("dev", "staging", "prod")
SCHEDULE = {"name": "x", "cron": "0 4 * * ? *", "timezone": "UTC", "payload": {"order_id": "x"}}

states = st.sampled_from([None, "active", "paused", "draining", "retired"])


def written(state: str | None) -> dict[str, object]:
    """Return the entry that says where a job stands; none where nothing is said."""
    until = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=4)).isoformat(timespec="seconds")
    pause = {"until": until, "why": "INC-42"} if state == "paused" else {}
    return {"lifecycle": {"state": state, **pause}} if state else {}


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
        assert ("schedules" in block) is (state != "retired")
        assert all(s["enabled"] is (state == "active") for s in block.get("schedules", {}).values())
        assert hcl2.loads(terraform(old.workers[name]))["locals"][0]["closed"] == (
            ['"ends"'] if state in {"draining", "retired"} else []
        )
    removal = [found.rule for found in breaks(old, new) if not found.announced]
    assert removal == ([] if set(expected.values()) == {"retired"} else ["job-removed"])


@settings(max_examples=30)
@given(
    formers=st.lists(
        st.tuples(
            st.sampled_from(["first", "second-name", "third"]),
            st.sampled_from(["active", "draining", "retired", "gone"]),
        ),
        unique_by=lambda former: former[0],
        max_size=3,
    )
)
def test_a_former_name_is_served_by_the_new_code_until_it_is_gone(
    formers: list[tuple[str, str]],
) -> None:
    """Under its own label, with the job's zip, and on record under the first name of all."""
    written_formers = [{"name": name, "state": state} for name, state in formers]
    with tempfile.TemporaryDirectory() as directory:
        jobs = {"now": job(schedule=[SCHEDULE], renamed_from=written_formers)}
        manifest = resolved(Path(directory), jobs)
    rendered = hcl2.loads(terraform(manifest.workers["dev"]))
    blocks = {
        label.strip('"'): body for module in rendered["module"] for label, body in module.items()
    }
    served = {name: state for name, state in formers if state != "gone"}

    assert set(blocks) == {"now", *(name.replace("-", "_") for name in served)}
    for name, state in {**served, "now": "active"}.items():
        block = blocks[name.replace("-", "_")]
        assert block["function"]["artifact"] == '${var.artifacts.functions["now"]}'
        assert block["function"]["handler"] == '"generated.entrypoints.now.lambda_handler"'
        assert block.get("state", '"active"') == f'"{state}"'
        assert ("schedules" in block) is (name == "now")
        first = formers[0][0] if formers else "now"
        assert block["idempotency"].get("record_name", f'"{name}"') == f'"{first}"'
    about = planned(manifest).machine["docs/api/jobs.md"]
    assert all(f"`{name}` ({state})" in about for name, state in formers)
    assert about.count("\n## ") == 1
    closed = [name for name, state in formers if state in {"draining", "retired"}]
    assert rendered["locals"][0]["closed"] == [f'"{name}"' for name in closed]
