mock_provider "aws" {
  source = "../mocks"
}

variables {
  project     = "clarivum"
  environment = "test"
  location    = { account_id = "123456789012", region = "eu-west-1" }
  trust = {
    plan  = { github = [{ repository = "clarivum/jobs", pull_requests = true }] }
    apply = { github = [{ repository = "clarivum/jobs", environments = ["test"] }] }
  }
}

run "each_role_is_taken_by_its_own_workflows" {
  variables {
    tags = { Project = "clarivum" }
  }

  assert {
    condition = { for role in aws_iam_role.this : role.name => jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] } == {
      clarivum-test-plan  = ["repo:clarivum/jobs:pull_request"]
      clarivum-test-apply = ["repo:clarivum/jobs:environment:test"]
    }
    error_message = "A pull request could apply, or somebody else plan."
  }

  assert {
    condition     = alltrue([for one in concat(values(aws_iam_role.this), [aws_iam_policy.boundary]) : one.path == "/clarivum-test/" && one.tags == tomap({ Project = "clarivum" })])
    error_message = "A deploy could change its own rights, or tags are missing."
  }

  assert {
    condition     = aws_iam_role.this["plan"].description == "Plans clarivum-test: reads what is there and changes nothing." && aws_iam_role.this["apply"].description == "Applies clarivum-test: makes, changes and removes what its name begins with."
    error_message = "A role does not say what it is for."
  }

  assert {
    condition     = output.issuers == tolist(["token.actions.githubusercontent.com"])
    error_message = "Which identity provider is needed is not told."
  }
}

run "who_plans_reads_settings_and_locks_the_state" {
  assert {
    condition     = { for key, policy in aws_iam_role_policy.this : key => policy.name } == { "plan.read" = "read", "plan.lock" = "lock", "apply.lock" = "lock", "apply.write" = "write", "apply.roles" = "roles" }
    error_message = "A role has a policy more or less."
  }

  assert {
    condition = alltrue(flatten([for s in jsondecode(aws_iam_role_policy.this["plan.read"].policy).Statement : [
      for action in s.Action : can(regex("^[a-z0-9]+:(Get|List|Describe|View)", action)) && s.Effect == "Allow"
    ]]))
    error_message = "Who plans may change something."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this["plan.lock"].policy).Statement == [{
      Sid = "Lock", Effect = "Allow", Action = ["s3:DeleteObject", "s3:PutObject"], Resource = ["arn:aws:s3:::clarivum-test-state-123456789012/*.tflock"]
    }]
    error_message = "Who plans may write something else than the lock."
  }
}

run "no_role_is_made_beyond_the_boundary" {
  override_resource {
    target = aws_iam_policy.boundary
    values = { arn = "arn:aws:iam::123456789012:policy/clarivum-test/clarivum-test-boundary" }
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this["apply.roles"].policy).Statement[0] == {
      Sid       = "BoundedRoles"
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
      Resource  = ["arn:aws:iam::123456789012:role/clarivum-test-*"]
      Condition = { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/clarivum-test/clarivum-test-boundary" } }
    }
    error_message = "A role can be made or strengthened outside the boundary."
  }

  assert {
    condition     = aws_iam_policy.boundary.name == "clarivum-test-boundary" && aws_iam_policy.boundary.description == "The most that any role which a deploy of clarivum-test makes can do."
    error_message = "The boundary is not called what it is."
  }

  assert {
    condition     = output.permissions_boundary == "arn:aws:iam::123456789012:policy/clarivum-test/clarivum-test-boundary"
    error_message = "Another boundary is told."
  }
}

run "what_handlers_are_granted_is_in_the_boundary" {
  variables {
    mail_domains = ["clarivum.example"]
    granted      = [{ actions = ["s3:GetObject"], resources = ["arn:aws:s3:::clarivum-test-data-123456789012/*"] }]
  }

  assert {
    condition     = contains(jsondecode(aws_iam_policy.boundary.policy).Statement, { Sid = "Granted0", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::clarivum-test-data-123456789012/*"] })
    error_message = "A handler would be refused what it was granted."
  }

  assert {
    condition     = length([for s in jsondecode(aws_iam_role_policy.this["apply.write"].policy).Statement : s if s.Sid == "Mail" && s.Resource == ["arn:aws:ses:eu-west-1:123456789012:identity/clarivum.example"]]) == 1
    error_message = "The mail domain cannot be made known to SES."
  }
}

run "a_grant_to_change_rights_is_refused" {
  command = plan
  variables {
    granted = [{ actions = ["s3:GetObject", "iam:CreateRole"], resources = ["*"] }]
  }
  expect_failures = [var.granted]
}

run "a_grant_of_everything_is_refused" {
  command = plan
  variables {
    granted = [{ actions = ["*"], resources = ["*"] }]
  }
  expect_failures = [var.granted]
}

run "a_wildcard_for_domains_is_refused" {
  command = plan
  variables {
    mail_domains = ["*"]
  }
  expect_failures = [var.mail_domains]
}

run "policies_too_long_for_iam_are_refused" {
  command = plan
  variables {
    mail_domains = [for number in range(200) : "d${number}.clarivum.example"]
  }
  expect_failures = [aws_iam_role_policy.this]
}

run "an_account_that_is_no_account_is_refused" {
  command = plan
  variables {
    location = { account_id = "1", region = "eu-west-1" }
  }
  expect_failures = [var.location]
}

run "an_environment_of_two_words_is_refused" {
  command = plan
  variables {
    environment = "a-b"
  }
  expect_failures = [var.environment]
}

run "a_project_in_capitals_is_refused" {
  command = plan
  variables {
    project = "Clarivum"
  }
  expect_failures = [var.project]
}

run "a_key_and_a_network_of_ones_own_take_these_rights" {
  variables {
    isolation = { kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d", vpc = true }
  }

  assert {
    condition = { for name, policy in aws_iam_role_policy.this : name => [for s in jsondecode(policy.policy).Statement : "${join(" ", [for action in s.Action : action if can(regex("^(kms|ec2):", action))])} ${join(" ", s.Resource)}" if can(regex("kms:|ec2:", join(" ", s.Action)))] if can(regex("(read|write)$", name)) } == {
      "plan.read" = ["kms:Decrypt kms:DescribeKey arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"]
      "apply.write" = [
        "ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs *",
        "kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d",
        "kms:CreateGrant arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d",
      ]
    }
    error_message = "A deploy has other rights than key and network take."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_policy.boundary.policy).Statement : "${join(" ", s.Action)} ${join(" ", s.Resource)}" if s.Sid == "UseKey"] == ["kms:Decrypt kms:GenerateDataKey arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"]
    error_message = "Workers could not use the key within the boundary."
  }
}

run "a_take_down_empties_the_buckets_that_are_named" {
  variables {
    disposable_buckets = ["site"]
  }

  assert {
    condition = [for s in jsondecode(aws_iam_role_policy.this["apply.write"].policy).Statement : "${join(" ", s.Action)} ${join(" ", s.Resource)}" if s.Sid == "EmptyBuckets"] == [
      "s3:DeleteObject s3:DeleteObjectVersion s3:ListBucketVersions arn:aws:s3:::clarivum-test-site-123456789012 arn:aws:s3:::clarivum-test-site-123456789012/*",
    ]
    error_message = "A take-down could not empty its bucket, or another one."
  }
}

run "the_state_is_not_disposable" {
  command = plan
  variables {
    disposable_buckets = ["state"]
  }
  expect_failures = [var.disposable_buckets]
}
