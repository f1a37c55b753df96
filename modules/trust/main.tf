locals {
  _github = "token.actions.githubusercontent.com"

  github_subjects = flatten([for source in var.trust.github : concat(
    [for name in source.environments : "repo:${source.repository}:environment:${name}"],
    [for name in source.branches : "repo:${source.repository}:ref:refs/heads/${name}"],
    source.pull_requests ? ["repo:${source.repository}:pull_request"] : [],
  )])

  # Each team has an issuer of its own. AWS sees of a token who it is for and whom it speaks of; both
  # are compared as they stand, so that nothing is trusted by a part of its name.
  vercel_subjects = {
    for team in distinct([for source in var.trust.vercel : source.team]) : team => flatten([
      for source in var.trust.vercel : [
        for name in source.environments : "owner:${team}:project:${source.project}:environment:${name}"
      ] if source.team == team
    ])
  }

  # What stands in a token as its audience, and as its subject, by the host that issued it.
  tokens = merge(
    length(local.github_subjects) == 0 ? {} : {
      (local._github) = { audience = "sts.amazonaws.com", subjects = local.github_subjects }
    },
    {
      for team, subjects in local.vercel_subjects : "oidc.vercel.com/${team}" => {
        audience = "https://vercel.com/${team}"
        subjects = subjects
      }
    },
  )

  _iam = "arn:${var.account.partition}:iam::${var.account.id}"

  statements = concat(
    [for host, token in local.tokens : {
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "${local._iam}:oidc-provider/${host}" }
      Condition = { StringEquals = { "${host}:aud" = [token.audience], "${host}:sub" = token.subjects } }
    }],
    # A principal is named by its ARN in a condition: a role that is made anew is trusted again, and
    # one that Identity Center makes has marks in its name that nobody knows beforehand.
    [for names in [var.trust.principals] : {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = distinct([for arn in names : replace(arn, "/:(role|user)/.*/", ":root")]) }
      Condition = { ArnLike = { "aws:PrincipalArn" = names } }
    } if length(names) > 0],
  )

  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}
