"""What things are called in a world: one account, one region, one environment."""

PROJECT, ENVIRONMENT = "clarivum", "simulated"
BASE = f"{PROJECT}-{ENVIRONMENT}"
"""What names of queues, functions, roles and tables begin with."""

ACCOUNT, REGION = "000000000000", "eu-west-1"
SQS_ENDPOINT = "https://sqs.simulated"
BASE_URL = f"{SQS_ENDPOINT}/{ACCOUNT}/"
"""What URLs of queues begin with."""

TABLE = f"{BASE}-jobs"
"""Name of the record table."""


def arn(service: str, resource: str) -> str:
    """Return the ARN of something; IAM's and S3's know no region."""
    region = "" if service in {"iam", "s3"} else REGION
    account = "" if service == "s3" else ACCOUNT
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def queue_url(job: str) -> str:
    """Return the URL of a job's queue; that of its dead-letter queue has `-dlq` behind it."""
    return f"{BASE_URL}{BASE}-{job}"
