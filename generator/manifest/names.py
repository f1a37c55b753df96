"""How a job's name becomes other names."""

import keyword

from generator.contracts.taken import CLASSES

LONGEST_SUFFIX = "-schedule"
"""Of all names made from the base, the schedule's role is the longest that AWS limits to 64."""

LONGEST_BUCKET_SUFFIX = "-artifacts-123456789012"
"""Of all buckets, the one of the zips has the longest name after project and environment."""


def base_name(project: str, environment: str, job: str) -> str:
    """Return what every name of one job in one environment begins with."""
    return f"{project}-{environment}-{job}"


def module_name(job: str) -> str:
    """Return the Python module and Terraform label of a job."""
    name = job.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


def class_name(job: str) -> str:
    """Return the class of a job's payload."""
    name = "".join(part[:1].upper() + part[1:] for part in job.split("-"))
    return f"{name}Job" if name in CLASSES else name
