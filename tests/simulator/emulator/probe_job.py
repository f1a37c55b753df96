"""A function that notes each delivery and then does what the messages say; needs no library."""

from __future__ import annotations

SOURCE = '''
import json
import os
import time
import uuid

import boto3

_dynamodb, _sqs = boto3.client("dynamodb"), boto3.client("sqs")


def _note(*facts):
    """Write down what happened, beside what others of this scenario wrote."""
    item = {
        "id": {"S": f"probe#{uuid.uuid4()}"},
        "queue": {"S": os.environ["QUEUE"]},
        "note": {"S": json.dumps(facts)},
        "at": {"N": str(time.time())},
    }
    _dynamodb.put_item(TableName=os.environ["NOTES"], Item=item)


def handler(event, context):
    """Note every record; then fail, hide, raise or hang as their bodies ask."""
    failed = []
    for record in event["Records"]:
        told = json.loads(record["body"])
        receives = int(record["attributes"]["ApproximateReceiveCount"])
        _note(told["name"], receives, len(event["Records"]))
        if receives <= told.get("fails", 0):
            failed.append({"itemIdentifier": record["messageId"]})
            if "hide" in told:
                _sqs.change_message_visibility(
                    QueueUrl=os.environ["QUEUE"],
                    ReceiptHandle=record["receiptHandle"],
                    VisibilityTimeout=told["hide"],
                )
        if receives <= told.get("raises", 0):
            raise ValueError(told["name"])
        if receives <= told.get("hangs", 0):
            time.sleep(told["seconds"])
    return {"batchItemFailures": failed}
'''
