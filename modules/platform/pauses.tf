# Pauses that people made by hand, one parameter a job: they are read, so that a deploy in the middle
# of an incident keeps them. Whether one has run out is not asked here: the same sources shall give
# the same plan at any hour.
locals {
  _pauses = "/${var.project}/${var.environment}/lifecycle"
  paused  = sort([for name in data.aws_ssm_parameters_by_path.pauses.names : element(split("/", name), 4)])
}

data "aws_ssm_parameters_by_path" "pauses" {
  path = local._pauses
}
