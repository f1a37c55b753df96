"""How tests draw while mistakes are looked for: the same each time, and failures stay large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import Phase, settings

if TYPE_CHECKING:
    import pytest

SETTINGS = "_hypothesis_internal_use_settings"


class Drawing:
    """A pytest plugin that bounds how many examples are drawn."""

    def __init__(self, examples: int | None) -> None:
        """Let each test draw `examples` at most; without, as many as it says itself."""
        self._examples = examples

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Change what each test was given by its decorator or its profile."""
        for item in items:
            function = getattr(item, "obj", None)
            own = getattr(function, SETTINGS, None)
            if own is not None:
                drawn = settings(
                    own,
                    max_examples=min(self._examples or own.max_examples, own.max_examples),
                    derandomize=True,
                    database=None,
                    phases=(Phase.explicit, Phase.generate),
                )
                setattr(getattr(function, "__func__", function), SETTINGS, drawn)
