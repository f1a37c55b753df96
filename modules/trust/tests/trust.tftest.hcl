mock_provider "aws" {
  source = "../mocks"
}

variables {
  account = { id = "123456789012" }
}

run "a_workflow_is_known_by_repository_and_where_it_runs" {
  variables {
    trust = {
      github = [
        { repository = "clarivum/site", environments = ["prod"], branches = ["main"] },
        { repository = "clarivum/jobs", pull_requests = true },
      ]
    }
  }

  assert {
    condition = jsondecode(output.policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
        Condition = {
          StringEquals = {
            "token.actions.githubusercontent.com:aud" = ["sts.amazonaws.com"]
            "token.actions.githubusercontent.com:sub" = [
              "repo:clarivum/site:environment:prod",
              "repo:clarivum/site:ref:refs/heads/main",
              "repo:clarivum/jobs:pull_request",
            ]
          }
        }
      }]
    }
    error_message = "A workflow is trusted by something else than its repository and its place."
  }

  assert {
    condition     = output.issuers == tolist(["token.actions.githubusercontent.com"])
    error_message = "Another issuer is named."
  }
}

run "each_team_of_vercel_is_an_issuer_of_its_own" {
  variables {
    trust = {
      vercel = [
        { team = "clarivum", project = "site" },
        { team = "clarivum", project = "shop", environments = ["production", "preview"] },
        { team = "other", project = "site" },
      ]
    }
  }

  assert {
    condition = [for s in jsondecode(output.policy).Statement : s.Condition.StringEquals] == [
      {
        "oidc.vercel.com/clarivum:aud" = ["https://vercel.com/clarivum"]
        "oidc.vercel.com/clarivum:sub" = [
          "owner:clarivum:project:site:environment:production",
          "owner:clarivum:project:shop:environment:production",
          "owner:clarivum:project:shop:environment:preview",
        ]
      },
      {
        "oidc.vercel.com/other:aud" = ["https://vercel.com/other"]
        "oidc.vercel.com/other:sub" = ["owner:other:project:site:environment:production"]
      },
    ]
    error_message = "A project is trusted by something else than its team, its name and its environment."
  }

  assert {
    condition = [for s in jsondecode(output.policy).Statement : s.Principal.Federated] == [
      "arn:aws:iam::123456789012:oidc-provider/oidc.vercel.com/clarivum",
      "arn:aws:iam::123456789012:oidc-provider/oidc.vercel.com/other",
    ]
    error_message = "A team's tokens are those of another issuer."
  }
}

run "people_are_known_by_their_roles" {
  variables {
    account = { id = "123456789012", partition = "aws-cn" }
    trust = {
      principals = ["arn:aws-cn:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_OnCall_*", "arn:aws-cn:iam::123456789012:user/ann"]
    }
  }

  assert {
    condition = jsondecode(output.policy).Statement == [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = ["arn:aws-cn:iam::123456789012:root"] }
      Condition = { ArnLike = { "aws:PrincipalArn" = ["arn:aws-cn:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_OnCall_*", "arn:aws-cn:iam::123456789012:user/ann"] } }
    }]
    error_message = "Somebody else of the account may take the role."
  }
}

run "nobody_is_refused" {
  command = plan
  variables {
    trust = {}
  }
  expect_failures = [var.trust]
}

run "a_whole_repository_is_refused" {
  command = plan
  variables {
    trust = { github = [{ repository = "clarivum/site" }] }
  }
  expect_failures = [var.trust]
}

run "a_wildcard_for_repositories_is_refused" {
  command = plan
  variables {
    trust = { github = [{ repository = "clarivum/*", branches = ["main"] }] }
  }
  expect_failures = [var.trust]
}

run "a_wildcard_for_branches_is_refused" {
  command = plan
  variables {
    trust = { github = [{ repository = "clarivum/site", branches = ["*"] }] }
  }
  expect_failures = [var.trust]
}

run "a_wildcard_for_projects_is_refused" {
  command = plan
  variables {
    trust = { vercel = [{ team = "clarivum", project = "*" }] }
  }
  expect_failures = [var.trust]
}

run "an_environment_that_vercel_does_not_know_is_refused" {
  command = plan
  variables {
    trust = { vercel = [{ team = "clarivum", project = "site", environments = ["staging"] }] }
  }
  expect_failures = [var.trust]
}

run "a_whole_account_is_refused" {
  command = plan
  variables {
    trust = { principals = ["arn:aws:iam::123456789012:root"] }
  }
  expect_failures = [var.trust]
}

run "every_role_of_an_account_is_refused" {
  command = plan
  variables {
    trust = { principals = ["arn:aws:iam::123456789012:role/*"] }
  }
  expect_failures = [var.trust]
}

run "an_account_that_is_no_account_is_refused" {
  command = plan
  variables {
    account = { id = "1234" }
    trust   = { principals = ["arn:aws:iam::123456789012:user/ann"] }
  }
  expect_failures = [var.account]
}

run "as_many_as_iam_takes_are_trusted" {
  command = plan
  variables {
    trust = { principals = concat([for number in range(10, 40) : "arn:aws:iam::123456789012:role/r-${number}"], ["arn:aws:iam::123456789012:role/${join("", [for _ in range(689) : "x"])}"]) }
  }

  assert {
    condition     = length(output.policy) == 2048
    error_message = "The trust is not as long as it may be, so that the next run says nothing."
  }
}

run "more_trust_than_iam_takes_is_refused" {
  command = plan
  variables {
    trust = { principals = concat([for number in range(10, 40) : "arn:aws:iam::123456789012:role/r-${number}"], ["arn:aws:iam::123456789012:role/${join("", [for _ in range(690) : "x"])}"]) }
  }
  expect_failures = [output.policy]
}
