"""What the provider knows of each resource: types, what must be set, what AWS fills in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from envs.deploy.terraform import Terraform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_RESOURCE = re.compile(r'^resource "([a-z0-9_]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Schema:
    """The schemas of all resource types."""

    resources: Mapping[str, Any]

    def block(self, kind: str) -> Mapping[str, Any]:
        """Return what a type of resource consists of."""
        found: Mapping[str, Any] = self.resources[kind]["block"]
        return found

    def type_of(self, path: Sequence[str]) -> Any:  # noqa: ANN401 - a word, or a list of them
        """Return the type of an attribute, None for what is Terraform's own.

        Args:
            path: `resource`, type and name; blocks, `dynamic` ones among them; the attribute.
        """
        block: Mapping[str, Any] = self.block(path[1])
        for name in path[3:-1]:
            if name not in ("dynamic", "content"):
                blocks = block.get("block_types", {})
                if name not in blocks:
                    return None
                block = blocks[name]["block"]
        return block.get("attributes", {}).get(path[-1], {}).get("type")


def read(modules: Path, kept: Path) -> Schema:
    """Return the schemas of the types that the modules use; asked of the provider once for all.

    Raises:
        TerraformError: The provider does not tell.
    """
    texts = [file.read_text(encoding="utf-8") for file in sorted(modules.glob("*/*.tf"))]
    used = {kind for text in texts for kind in _RESOURCE.findall(text)}
    if not kept.is_file() or used - json.loads(kept.read_text(encoding="utf-8")).keys():
        terraform = Terraform(modules / "platform", data_dir=kept.parent / "schema-data")
        terraform.init(use_backend=False)
        whole = terraform._json("providers", "schema", "-json")  # noqa: SLF001 - as `show` does
        (provider,) = whole["provider_schemas"].values()
        kept.parent.mkdir(parents=True, exist_ok=True)
        chosen = {kind: provider["resource_schemas"][kind] for kind in sorted(used)}
        kept.write_text(json.dumps(chosen), encoding="utf-8")
    return Schema(json.loads(kept.read_text(encoding="utf-8")))
