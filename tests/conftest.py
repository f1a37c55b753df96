"""What all tests share."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.terraform_support", "tests.log_capture", "tests.browser_support"]

# How long an example takes, or is drawn, says how busy the machine is and nothing of the code.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")
