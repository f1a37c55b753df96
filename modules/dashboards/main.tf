locals {
  base   = "${var.platform.project}-${var.platform.environment}"
  height = 6

  # A row of graphs for each job can be read up to here, and a dashboard takes 500 widgets; of more
  # jobs the ones that stand out are searched for.
  each_alone = length(var.jobs) <= 50

  names = sort(keys(var.jobs))
}

resource "aws_cloudwatch_dashboard" "throughput" {
  dashboard_name = "${local.base}-throughput"
  dashboard_body = local.each_alone ? jsonencode({ widgets = local.throughput }) : jsonencode({ widgets = local.most_throughput })
}

resource "aws_cloudwatch_dashboard" "errors" {
  dashboard_name = "${local.base}-errors"
  dashboard_body = local.each_alone ? jsonencode({ widgets = concat(local.over_all, local.errors) }) : jsonencode({ widgets = concat(local.over_all, local.most_errors) })
}
