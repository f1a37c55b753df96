mock_provider "aws" {
  source = "../mocks"
}

variables {
  name = "clarivum-test-site-123456789012"
}

run "a_bucket_is_private_versioned_and_encrypted" {
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Somebody could make the bucket public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "An overwritten object would be gone."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Objects are not encrypted."
  }
}

run "a_bucket_refuses_plain_http" {
  assert {
    condition = jsondecode(aws_s3_bucket_policy.this.policy).Statement[0] == {
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::clarivum-test-site-123456789012", "arn:aws:s3:::clarivum-test-site-123456789012/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }
    error_message = "The bucket accepts plain http."
  }
}

run "objects_stay_unless_somebody_says_otherwise" {
  assert {
    condition     = aws_s3_bucket.this.force_destroy == false
    error_message = "A destroy would take the objects along."
  }
}

run "a_name_with_a_dot_is_refused" {
  command = plan
  variables {
    name = "site.clarivum"
  }
  expect_failures = [var.name]
}

run "half_a_day_is_refused" {
  command = plan
  variables {
    noncurrent_retention_days = 0.5
  }
  expect_failures = [var.noncurrent_retention_days]
}

run "nothing_is_logged_taken_or_forgotten_unless_somebody_says_so" {
  assert {
    condition = (
      length(aws_s3_bucket_logging.this) == 0 &&
      length(jsondecode(aws_s3_bucket_policy.this.policy).Statement) == 1 &&
      length(aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration) == 0
    )
    error_message = "A plain bucket logs, takes logs, or forgets its objects."
  }
}

run "each_access_is_noted_in_another_bucket_under_this_ones_name" {
  variables {
    access_log_bucket = "clarivum-test-logs-123456789012"
  }

  assert {
    condition = (
      aws_s3_bucket_logging.this[0].bucket == aws_s3_bucket.this.id &&
      aws_s3_bucket_logging.this[0].target_bucket == "clarivum-test-logs-123456789012" &&
      aws_s3_bucket_logging.this[0].target_prefix == "clarivum-test-site-123456789012/"
    )
    error_message = "Accesses are not noted, or with those of other buckets."
  }
}

run "logs_of_the_named_buckets_are_taken_and_forgotten" {
  variables {
    logs_of        = ["clarivum-test-state-123456789012"]
    retention_days = 90
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.this.policy).Statement[1] == {
      Sid       = "TakeAccessLogs"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::clarivum-test-site-123456789012/*"
      Condition = { ArnEquals = { "aws:SourceArn" = ["arn:aws:s3:::clarivum-test-state-123456789012"] } }
    }
    error_message = "S3 may not write the logs, or anybody's."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration[0].days == 90
    error_message = "Logs are kept for ever."
  }
}

run "a_bucket_that_logs_itself_is_refused" {
  command = plan
  variables {
    access_log_bucket = "clarivum-test-site-123456789012"
  }
  expect_failures = [var.access_log_bucket]
}

run "half_a_day_of_keeping_is_refused" {
  command = plan
  variables {
    retention_days = 0.5
  }
  expect_failures = [var.retention_days]
}
