"""A deterministic model of AWS to run jobs in: seeded, in virtual time, with faults.

It runs the entry points that Lambda runs, unchanged. `docs/parity.md` says where the model and AWS
agree and where they differ; every line of it is a test.
"""

from clarivum_jobs.testing.deployment import Deployment, Timer
from clarivum_jobs.testing.machine.faults import NONE, ROUGH, Failure, Faults, Kill, Outage
from clarivum_jobs.testing.world import World

__all__ = ["NONE", "ROUGH", "Deployment", "Failure", "Faults", "Kill", "Outage", "Timer", "World"]
