# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: b2426101fcd714194710f89c9c7b307eb60ee04bf856445de10cf1e2cc00779d
"""Payload of probe-host, contract version 1."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from clarivum_jobs.contract.formats import (
    Date,
    DateTime,
    Duration,
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    JsonPointer,
    Regex,
    Time,
    Uri,
    UriReference,
    Uuid,
)
from clarivum_jobs.contract.moments import Moment, TimeOfDay
from clarivum_jobs.contract.payload import JobContract, Payload


class ProbeHost(Payload):
    """Ask a host whether it is well."""

    contract: ClassVar[JobContract] = JobContract(name="probe-host", version=1, key=("id", "at"))

    id: Uuid

    address: Ipv4

    at: DateTime

    since: DateTime = Moment.read("2016-12-31T23:59:60Z")

    until: DateTime = Moment.read("2026-01-31T09:30:00.123456789+02:00")

    soon: DateTime = dt.datetime.fromisoformat("2026-01-31T09:30:00.5Z")

    day: Date = dt.date.fromisoformat("2026-01-31")

    opens: Time = TimeOfDay.read("09:30:00.1234567Z")

    closes: Time = dt.time.fromisoformat("18:00:00+01:00")

    wait: Duration = "PT5M"

    contact: Email = '"on call"@[192.0.2.1]'

    host: Annotated[Hostname, Field(max_length=100)] = "www.example.com"

    fallback: Ipv6 = "2001:db8::1"

    page: Uri = "https://www.example.com/"

    next_page: UriReference = "../b"

    part: JsonPointer = "/status/0"

    expected: Regex = "^(?!.*down).*$"
