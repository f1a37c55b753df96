"""On-demand list prices by region; `make check` needs no network, so they are kept here, dated."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Prices:
    """What AWS asks in a region, in USD.

    Attributes:
        region: The region.
        as_of: The day on which they were looked up.
        lambda_request: One invocation.
        lambda_gb_second: Memory in GB for a second, by architecture.
        disk_gb_second: Room under `/tmp` beyond 512 MB, in GB for a second.
        sqs_request: One request of up to 64 KiB.
        write_unit: One write unit of DynamoDB, on demand.
        log_gb: A gigabyte put into CloudWatch Logs.
        schedule_run: One run that EventBridge Scheduler starts.
        alarm_metric: A metric that an alarm looks at, a month.
        own_metric: A metric of one's own, a month.
        secret: A secret, a month.
    """

    region: str
    as_of: str
    lambda_request: float
    lambda_gb_second: Mapping[str, float]
    disk_gb_second: float
    sqs_request: float
    write_unit: float
    log_gb: float
    schedule_run: float
    alarm_metric: float
    own_metric: float
    secret: float


_VIRGINIA = Prices(
    region="us-east-1",
    as_of="2026-11-23",
    lambda_request=0.20e-6,
    lambda_gb_second={"x86_64": 0.0000166667, "arm64": 0.0000133334},
    disk_gb_second=0.0000000309,
    sqs_request=0.40e-6,
    write_unit=0.625e-6,
    log_gb=0.50,
    schedule_run=1.00e-6,
    alarm_metric=0.10,
    own_metric=0.30,
    secret=0.40,
)
_IRELAND = replace(
    _VIRGINIA, region="eu-west-1", disk_gb_second=0.000000034, write_unit=0.705e-6, log_gb=0.57
)

PRICES: Mapping[str, Prices] = {prices.region: prices for prices in (_IRELAND, _VIRGINIA)}
"""By region."""

REGION = "eu-west-1"
"""Where environments live unless somebody says otherwise."""
