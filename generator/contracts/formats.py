"""Whether text is in a format, as the workers' library judges it.

The library is not imported, for building needs nothing of what runs: the judges are a copy of its
own, and a test holds both equal.
"""

from collections.abc import Callable, Mapping

from generator.contracts import text_formats as judges
from generator.contracts.ecma_syntax import is_regex
from generator.contracts.types import Format

_JUDGES: Mapping[Format, Callable[[str], bool]] = {
    Format.UUID: judges.is_uuid,
    Format.EMAIL: judges.is_email,
    Format.URI: judges.is_uri,
    Format.URI_REFERENCE: judges.is_uri_reference,
    Format.HOSTNAME: judges.is_hostname,
    Format.IPV4: judges.is_ipv4,
    Format.IPV6: judges.is_ipv6,
    Format.JSON_POINTER: judges.is_json_pointer,
    Format.REGEX: is_regex,
    Format.DATE: judges.is_date,
    Format.TIME: judges.is_time,
    Format.DATE_TIME: judges.is_date_time,
    Format.DURATION: judges.is_duration,
}


def is_formatted(text: str, form: Format) -> bool:
    """Say whether text is in a format."""
    return _JUDGES[form](text)
