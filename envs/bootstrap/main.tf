# Applied once an environment, before its own root: that root keeps its state in the first bucket and
# finds its code in the second. The state of these stays on the machine of whoever applied it,
# under the workspace's name; lost, it is made again with `terraform import` of the buckets.
locals {
  base    = "${var.project}-${var.environment}"
  buckets = { for use in ["state", "artifacts", "logs"] : use => "${local.base}-${use}-${var.account_id}" }

  # Known before anything is made; S3 wants the bucket to be there, which `depends_on` sees to.
  access_logs = var.access_log_days == 0 ? "" : local.buckets.logs
}

module "state" {
  source = "../../modules/bucket"

  name                      = local.buckets.state
  noncurrent_retention_days = 365
  access_log_bucket         = local.access_logs

  depends_on = [module.logs]
}

module "artifacts" {
  source = "../../modules/bucket"

  name                      = local.buckets.artifacts
  noncurrent_retention_days = 365
  access_log_bucket         = local.access_logs

  depends_on = [module.logs]
}

# Who read the state, and who put the code there that runs. Nobody reads these unless they must.
module "logs" {
  source = "../../modules/bucket"
  count  = var.access_log_days == 0 ? 0 : 1

  name                      = local.buckets.logs
  noncurrent_retention_days = 1
  retention_days            = var.access_log_days
  logs_of                   = [local.buckets.state, local.buckets.artifacts]
}
