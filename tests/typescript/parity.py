"""One contract in both languages: what each makes of a document, to be held against the other."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clarivum_jobs.contract.data_form import in_data_form
from clarivum_jobs.contract.keys import payload_key
from clarivum_jobs.contract.payload import JobContract, Payload
from clarivum_jobs.contract.reading import read_strictly
from clarivum_jobs.core.errors import InvalidPayloadError
from generator.contracts import types
from generator.manifest.resolved import Job
from generator.render.typescript import typescript
from tests.generator.contracts.models import forget, model_of
from tests.typescript.stage import STAGE, run, tool

EXACT = 2**53
"""From here on, JavaScript's whole numbers are not all there."""

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Contract:
    """A payload, and the documents that are tried on it.

    Attributes:
        name: Of the job; no two are alike.
        payload: Its type.
        key: Its key fields.
        documents: Each as JSON.
    """

    name: str
    payload: types.Object
    key: tuple[str, ...]
    documents: tuple[str, ...]


def job_of(contract: Contract) -> Job:
    """Return a job with a contract's payload."""
    class_name = "".join(part.capitalize() for part in contract.name.split("-"))
    return Job(
        name=contract.name,
        module=contract.name.replace("-", "_"),
        class_name=class_name,
        description="A job of the tests.",
        owner="tests",
        payload=contract.payload,
        key=contract.key,
        contract=1,
        secrets=(),
    )


def python_answers(contract: Contract) -> list[dict[str, str] | None]:
    """Return body and key of each document, None where Python refuses it."""
    model = model_of(contract.payload)
    model.contract = JobContract(contract.name, 1, contract.key)
    try:
        return [_python_answer(model, json.loads(text)) for text in contract.documents]
    finally:
        forget(model)


def _python_answer(model: type[Payload], document: Mapping[str, Any]) -> dict[str, str] | None:
    try:
        payload = read_strictly(model, document)
    except InvalidPayloadError:
        return None
    data = in_data_form(payload.model_dump(mode="json"))
    text = json.dumps(data, separators=(",", ":"))
    return {"data": text, "key": payload_key(model.contract, payload.model_dump())}


def typescript_answers(
    contracts: Sequence[Contract], *, checked: bool = False
) -> list[list[dict[str, Any]]]:
    """Return what the generated modules make of each contract's documents.

    Args:
        contracts: What to render, compile and ask.
        checked: Whether the compiler looks at the modules, too.

    Raises:
        StageError: A module does not compile.
    """
    folder = STAGE / "parity"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(STAGE / "src", folder / "src", ignore=shutil.ignore_patterns("generated"))
    generated = folder / "src" / "generated"
    generated.mkdir()
    for contract in contracts:
        text = typescript(job_of(contract))
        (generated / f"{contract.name}.ts").write_text(text, "utf-8")
    (folder / "src" / "all.ts").write_text(_all(contracts), "utf-8")
    if checked:
        options = {"types": [], "noEmit": True, "skipLibCheck": True}
        settings = {"extends": "../tsconfig.json", "include": ["src"], "compilerOptions": options}
        (folder / "tsconfig.json").write_text(json.dumps(settings))
        tool("tsc", "--project", "parity/tsconfig.json")
    out = folder / "all.mjs"
    bundle = ("--bundle", "--format=esm", "--platform=node", "--log-level=error")
    tool("esbuild", str(folder / "src" / "all.ts"), *bundle, f"--outfile={out}")
    lines = [json.dumps([contract.name, contract.documents]) for contract in contracts]
    printed = run(HERE, "node", "answer.mjs", str(out), text="\n".join(lines))
    return [json.loads(line) for line in printed.splitlines()]


def _all(contracts: Iterable[Contract]) -> str:
    lines, names = ['export { write } from "./form.js";'], []
    for index, contract in enumerate(contracts):
        lines.append(f'import * as m{index} from "./generated/{contract.name}.js";')
        names.append(f'  "{contract.name}": Object.values(m{index})[0],')
    return "\n".join([*lines, "export const jobs = {", *names, "};", ""])


def differences(contract: Contract, found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return where the languages disagree about a contract's documents."""
    told = []
    for text, ours, theirs in zip(contract.documents, python_answers(contract), found, strict=True):
        if ours is None and "issues" in theirs:
            continue
        if ours == theirs:
            continue
        codes = {code for code, *_ in theirs.get("issues", ())}
        if codes == {"unsafe_integer"}:
            continue  # refused, for it may be another number's neighbour
        told.append(f"{contract.name}: {text}\n  Python: {ours}\n  TypeScript: {theirs}")
    return told


def is_exact(value: object) -> bool:
    """Say whether JavaScript reads a JSON value as it is written."""
    match value:
        case bool():
            return True
        case int():
            return abs(value) < EXACT
        case list():
            return all(map(is_exact, value))
        case dict():
            return all(map(is_exact, value.values()))
        case _:
            return True
