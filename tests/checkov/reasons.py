"""Checks of checkov that our Terraform fails and should: each with the reason, and none for good.

A check that no longer fires is taken out; `make checkov` says so.
"""

REASONS = {
    "CKV2_AWS_57": "a secret is changed by hand or by the party that gave it; there is no rotator",
    "CKV2_AWS_62": "nobody has to hear of an object; jobs are told by messages",
    "CKV_AWS_18": "who fetched a page or an export is not asked; state and zips keep such logs",
    "CKV_AWS_26": "CloudWatch cannot publish to a topic under AWS's own key, and would not say so",
    "CKV_AWS_28": "records can be lost where no effect is real; production restores to a point",
    "CKV_AWS_116": "a queue's function is no asynchronous one: dead letters are the queue's matter",
    "CKV_AWS_117": "a network of one's own costs a gateway and guards no call of AWS's interfaces",
    "CKV_AWS_119": "the table holds digests of keys, encrypted under a key that AWS owns",
    "CKV_AWS_144": "an environment lives in one region; what its buckets hold is made again",
    "CKV_AWS_145": "objects are encrypted under S3's own key; nobody reads them across accounts",
    "CKV_AWS_149": "a secret is read in its own account alone",
    "CKV_AWS_158": "lines are encrypted under a key that AWS owns, and hold no sensitive value",
    "CKV_AWS_272": "code is told apart by its content's hash, which every plan compares",
    "CKV_AWS_297": "a schedule holds the payload of its runs, which the manifest shows",
    "CKV_AWS_338": "lines are kept as long as the manifest says, a month: no audit asks for a year",
}
"""Why each stands, by the check's id."""
