data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  base = "${var.project}-${var.environment}"

  # What is empty is no boundary, and not an ARN that IAM refuses.
  permissions_boundary = var.permissions_boundary == "" ? null : var.permissions_boundary

  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  # Provider 6 renames the attribute; the region's own id is the name in both.
  region = data.aws_region.current.id

  # Whoever puts a message on an encrypted queue makes a data key, and reads it back.
  use_key = [for key in var.isolation.kms_key_arn[*] :
    { Sid = "UseKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = key }
  ]
}

# One item a piece of work: its claim, its attempts, its status and how it ended. All jobs share the
# table, told apart by the job's name at the beginning of the key, which is what the roles are
# limited to.
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

  attribute {
    name = "job_id"
    type = "S"
  }

  # Lists the work of one job in one status. Only what ended once has its keys, and it holds only
  # what a list shows: each attribute more would be written, and paid for, twice.
  global_secondary_index {
    name               = "by-status"
    hash_key           = "job_status"
    range_key          = "changed"
    projection_type    = "INCLUDE"
    non_key_attributes = ["job_id", "code", "reason"]
  }

  # Finds a piece of work by the id of the enqueue that asked for it first.
  global_secondary_index {
    name            = "by-job-id"
    hash_key        = "job_id"
    projection_type = "KEYS_ONLY"
  }

  ttl {
    attribute_name = "expiration"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  server_side_encryption {
    # false: the free key DynamoDB owns; true without a key would mean one of AWS's in KMS.
    enabled     = var.isolation.kms_key_arn != null
    kms_key_arn = var.isolation.kms_key_arn
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
  kms_key_id              = var.isolation.kms_key_arn
}
