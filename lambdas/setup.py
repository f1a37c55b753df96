"""Which packages the wheel has: the library, and the payloads of this project's jobs inside it.

Here the payloads lie in `generated`, beside the entry points; a name as common as that would be in
the way of whoever installs the wheel. There they are `clarivum_jobs.payloads`.
"""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages(include=["clarivum_jobs*"], exclude=["clarivum_jobs.testing*"]),
        "clarivum_jobs.payloads",
    ],
    package_dir={"clarivum_jobs.payloads": "generated/payloads"},
)
