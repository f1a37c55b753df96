"""What all tests share."""

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.browser_support",
    "tests.figures",
    "tests.log_capture",
    "tests.side_by_side",
    "tests.terraform_support",
]

# How long an example takes, or is drawn, says how busy the machine is and nothing of the code.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")
