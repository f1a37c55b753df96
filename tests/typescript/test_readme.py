"""What the package's README shows compiles against the package."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.documents.blocks import of_file
from tests.typescript.stage import ROOT, tool

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = ROOT / "lambdas/typescript/README.md"

# What a reader's own project has: Vercel's package, and the alias of Next.js.
_AT_HAND = """
declare module "@vercel/oidc-aws-credentials-provider" {
  export function awsCredentialsProvider(options: { roleArn: string }):
    () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
}
declare module "@/lib/jobs" {
  export const jobs: import("@clarivum/jobs").Producer;
}
"""
_ABOVE = """
import { createProducer, settingsFrom } from "@clarivum/jobs";
declare const sqs: import("@aws-sdk/client-sqs").SQSClient;
declare const scheduler: import("@aws-sdk/client-scheduler").SchedulerClient;
"""


def test_the_code_of_the_readme_compiles(package: Path) -> None:
    """Strictly, each block as a module of its own; the last ones build on the imports above."""
    folder = package / "readme"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    blocks = list(of_file(DOCUMENT, "ts"))
    for number, block in enumerate(blocks):
        above = "" if "import { createProducer" in block.text else _ABOVE
        (folder / f"block-{number}.ts").write_text(f"{above}{block.text}\nexport {{}};\n", "utf-8")
    (folder / "at-hand.d.ts").write_text(_AT_HAND, "utf-8")
    options = {"noEmit": True, "noUnusedLocals": False, "rootDir": "..", "types": ["node"]}
    config = {"extends": "../tsconfig.json", "compilerOptions": options, "include": ["*.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(config), "utf-8")

    tool("tsc", "--project", str(folder))

    assert len(blocks) > 2
