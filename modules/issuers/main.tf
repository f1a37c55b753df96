locals {
  audiences = merge(
    var.github ? { "token.actions.githubusercontent.com" = "sts.amazonaws.com" } : {},
    { for team in var.vercel_teams : "oidc.vercel.com/${team}" => "https://vercel.com/${team}" },
  )
}

# An account has one provider a URL: what is there already is left out here and used as it is.
resource "aws_iam_openid_connect_provider" "this" {
  for_each = local.audiences

  url            = "https://${each.key}"
  client_id_list = [each.value]
  tags           = var.tags
}
