"""Why no test can notice some mistakes, by the name that a mistake has in the report."""

REASONS: dict[str, str] = {}
