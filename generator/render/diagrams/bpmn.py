"""`bpmn-job-lifecycle.bpmn`: the life of a message in BPMN 2.0, laid out on a grid.

The middle row is the way that goes well. What fails to its end leads above it, what is tried again
below it, so that no two arrows cross.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from generator.manifest.resolved import Manifest
from generator.render.diagrams.lifecycle import limits

_STEP, _ROW, _LEFT, _TOP = 150, 150, 160, 280
_SIZES = {"task": (120, 80), "exclusiveGateway": (50, 50), "startEvent": (36, 36)}
_SIZES["endEvent"] = _SIZES["startEvent"]

_IN_QUOTES = str.maketrans({char: f"&#{ord(char)};" for char in '"\t\n\r'})
"""What would end the value of an attribute, or be read as a space there."""


@dataclass(frozen=True, slots=True)
class Node:
    """One shape: its id, BPMN's name of its kind, its label, and where it stands on the grid."""

    id: str
    kind: str
    label: str
    column: float
    row: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height, centred on its place of the grid."""
        width, height = _SIZES[self.kind]
        x, y = _LEFT + int(self.column * _STEP), _TOP + int(self.row * _ROW)
        return x - width // 2, y - height // 2, width, height

    def side(self, name: str) -> tuple[int, int]:
        """Return where arrows touch: `l`, `r`, `t`, and two places `b` and `B` of the bottom."""
        x, y, width, height = self.box
        return {
            "l": (x, y + height // 2),
            "r": (x + width, y + height // 2),
            "t": (x + width // 2, y),
            "b": (x + width // (2 if self.kind != "task" else 4), y + height),
            "B": (x + width - width // 4, y + height),
        }[name]


@dataclass(frozen=True, slots=True)
class Flow:
    """One arrow: from which side of what to which side of what; rows between are its corners."""

    start: str
    end: str
    sides: str
    label: str = ""
    by_row: float | None = None


def bpmn(manifest: Manifest) -> str:
    """Return the XML."""
    attempts, cap = limits(manifest)
    nodes = {node.id: node for node in _nodes(attempts, cap)}
    return "".join(_document(nodes, list(_flows())))


def _nodes(attempts: str, cap: str) -> Iterator[Node]:
    yield Node("sent", "startEvent", "sent", 0, 0)
    yield Node("received", "task", "Receive from the queue", 1, 0)
    yield Node("readable", "exclusiveGateway", "contract fits?", 2, 0)
    yield Node("claimed", "exclusiveGateway", "key free?", 3, 0)
    yield Node("handled", "task", "Run the handler", 4, 0)
    yield Node("ended", "exclusiveGateway", "done?", 5, 0)
    yield Node("recorded", "task", "Record as done", 6, 0)
    yield Node("done", "endEvent", "done", 7, 0)
    yield Node("skipped", "endEvent", "skipped", 3, -0.8)
    yield Node("left", "exclusiveGateway", f"attempts left of {attempts}?", 5, 1)
    yield Node("waiting", "task", f"Hide longer each time, at most {cap}", 4, 1)
    yield Node("parked", "task", "Park with its reason", 8, 1)
    yield Node("alarm", "task", "Alarm, on-call", 9, 1)
    yield Node("decided", "exclusiveGateway", "mended?", 10, 1)
    yield Node("gone", "endEvent", "discarded", 11, 1)


def _flows() -> Iterator[Flow]:
    yield Flow("sent", "received", "rl")
    yield Flow("received", "readable", "rl")
    yield Flow("readable", "claimed", "rl", "yes")
    yield Flow("claimed", "handled", "rl", "yes")
    yield Flow("handled", "ended", "rl")
    yield Flow("ended", "recorded", "rl", "yes")
    yield Flow("recorded", "done", "rl")
    yield Flow("claimed", "skipped", "tb", "done before")
    yield Flow("ended", "left", "bt", "no")
    yield Flow("left", "waiting", "lr", "yes")
    yield Flow("waiting", "received", "lB")
    yield Flow("left", "parked", "rl", "no")
    yield Flow("readable", "parked", "tt", "no", by_row=-1.3)
    yield Flow("parked", "alarm", "rl")
    yield Flow("alarm", "decided", "rl")
    yield Flow("decided", "gone", "rl", "discard")
    yield Flow("decided", "received", "bb", "replay", by_row=1.7)


def _document(nodes: dict[str, Node], flows: list[Flow]) -> Iterator[str]:
    yield (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"\n'
        '    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"\n'
        '    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"\n'
        '    xmlns:di="http://www.omg.org/spec/DD/20100524/DI"\n'
        '    id="job-lifecycle" targetNamespace="urn:clarivum:jobs">\n'
        '  <process id="message" isExecutable="false">\n'
    )
    for node in nodes.values():
        yield f'    <{node.kind} id="{node.id}" name={_quoted(node.label)} />\n'
    for flow in flows:
        name = f" name={_quoted(flow.label)}" if flow.label else ""
        ends = f'sourceRef="{flow.start}" targetRef="{flow.end}"'
        yield f'    <sequenceFlow id="{flow.start}-{flow.end}"{name} {ends} />\n'
    yield '  </process>\n  <bpmndi:BPMNDiagram id="drawn">\n'
    yield '    <bpmndi:BPMNPlane id="plane" bpmnElement="message">\n'
    for node in nodes.values():
        x, y, width, height = node.box
        about = f'bpmnElement="{node.id}"{_marker(node)}'
        yield (
            f'      <bpmndi:BPMNShape id="{node.id}-shape" {about}>\n'
            f'        <dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}" />\n'
            f"{_label(node)}      </bpmndi:BPMNShape>\n"
        )
    for flow in flows:
        name = f"{flow.start}-{flow.end}"
        yield f'      <bpmndi:BPMNEdge id="{name}-edge" bpmnElement="{name}">\n'
        for x, y in _points(nodes, flow):
            yield f'        <di:waypoint x="{x}" y="{y}" />\n'
        yield f"{_flow_label(nodes, flow)}      </bpmndi:BPMNEdge>\n"
    yield "    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n</definitions>\n"


def _marker(node: Node) -> str:
    return ' isMarkerVisible="true"' if node.kind == "exclusiveGateway" else ""


def _label(node: Node) -> str:
    """Return where a label stands, if not below its shape: on a side that no arrow uses."""
    x, y, width, height = node.box
    left = x + width // 2 - 50
    if node.id == "skipped":
        return _bounds(left, y - 20, 100, 14)
    if node.kind != "exclusiveGateway":
        return ""
    return _bounds(left, y - 32 if node.id in ("ended", "decided") else y + height + 6, 100, 28)


def _flow_label(nodes: dict[str, Node], flow: Flow) -> str:
    """Return where the label of an arrow that leads straight up stands: beside it."""
    if flow.sides != "tb":
        return ""
    x, y = nodes[flow.start].side("t")
    return _bounds(x + 6, y - 32, 70, 14)


def _bounds(x: int, y: int, width: int, height: int) -> str:
    return (
        "        <bpmndi:BPMNLabel>\n"
        f'          <dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}" />\n'
        "        </bpmndi:BPMNLabel>\n"
    )


def _points(nodes: dict[str, Node], flow: Flow) -> Iterator[tuple[int, int]]:
    """Yield the corners of an arrow: straight, or by another row, or once around a corner."""
    first, last = nodes[flow.start].side(flow.sides[0]), nodes[flow.end].side(flow.sides[1])
    yield first
    if flow.by_row is not None:
        y = _TOP + int(flow.by_row * _ROW)
        yield first[0], y
        yield last[0], y
    elif first[0] != last[0] and first[1] != last[1]:
        yield last[0], first[1]
    yield last


def _quoted(text: str) -> str:
    """Return text as an attribute's value; `xml.sax.saxutils` loads a network client for it."""
    return f'"{escape(text, quote=False).translate(_IN_QUOTES)}"'
