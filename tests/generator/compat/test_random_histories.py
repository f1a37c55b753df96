"""Histories of ten commits: what a published state accepted is read, or a step was refused.

Payloads are small and finite, so that every message of every state is tried. Steps change the
payload, raise the number with a right or a wrong upcaster, go back to an earlier commit and merge
from there, and tamper with what was published. `HISTORIES` says how many there are.
"""

import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.contracts.finite import values_of
from generator.contracts.instances import fits
from generator.contracts.schema import read_payload
from generator.contracts.types import Object
from generator.ownership import stamped_json
from tests import chance
from tests.generator.compat.repository import Repository
from tests.generator.compat.test_small_worlds import value
from tests.generator.manifests import job, manifest

pytestmark = [pytest.mark.drawn, pytest.mark.long]

HISTORIES = chance.count("HISTORIES", 8, 60)
COMMITS = 10
MOST_MESSAGES = 400
KINDS = {
    f"{step} {end}"
    for step in ("change", "raise", "branch", "tamper")
    for end in ("accepted", "refused")
}
NAMES = "abc"
CONTRACTS = Path("lambdas/generated/contracts/send-receipt")
UPCASTERS = Path("lambdas/handlers/upcasters/send_receipt.py")

Json = Any
Upcaster = Callable[[dict[str, Json]], Json]


class History:
    """One repository, and what was published in it."""

    def __init__(self, root: Path, draw: random.Random) -> None:
        """Begin with one job, published."""
        self.draw = draw
        self.repository = Repository(root)
        self.schema: Json = {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"enum": ["x"]}},
        }
        self.number = 1
        self.upcasters: dict[int, str] = {}
        self.published: list[tuple[int, Object]] = []
        self.done: Counter[str] = Counter()
        for _ in range(2):
            self.change()
        self.write()
        assert self.repository.run("generate").exit_code == 0
        self.publish()

    def change(self) -> None:
        """Change one property: another type, none, required or not."""
        properties, required = self.schema["properties"], self.schema["required"]
        name = self.draw.choice(NAMES)
        kind = self.draw.choice(["type", "gone", "required", "type", "gone"])
        if kind == "gone" and name in properties:
            del properties[name]
            self.schema["required"] = [other for other in required if other != name]
        elif kind == "required" and name in properties and name in required:
            required.remove(name)
        elif kind == "required" and name in properties:
            required.append(name)
        else:
            while True:
                properties[name] = value(self.draw, 1, small=True)
                if (kind_of(self.schema)) is not None:
                    break

    def raise_number(self) -> None:
        """Take the next number, with an upcaster that may be right."""
        one = next(iter(messages(kind_of(self.schema))), {"id": "x"})
        self.upcasters[self.number] = self.draw.choice(
            [f"return {one!r}", f"return {one!r}", "return payload", "raise NotImplementedError"]
        )
        self.number += 1

    def tamper(self) -> None:
        """Delete, empty or rewrite what was published."""
        files = sorted((self.repository.root / CONTRACTS).glob("*.json"))
        file = self.draw.choice(files)
        how = self.draw.choice(["delete", "forget", "rewrite", "edit", "break"])
        if how == "delete":
            file.unlink()
        elif how == "edit":
            file.write_text(file.read_text().replace("enum", "enun", 1))
        elif how == "break":
            file.write_text("<<<<<<<\n")
        else:
            document = json.loads(file.read_text())
            del document["$comment"]
            document.pop("x-earlier", None)
            if how == "rewrite":
                document |= self.schema
            file.write_text(stamped_json(json.dumps(document, indent=2) + "\n"))

    def write(self) -> None:
        """Write the manifest and the upcasters."""
        settings = {"idempotency": {"key": ["id"]}, "contract": self.number}
        text = manifest({"send-receipt": job(payload=self.schema, **settings)})
        self.repository.write(text)
        if self.upcasters:
            file = self.repository.root / UPCASTERS
            file.parent.mkdir(parents=True, exist_ok=True)
            functions = [f"def from_{n}(payload):\n    {b}\n" for n, b in self.upcasters.items()]
            file.write_text("\n\n".join(functions))

    def step(self) -> None:
        """Take one step; what is refused is undone."""
        before = copy.deepcopy((self.schema, self.number, self.upcasters))
        kind = self.draw.choice(["change"] * 5 + ["raise"] * 2 + ["tamper"] * 2 + ["branch"] * 2)
        if kind == "branch" and not self.branch():
            kind = "change"
        if kind == "raise":
            self.raise_number()
        for _ in range(self.draw.randint(0 if kind in ("raise", "branch") else 1, 2)):
            self.change()
        if kind == "tamper":
            self.tamper()
        self.write()
        accepted = all(
            self.repository.run(verb, *options).exit_code == 0
            for verb, *options in (
                ("compat", "--against", "main"),
                ("generate",),
                ("check",),
                ("compat", "--against", "main"),
            )
        )
        self.done[f"{kind} {'accepted' if accepted else 'refused'}"] += 1
        if accepted:
            self.publish()
        else:
            self.schema, self.number, self.upcasters = before
            self.repository.git("checkout", "-q", "-f", "main")
            self.repository.git("clean", "-fdq")

    def branch(self) -> bool:
        """Go on from an earlier commit, if there is one; it is merged as it stands."""
        back = self.draw.randint(1, 3)
        if len(self.repository.git("rev-list", "main").split()) <= back:
            return False
        self.repository.git("checkout", "-q", "-f", "--detach", f"main~{back}")
        written = json.loads((self.repository.root / "jobs.yaml").read_text())["jobs"]
        was = written["send-receipt"]
        self.schema, self.number = was["payload"], was["contract"]
        self.upcasters = {n: body for n, body in self.upcasters.items() if n < self.number}
        return True

    def publish(self) -> None:
        """Commit what is there, as a merge where it comes from an earlier commit."""
        self.repository.commit("step")
        if len(self.published) and self.repository.git("branch", "--show-current") == "":
            tree = self.repository.git("rev-parse", "HEAD^{tree}").strip()
            self.repository.git("checkout", "-q", "-f", "main")
            self.repository.git("rm", "-rq", ".")
            self.repository.git("read-tree", "-u", "--reset", tree)
            self.repository.commit("merge")
        kind = kind_of(self.schema)
        assert kind is not None
        self.published.append((self.number, kind))

    def unread(self) -> Iterator[tuple[int, Json, Json]]:
        """Yield messages of what was published that the last worker does not read."""
        _, worker = self.published[-1]
        functions: dict[str, Upcaster] = {}
        if self.upcasters:
            exec((self.repository.root / UPCASTERS).read_text(), functions)  # noqa: S102 - ours
        for number, kind in self.published:
            for message in messages(kind):
                result = copy.deepcopy(message)
                for n in range(number, self.number):
                    result = functions[f"from_{n}"](result)
                if not fits(result, worker, tolerant=True):
                    yield number, message, result


def kind_of(schema: Json) -> Object | None:
    """Return a payload's model if it is sound, finite and small."""
    kind, complaints = read_payload(schema)
    return None if complaints or values_of(kind, MOST_MESSAGES) is None else kind


def messages(kind: Object | None) -> list[Json]:
    """Return every message that a payload accepts."""
    return list((values_of(kind, MOST_MESSAGES) if kind is not None else None) or [])


def test_what_was_published_is_read_or_a_step_was_refused(tmp_path: Path) -> None:
    """After every commit, every message of every published state is read by the worker."""
    draw = chance.drawer(__name__)
    done: Counter[str] = Counter()
    for number in range(5 * HISTORIES):
        if number >= HISTORIES and set(done) >= KINDS:
            break
        history = History(tmp_path / str(number), draw)
        for _ in range(COMMITS):
            history.step()
            unread = list(history.unread())
            assert unread == [], (number, history.repository.root, unread[:3])
        done += history.done

    assert set(done) >= KINDS, done
