"""Names that mean something already where generated code stands; tests hold them complete.

They are written out, not asked of the installed packages: another version of one of them must not
rename what people's code uses.
"""

import keyword

_IN_ANNOTATIONS = {"bool", "dt", "float", "int", "str", "tuple"}
"""What the class's own annotations and defaults use, beside what pydantic takes."""

_OF_PYDANTIC = {
    *("construct", "copy", "dict", "fields", "from_orm", "json"),
    *("parse_file", "parse_obj", "parse_raw", "schema", "schema_json"),
    *("update_forward_refs", "validate"),
}
"""Attributes of pydantic's models; what begins with `model_` is left to it altogether."""

_OF_THE_METACLASS = {"mro", "register"}
_OF_THE_BASE = {"config", "contract"}
_HARD_TO_READ = {"l"}
"""A name that looks like a digit; the other two that do, `O` and `I`, are in lower case."""

_ATTRIBUTES = frozenset(
    _IN_ANNOTATIONS | _OF_PYDANTIC | _OF_THE_METACLASS | _OF_THE_BASE | _HARD_TO_READ
)

_IMPORTED = {
    *("Additional", "Annotated", "ClassVar", "DistinctItems", "Exactly", "Field", "Integer"),
    *("Items", "JobContract", "JsonValue", "Literal", "Mapping", "MultipleOf", "Number"),
    *("Omittable", "OneOf", "OpenObject", "Payload", "PayloadObject", "Sensitive", "UUID"),
    *("Date", "DateTime", "Duration", "Email", "Hostname", "Ipv4", "Ipv6", "JsonPointer"),
    *("Moment", "Regex", "Time", "TimeOfDay", "Uri", "UriReference", "Uuid", "Worker"),
}
"""What payload modules and entry points import."""

_OF_THE_LIBRARY = {
    *(
        "BatchResult",
        "EnqueueError",
        "Failure",
        "InvalidPayloadError",
        "JobClosedError",
        "JobContext",
    ),
    *("PermanentError", "Producer", "Receipt", "RetryAfter"),
}
"""What handlers and producers import beside a payload's class."""

_READ_LIKE_DIGITS = {"I", "O"}

_READ_LIKE_THEM = {"Any", "Anything", "BaseModel", "Config", "Never", "None", "Optional", "Union"}
"""`Config` is how pydantic's first version was configured, and warns to this day."""

_BUILT_IN = {
    *("ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup"),
    *("BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError"),
    *("ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError"),
    *("ConnectionResetError", "DeprecationWarning", "EOFError", "Ellipsis", "EncodingWarning"),
    *("EnvironmentError", "Exception", "ExceptionGroup", "False", "FileExistsError"),
    *("FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError"),
    *("ImportError", "ImportWarning", "IndentationError", "IndexError", "InterruptedError"),
    *("IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError"),
    *("ModuleNotFoundError", "NameError", "None", "NotADirectoryError", "NotImplemented"),
    *("NotImplementedError", "OSError", "OverflowError", "PendingDeprecationWarning"),
    *("PermissionError", "ProcessLookupError", "PythonFinalizationError", "RecursionError"),
    *("ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration"),
    *("StopIteration", "SyntaxError", "SyntaxWarning", "SystemError", "SystemExit", "TabError"),
    *("TimeoutError", "True", "TypeError", "UnboundLocalError", "UnicodeDecodeError"),
    *("UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError", "UnicodeWarning"),
    *("UserWarning", "ValueError", "Warning", "ZeroDivisionError"),
}
"""Python's own."""

CLASSES = frozenset(_IMPORTED | _OF_THE_LIBRARY | _READ_LIKE_THEM | _READ_LIKE_DIGITS | _BUILT_IN)
"""No class of a payload has one of these names."""


def is_taken(attribute: str) -> bool:
    """Say whether an attribute of that name would hide something, or be no name at all."""
    return (
        attribute in _ATTRIBUTES or keyword.iskeyword(attribute) or attribute.startswith("model_")
    )
