# Applied once an environment, before its own root: that root keeps its state in the first bucket and
# finds its code in the second. The state of these two stays on the machine of whoever applied it,
# under the workspace's name; lost, it is made again with `terraform import` of two buckets.
module "state" {
  source = "../../modules/bucket"

  name                      = "${var.project}-${var.environment}-state-${var.account_id}"
  noncurrent_retention_days = 365
}

module "artifacts" {
  source = "../../modules/bucket"

  name                      = "${var.project}-${var.environment}-artifacts-${var.account_id}"
  noncurrent_retention_days = 365
}
