locals {
  base = "${var.project}-${var.environment}"

  _arn   = "arn:${var.location.partition}"
  _place = "${var.location.region}:${var.location.account_id}"

  queues       = "${local._arn}:sqs:${local._place}:${local.base}-*"
  dead_letters = "${local._arn}:sqs:${local._place}:${local.base}-*-dlq"
  functions    = "${local._arn}:lambda:${local._place}:function:${local.base}-*"
  mappings     = "${local._arn}:lambda:${local._place}:event-source-mapping:*"
  table        = "${local._arn}:dynamodb:${local._place}:table/${local.base}-jobs"
  logs         = "${local._arn}:logs:${local._place}:log-group:/aws/lambda/${local.base}-*"
  alarms       = "${local._arn}:cloudwatch:${local._place}:alarm:${local.base}-*"
  topic        = "${local._arn}:sns:${local._place}:${local.base}-on-call"
  schedules    = "${local._arn}:scheduler:${local._place}:schedule/${local.base}/*"
  delayed      = "${local._arn}:scheduler:${local._place}:schedule/${local.base}-delayed/*"
  secrets      = "${local._arn}:secretsmanager:${local._place}:secret:${var.project}/${var.environment}/*"
  artifacts    = "${local._arn}:s3:::${local.base}-artifacts-${var.location.account_id}"
  pauses       = "${local._arn}:ssm:${local._place}:parameter/${var.project}/${var.environment}/*"
  roles        = "${local._arn}:iam::${var.location.account_id}:role/${local.base}-*"
  identities   = "${local._arn}:ses:${local._place}:identity/*"

  policies = {
    for name, policy in {
      "read.read" = local.reads
      "act.read"  = local.reads
      "act.act"   = local.acts
      } : name => jsonencode({
        Version   = "2012-10-17"
        Statement = [for s in policy : merge({ Effect = "Allow" }, s)]
    })
  }
}

module "trust" {
  source   = "../trust"
  for_each = { read = var.trust.read, act = var.trust.act }

  account = { id = var.location.account_id, partition = var.location.partition }
  trust   = each.value
}

# Below a path of their own: a deploy may change roles of the environment, and not these.
resource "aws_iam_role" "this" {
  for_each = {
    read = "Looks at ${local.base}: counts, records, logs and settings; receives no message."
    act  = "Works on ${local.base}: replays, discards, sends, pauses and resumes."
  }

  name               = "${local.base}-${each.key}"
  path               = "/${local.base}/"
  description        = each.value
  assume_role_policy = module.trust[each.key].policy
  tags               = var.tags
}

resource "aws_iam_role_policy" "this" {
  for_each = local.policies

  name   = split(".", each.key)[1]
  role   = aws_iam_role.this[split(".", each.key)[0]].id
  policy = each.value
}
