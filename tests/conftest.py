"""What all tests share."""

import os
import sys

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.browser_support",
    "tests.figures",
    "tests.log_capture",
    "tests.side_by_side",
    "tests.terraform_support",
]

# As the Makefile has it, for whoever calls pytest: most tests start processes that load a library.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long an example takes, or is drawn, says how busy the machine is and nothing of the code.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")
