"""Jobs with hostile texts wherever Terraform gets them."""

import unicodedata
from typing import Any

from hypothesis import strategies as st

from generator.manifest.types import says_something
from tests.generator import manifests
from tests.generator.texts import TEXT

PRICE = "US$${account} $$$${region}$ {{$${{x}} 100%%{account} {{"
BRACES = str.maketrans({"{": "{{", "}": "}}"})
IN_VARIABLES = st.lists(
    TEXT.map(lambda text: text.translate(BRACES))
    | st.sampled_from(["{account}", "{region}", "{project}", "$", "$$", "%"]),
    max_size=6,
).map("".join)
PAYLOADS: st.SearchStrategy[Any] = st.dictionaries(
    TEXT,
    st.recursive(
        TEXT | st.integers(-(10**9), 10**9), lambda v: st.lists(v) | st.dictionaries(TEXT, v)
    ),
    max_size=4,
)


def job_with(description: str, variable: str, payload: dict[str, Any]) -> dict[str, object]:
    """Return a job that has texts wherever Terraform gets them; no variable holds a NUL."""
    return manifests.job(
        description=description,
        payload={"type": "object", "properties": {"order_id": {"type": "string"}},
                 "required": ["order_id"], "additionalProperties": True},
        variables={"TEXT": variable.replace("\0", ""), "PRICE": PRICE},
        permissions=[{"actions": ["s3:Get*"], "resources": ["arn:aws:s3:::b/$${account}/*"]}],
        schedule=[
            {"name": "a.b", "rate": "1 day", "payload": {**payload, "order_id": description}}
        ],
    )  # fmt: skip


def shortened(description: str) -> str:
    """Return a description that Lambda would take, and that shows something."""
    short = composed(description.strip())[:200].strip()
    return short if says_something(short) else "-"


def composed(text: str) -> str:
    """Return text in the one normal form that Terraform knows."""
    return unicodedata.normalize("NFC", text)


def line(text: str) -> str:
    """Return how a job's description is kept: any white space in it is one space."""
    return " ".join(text.split())


@st.composite
def jobs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a job that has hostile texts wherever they are shown."""
    name, other, value = draw(TEXT), draw(TEXT), draw(TEXT)
    schema = {"type": "string", "description": draw(TEXT), "default": draw(TEXT)}
    return manifests.job(
        description=draw(TEXT.filter(line)),
        payload={
            "type": "object",
            "required": [name],
            "properties": {
                name: {"enum": sorted({value, draw(TEXT)}), "description": draw(TEXT)},
                other: schema,
                "inner": {"type": "object", "properties": {other: {"type": "integer"}}},
            },
        },
        idempotency={"key": [name]},
        schedule=[{"name": "nightly", "rate": "1 day", "payload": {name: value, other: value}}],
    )
