"""The four diagrams of the decision on background jobs, drawn from the manifest.

Mermaid for all of them, and BPMN 2.0 for the life of a message. `docs/diagrams/README.md` shows
them; the names of the files are those that the decision links.
"""

from generator.manifest.resolved import Manifest
from generator.ownership import Comment, stamped
from generator.render.diagrams.architecture import architecture
from generator.render.diagrams.bpmn import bpmn
from generator.render.diagrams.lifecycle import lifecycle
from generator.render.diagrams.lineage import lineage
from generator.render.diagrams.runtime import runtime

FOLDER = "docs/diagrams/adr-003-background-jobs-and-queues"


def diagrams(manifest: Manifest) -> dict[str, str]:
    """Return the text of each diagram by its path."""
    mermaid = {
        "architecture-overview": architecture(manifest),
        "data-lineage": lineage(manifest),
        "uml-runtime": runtime(manifest),
        "bpmn-job-lifecycle": lifecycle(manifest),
    }
    found = {
        f"{FOLDER}/{name}.mmd": stamped(text, Comment.MERMAID) for name, text in mermaid.items()
    }
    found[f"{FOLDER}/bpmn-job-lifecycle.bpmn"] = stamped(bpmn(manifest), Comment.MARKDOWN)
    return found
