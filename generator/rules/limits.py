"""Limits of AWS that rules judge by, each once; a test compares them with botocore and the modules.

The bounds of single fields stand in `ranges`, which is a table of the same kind.
"""

LONGEST_ROLE = 64
"""Characters of an IAM role's name, and of a function's: the shortest that a base name must fit."""

LONGEST_SCHEDULE = 64
"""Characters of a schedule's name."""

LONGEST_QUEUE = 80
"""Characters of a queue's name."""

LONGEST_SECRET = 400
"""Of the 512 that Secrets Manager takes, so much is left after project and environment."""

LONGEST_DESCRIPTION = 256
"""Characters of a function's description."""

LONGEST_BUCKET = 63
"""Characters of an S3 bucket's name."""

LONGEST_OWNER = 200
"""Characters of an owner: a tag takes 256, but each alarm's description of 1024 names it too."""

LONGEST_TAG = 256
"""Characters of a tag's value."""

LARGEST_ENVIRONMENT = 4096
"""Bytes of a function's environment variables, names and values together."""

ROOM_FOR_PLATFORM = 256
"""Bytes of those that are left for what the environment's platform call gives every function."""

LARGEST_ROLE_POLICIES = 10_240
"""Characters of all inline policies of a role together, white space not counted."""

UNRESERVED = 100
"""Concurrent executions of an account that Lambda lets nobody reserve."""

ROLES_OF_AN_ACCOUNT = 1000
"""IAM roles, unless raised."""

ALARMS_OF_AN_ACCOUNT = 5000
"""CloudWatch alarms of a region, unless raised."""

LARGEST_BATCH_WITHOUT_WINDOW = 10
"""Messages that one receive of SQS returns at most; more take a batch window."""

LARGEST_INPUT = 256 * 1024
"""Bytes of a schedule's input."""

LARGEST_MESSAGE = 252 * 1024
"""Bytes of a message: 256 KiB, less what its attributes need once it is a dead letter."""

BATCH_RESERVE = 2
"""Seconds before the end of a run in which the worker begins no further message."""

CALLS_OF_A_MESSAGE = 0.05
"""Seconds that the worker's own calls take for each message, about."""

IN_FLIGHT = 120_000
"""Messages that SQS lets a standard queue have in work at once, about."""

FEWEST_ATTEMPTS_ADVISED = 5
"""Receives before the dead-letter queue that AWS advises for functions."""

LOG_RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
"""Periods for which CloudWatch keeps log lines."""
