"""What all tests share."""

pytest_plugins = ["tests.terraform_support", "tests.log_capture"]
