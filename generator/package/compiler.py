"""Compile sources from standard input: the program that `bytecode` starts.

What `marshal` writes of a module depends on what else is alive in the process, so each source is
compiled in a process of its own that has seen nothing but this file. Frames are a length of eight
bytes and as many bytes: name and source in, byte code out; nothing for what is no Python.
"""

import importlib.util
import marshal
import os
import sys
from typing import BinaryIO

# A file that is known by its source's hash, and that nobody compares with the source.
_UNCHECKED = (1).to_bytes(4, "little")


def read(stream: BinaryIO) -> "bytes | None":
    """Return the next frame, None at the end."""
    head = stream.read(8)
    return stream.read(int.from_bytes(head, "big")) if head else None


def frame(content: bytes) -> bytes:
    """Return a frame."""
    return len(content).to_bytes(8, "big") + content


def compiled(name: bytes, source: bytes) -> bytes:
    """Return the byte code of a source; nothing if it cannot be compiled."""
    try:
        code = compile(source, name.decode(), "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return b""
    known = importlib.util.source_hash(source)
    return importlib.util.MAGIC_NUMBER + _UNCHECKED + known + marshal.dumps(code)


def main() -> None:
    """Answer every pair of frames with one."""
    while (name := read(sys.stdin.buffer)) is not None:
        source = read(sys.stdin.buffer) or b""
        sys.stdout.buffer.flush()
        child = os.fork()
        if not child:
            sys.stdout.buffer.write(frame(compiled(name, source)))
            sys.stdout.buffer.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
