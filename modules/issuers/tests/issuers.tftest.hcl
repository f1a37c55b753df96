mock_provider "aws" {
  source = "../mocks"
}

run "there_is_none_unless_it_is_asked_for" {
  assert {
    condition     = length(aws_iam_openid_connect_provider.this) == 0
    error_message = "Somebody is trusted by default."
  }
}

run "each_issuer_is_known_with_its_audience" {
  variables {
    github       = true
    vercel_teams = ["clarivum", "other"]
    tags         = { Project = "clarivum" }
  }

  assert {
    condition = { for host, provider in aws_iam_openid_connect_provider.this : provider.url => tolist(provider.client_id_list) } == {
      "https://token.actions.githubusercontent.com" = tolist(["sts.amazonaws.com"])
      "https://oidc.vercel.com/clarivum"            = tolist(["https://vercel.com/clarivum"])
      "https://oidc.vercel.com/other"               = tolist(["https://vercel.com/other"])
    }
    error_message = "An issuer has another address or audience."
  }

  assert {
    condition     = alltrue([for provider in aws_iam_openid_connect_provider.this : provider.tags == tomap({ Project = "clarivum" })])
    error_message = "The tags are missing."
  }
}

run "a_team_with_a_space_is_refused" {
  command = plan
  variables {
    vercel_teams = ["my team"]
  }
  expect_failures = [var.vercel_teams]
}
