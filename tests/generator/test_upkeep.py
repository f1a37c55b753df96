"""A run that is cut off, two runs at once, linked folders: the next run ends in the right tree."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator import lock
from generator.drift import UNFINISHED, Drift, LinkedFolderError, compare
from generator.pipeline import examine, planned
from generator.render.plan import Plan
from generator.write import write
from tests.generator import manifests

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).parents[2]
STEPS = {
    *("os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "tempfile.mkstemp", "open"),
}
"""What Python reports before it is done; a run is killed before each of them."""

SENDING = {"send-receipt": manifests.job()}
OTHERS = {"send-receipt": manifests.job(timeout="45s"), "bill": manifests.job()}
Run = Callable[[Path, Plan], object]


def plan_of(root: Path, jobs: Mapping[str, object], *environments: str) -> Plan:
    """Return the plan of a manifest that lies in a folder."""
    text = manifests.manifest(jobs, environments=list(environments or ("dev", "prod")))
    examined = examine(manifests.write(root, text))
    assert examined.manifest is not None
    return planned(examined.manifest)


def tree(root: Path) -> dict[str, bytes | None]:
    """Return every file's content and every folder, by path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
        if path.name != "jobs.yaml"
    }


def killed(root: Path, plan: Plan, step: int) -> bool:
    """Write in a process that is killed before its n-th change; say whether it came so far."""
    child = multiprocessing.get_context("fork").Process(target=_dying, args=(root, plan, step))
    child.start()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    return child.exitcode != 0


def _dying(root: Path, plan: Plan, step: int) -> None:
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        named = str(arguments[0]) if arguments else ""
        if event in STEPS and str(root) in named:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    write(root, plan)


def scenes(folder: Path) -> Iterator[tuple[str, Plan, Callable[[Path], None]]]:
    """Yield what is being done when the run is killed: its name, the plan, the tree before."""
    first, second = plan_of(folder, SENDING), plan_of(folder, OTHERS, "dev")
    yield "a tree is made", first, lambda _root: None
    yield "jobs and numbers change", second, lambda root: _written(root, first)
    yield "a job and an environment go", plan_of(folder, SENDING, "prod"), lambda root: _written(
        root, plan_of(folder, OTHERS)
    )  # fmt: skip


def _written(root: Path, plan: Plan) -> None:
    write(root, plan)


def test_whenever_a_run_is_killed_the_next_one_ends_in_the_same_tree(tmp_path: Path) -> None:
    """Before every single change that it makes to the disk, from the first to the last."""
    for number, (name, plan, before) in enumerate(scenes(tmp_path)):
        clean = tmp_path / f"clean-{number}"
        before(clean)
        write(clean, plan)
        step, is_killed = 0, True
        while is_killed:
            step += 1
            root = tmp_path / f"killed-{number}-{step}"
            before(root)
            is_killed = killed(root, plan, step)
            write(root, plan)

            assert tree(root) == tree(clean), f"{name}: killed before change {step}"
            assert compare(root, plan) == Drift()
        assert step > 15, name


def test_half_a_file_is_named_and_swept(tmp_path: Path) -> None:
    """Wherever it lies: beside any file that is generated, or where a removed job was."""
    plan = plan_of(tmp_path, SENDING)
    write(tmp_path, plan)
    clean = tree(tmp_path)
    places = {str(Path(path).parent) for path in (*plan.machine, *plan.stubs)}
    places.add("lambdas/generated/contracts/gone")
    halves = sorted(f"{place}/.x7f{UNFINISHED}" for place in places)
    for half in halves:
        (tmp_path / half).parent.mkdir(exist_ok=True)
        (tmp_path / half).write_text("half a", encoding="utf-8")

    assert compare(tmp_path, plan) == Drift(leftovers=halves)
    assert set(halves) <= set(write(tmp_path, plan).deleted)
    write(tmp_path, plan)  # an empty folder is seen once its file is gone
    assert tree(tmp_path) == clean


def command(root: Path, verb: str = "generate") -> subprocess.Popen[str]:
    """Start a verb in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", verb, "--root", str(root)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_runs_at_once_never_fail(tmp_path: Path) -> None:
    """Four that write and two that compare, in a folder where jobs and numbers have changed."""
    plans = [plan_of(tmp_path, jobs) for jobs in (SENDING, OTHERS)]
    write(tmp_path, plans[0])
    verbs = ["generate", "check", "generate", "generate", "check", "generate"]
    running = [command(tmp_path, verb) for verb in verbs]
    for verb, process in zip(verbs, running, strict=True):
        said, _ = process.communicate(timeout=120)
        assert process.returncode in ((0,) if verb == "generate" else (0, 1)), said
        assert "Traceback" not in said

    assert compare(tmp_path, plans[1]) == Drift()
    assert tree(tmp_path).keys() == {p for p in tree(tmp_path) if UNFINISHED not in p}


def test_a_run_waits_for_the_one_before_it_and_says_so_in_the_end(tmp_path: Path) -> None:
    """Readers do not wait for each other; what a killed run held is free."""
    with lock.unchanged(tmp_path), lock.unchanged(tmp_path, patience=0):
        begun = time.monotonic()
        with pytest.raises(lock.BusyError, match="another run"), lock.alone(tmp_path, patience=0.2):
            pass
        assert time.monotonic() - begun >= 0.2
    with lock.alone(tmp_path):
        waiting = command(_sound(tmp_path))
        time.sleep(0.3)
        assert waiting.poll() is None
        assert not (tmp_path / "lambdas").exists()
    said, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, said
    assert [path.name for path in tmp_path.glob(".*")] == [".github"]


def _sound(root: Path) -> Path:
    manifests.write(root, manifests.manifest(SENDING))
    return root


@pytest.mark.parametrize(
    "link",
    ["envs", "envs/dev", "lambdas", "lambdas/generated/payloads", "lambdas/handlers", "docs"],
)
def test_a_linked_folder_is_refused_by_name(tmp_path: Path, link: str) -> None:
    """Neither is anything written behind it, nor does a file in there pass unseen."""
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "root"
    elsewhere.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere, target_is_directory=True)
    plan = plan_of(tmp_path, SENDING)

    for do in (write, compare):
        with pytest.raises(LinkedFolderError, match=f"^{link} is a symbolic link"):
            do(root, plan)
    for verb in ("generate", "check"):
        process = command(_sound(root), verb)
        said, _ = process.communicate(timeout=60)
        assert (process.returncode, said.splitlines()[-1][:7]) == (2, "error: ")
    assert list(elsewhere.iterdir()) == []


def test_a_root_that_is_a_link_is_the_folder_it_leads_to(tmp_path: Path) -> None:
    """Only what lies below it is the generator's concern."""
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to(tmp_path / "real", target_is_directory=True)
    plan = plan_of(tmp_path, SENDING)
    write(tmp_path / "root", plan)

    assert compare(tmp_path / "real", plan) == Drift()


def test_links_that_no_plan_needs_are_kept_and_named(tmp_path: Path) -> None:
    """A linked folder is never entered, so that nothing is deleted behind it."""
    elsewhere = tmp_path / "elsewhere"
    other = plan_of(tmp_path, OTHERS)
    write(elsewhere, other)
    plan, root = plan_of(tmp_path, SENDING, "dev"), tmp_path / "root"
    write(root, plan)
    before = tree(elsewhere)
    (root / "envs" / "old").symlink_to(elsewhere / "envs" / "prod")
    (root / "lambdas" / "generated" / "old").symlink_to(elsewhere / "lambdas")
    (root / "lambdas" / "mine").symlink_to(elsewhere / "lambdas")
    (root / "envs" / "dev" / ".#jobs.gen.tf").symlink_to("nobody@nowhere.1")

    named = ["envs/dev/.#jobs.gen.tf", "envs/old", "lambdas/generated/old"]
    assert compare(root, plan) == Drift(foreign=named)
    assert write(root, plan).kept == tuple(named)
    assert tree(elsewhere) == before
