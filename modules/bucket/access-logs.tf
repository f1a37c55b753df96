locals {
  # Only for the buckets that are named: anybody could point the logs of theirs at this one.
  access_log_statements = length(var.logs_of) == 0 ? [] : [{
    Sid       = "TakeAccessLogs"
    Effect    = "Allow"
    Principal = { Service = "logging.s3.amazonaws.com" }
    Action    = "s3:PutObject"
    Resource  = "${aws_s3_bucket.this.arn}/*"
    Condition = { ArnEquals = { "aws:SourceArn" = [for name in var.logs_of : "${trimsuffix(aws_s3_bucket.this.arn, var.name)}${name}"] } }
  }]
}

resource "aws_s3_bucket_logging" "this" {
  count = var.access_log_bucket == "" ? 0 : 1

  bucket        = aws_s3_bucket.this.id
  target_bucket = var.access_log_bucket
  target_prefix = "${var.name}/"
}
