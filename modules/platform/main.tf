data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  base       = "${var.project}-${var.environment}"
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  # Provider 6 renames the attribute; the region's own id is the name in both.
  region = data.aws_region.current.id
}

# Two items a piece of work: what decides whether it may run, and the account of its attempts. All
# jobs share the table, told apart by the job's name at the beginning of the key, which is what the
# roles are limited to.
resource "aws_dynamodb_table" "jobs" {
  name                        = "${local.base}-jobs"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "job_status"
    type = "S"
  }

  attribute {
    name = "changed"
    type = "S"
  }

  # Finds the accounts of one job in one status; the other items lack its keys and stay out of it.
  global_secondary_index {
    name            = "by-status"
    hash_key        = "job_status"
    range_key       = "changed"
    projection_type = "ALL"
  }

  ttl {
    attribute_name = "expiration"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  server_side_encryption {
    enabled = false # the free key DynamoDB owns; true would mean a key of KMS
  }
}

resource "aws_scheduler_schedule_group" "jobs" {
  name = local.base
}

resource "aws_lambda_layer_version" "dependencies" {
  layer_name               = "${local.base}-dependencies"
  description              = "What lambdas/layer.lock pins."
  s3_bucket                = var.artifact_bucket
  s3_key                   = var.layer.artifact
  compatible_runtimes      = [var.layer.runtime]
  compatible_architectures = [var.layer.architecture]

  lifecycle {
    # Functions move to the new version before the old one goes.
    create_before_destroy = true
  }
}

resource "aws_secretsmanager_secret" "this" {
  for_each = var.secrets

  name                    = "${var.project}/${var.environment}/${each.key}"
  recovery_window_in_days = var.secret_recovery_days
}
