locals {
  base = "${var.project}-${var.environment}"

  _place = "${var.location.region}:${var.location.account_id}"
  _arn   = "arn:${var.location.partition}"
  _iam   = "${local._arn}:iam::${var.location.account_id}"

  # Below a path of their own: what a deploy may do to roles of the environment, it may not do to
  # these.
  path = "/${local.base}/"

  arns = {
    queues    = "${local._arn}:sqs:${local._place}:${local.base}-*"
    functions = "${local._arn}:lambda:${local._place}:function:${local.base}-*"
    layers    = "${local._arn}:lambda:${local._place}:layer:${local.base}-*"
    mappings  = "${local._arn}:lambda:${local._place}:event-source-mapping:*"
    table     = "${local._arn}:dynamodb:${local._place}:table/${local.base}-jobs"
    logs      = "${local._arn}:logs:${local._place}:log-group:/aws/lambda/${local.base}-*"
    alarms    = "${local._arn}:cloudwatch:${local._place}:alarm:${local.base}-*"
    dashboard = "${local._arn}:cloudwatch::${var.location.account_id}:dashboard/${local.base}-*"
    topics    = "${local._arn}:sns:${local._place}:${local.base}-*"
    schedules = "${local._arn}:scheduler:${local._place}:schedule/${local.base}/*"
    delayed   = "${local._arn}:scheduler:${local._place}:schedule/${local.base}-delayed/*"
    secrets   = "${local._arn}:secretsmanager:${local._place}:secret:${var.project}/${var.environment}/*"
    buckets   = "${local._arn}:s3:::${local.base}-*-${var.location.account_id}"
    state     = "${local._arn}:s3:::${local.base}-state-${var.location.account_id}"
    artifacts = "${local._arn}:s3:::${local.base}-artifacts-${var.location.account_id}"
    roles     = "${local._iam}:role/${local.base}-*"
    pauses    = "${local._arn}:ssm:${local._place}:parameter/${var.project}/${var.environment}/lifecycle*"
    budget    = "${local._arn}:budgets::${var.location.account_id}:budget/${local.base}"
  }
  # By their whole names: `dev` is no part of `dev2`.
  groups     = [for name in [local.base, "${local.base}-delayed"] : "${local._arn}:scheduler:${local._place}:schedule-group/${name}"]
  disposable = [for use in var.disposable_buckets : "${local._arn}:s3:::${local.base}-${use}-${var.location.account_id}"]
  identities = [for domain in var.mail_domains : "${local._arn}:ses:${local._place}:identity/${domain}"]

  policies = {
    for role, statements in {
      plan  = { read = local.reads, lock = local.locks }
      apply = { write = local.all, lock = local.locks, roles = local.role_writes }
      } : role => {
      for name, list in statements : name => jsonencode({
        Version   = "2012-10-17"
        Statement = [for s in list : merge({ Effect = "Allow" }, s)]
      })
    }
  }
  inline = merge([for role, parts in local.policies : { for name, policy in parts : "${role}.${name}" => { role = role, name = name, policy = policy } }]...)
}

module "trust" {
  source   = "../trust"
  for_each = { plan = var.trust.plan, apply = var.trust.apply }

  account = { id = var.location.account_id, partition = var.location.partition }
  trust   = each.value
}

resource "aws_iam_role" "this" {
  for_each = {
    plan  = "Plans ${local.base}: reads what is there and changes nothing."
    apply = "Applies ${local.base}: makes, changes and removes what its name begins with."
  }

  name               = "${local.base}-${each.key}"
  path               = local.path
  description        = each.value
  assume_role_policy = module.trust[each.key].policy
  tags               = var.tags
}

resource "aws_iam_role_policy" "this" {
  for_each = local.inline

  name   = each.value.name
  role   = aws_iam_role.this[each.value.role].id
  policy = each.value.policy

  lifecycle {
    precondition {
      condition     = sum([for policy in values(local.policies[each.value.role]) : length(policy)]) <= 10240
      error_message = "Name fewer mail_domains, or shorten project and environment: the policies of ${each.value.role} have more than the 10240 characters that IAM takes."
    }
  }
}

resource "aws_iam_policy" "boundary" {
  name        = "${local.base}-boundary"
  path        = local.path
  description = "The most that any role which a deploy of ${local.base} makes can do."
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.boundary })
  tags        = var.tags
}
