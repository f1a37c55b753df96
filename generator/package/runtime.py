"""What Lambda's Python has without any zip or layer."""

from __future__ import annotations

import importlib.util
import sys

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html: the SDK, what it needs, and the
# runtime's own client.
_WITH_LAMBDA = frozenset(
    {
        "awslambdaric",
        "boto3",
        "botocore",
        "dateutil",
        "jmespath",
        "s3transfer",
        "six",
        "snapshot_restore_py",
        "urllib3",
    }
)

# Of other systems, or of packages that Amazon Linux keeps apart.
_NOT_IN_LAMBDA = frozenset(
    {"_winapi", "idlelib", "msvcrt", "nt", "tkinter", "turtle", "turtledemo", "winreg", "winsound"}
)

# https://docs.python.org/3/whatsnew: what each version took out, and what the newest bring.
_REMOVED = {
    (3, 12): {"asynchat", "asyncore", "distutils", "imp", "smtpd"},
    (3, 13): {
        *("aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "lib2to3", "mailcap"),
        *("msilib", "nis", "nntplib", "ossaudiodev", "pipes", "sndhdr", "spwd", "sunau"),
        *("telnetlib", "uu", "xdrlib"),
    },
}
_ADDED = {(3, 14): {"annotationlib", "compression"}}


def has(module: str, python: tuple[int, int]) -> bool:
    """Return whether a dotted name can be imported in a Lambda function that holds nothing.

    Args:
        module: The name.
        python: Version of the function's Python.
    """
    top = module.partition(".")[0]
    if top in _WITH_LAMBDA:
        return True
    if top not in sys.stdlib_module_names or top in _NOT_IN_LAMBDA:
        return False
    if any(python >= version and top in gone for version, gone in _REMOVED.items()):
        return False
    if any(python < version and top in new for version, new in _ADDED.items()):
        return False
    return module == top or is_submodule(module)


def is_submodule(module: str) -> bool:
    """Return whether the running Python's standard library has a module of this dotted name."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
