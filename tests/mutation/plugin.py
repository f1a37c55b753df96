"""A pytest plugin that makes one mistake in one module of the running process; no file changes.

`MUTATION` names it, as `module:site`.
"""

from __future__ import annotations

import functools
import os

from tests.mutation.loading import change_on_import
from tests.mutation.operators import mutated

if "MUTATION" in os.environ:
    name, _, number = os.environ["MUTATION"].partition(":")
    change_on_import(name, functools.partial(mutated, number=int(number)))
