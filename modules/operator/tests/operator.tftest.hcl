mock_provider "aws" {
  source = "../mocks"
}

variables {
  project     = "clarivum"
  environment = "test"
  location    = { account_id = "123456789012", region = "eu-west-1" }
  trust = {
    read = { principals = ["arn:aws:iam::123456789012:role/engineers"] }
    act  = { principals = ["arn:aws:iam::123456789012:role/on-call"] }
  }
}

run "each_role_is_its_peoples" {
  variables {
    tags = { Project = "clarivum" }
  }

  assert {
    condition = { for name, role in aws_iam_role.this : role.name => jsondecode(role.assume_role_policy).Statement[0].Condition.ArnLike["aws:PrincipalArn"] } == {
      clarivum-test-read = ["arn:aws:iam::123456789012:role/engineers"]
      clarivum-test-act  = ["arn:aws:iam::123456789012:role/on-call"]
    }
    error_message = "Somebody else may take a role."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.this : role.path == "/clarivum-test/" && role.tags == tomap({ Project = "clarivum" })])
    error_message = "A deploy could change the roles of people, or their tags are missing."
  }

  assert {
    condition     = aws_iam_role.this["read"].description == "Looks at clarivum-test: counts, records, logs and settings; receives no message." && aws_iam_role.this["act"].description == "Works on clarivum-test: replays, discards, sends, pauses and resumes."
    error_message = "A role does not say what it is for."
  }
}

run "reading_is_no_receiving" {
  assert {
    condition = alltrue(flatten([for s in jsondecode(aws_iam_role_policy.this["read.read"].policy).Statement : [
      for action in s.Action : can(regex(":(Get|List|Describe|Query|Filter|StartQuery)", action)) && s.Effect == "Allow"
    ]]))
    error_message = "Who reads may change something, or take a message."
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.this["act.read"].policy, "GetSecretValue") && aws_iam_role_policy.this["act.read"].policy == aws_iam_role_policy.this["read.read"].policy
    error_message = "Who acts reads something else, or a secret."
  }

  assert {
    condition     = { for key, policy in aws_iam_role_policy.this : key => policy.name } == { "read.read" = "read", "act.read" = "read", "act.act" = "act" }
    error_message = "A policy has another name."
  }
}

run "acting_stays_within_the_environment" {
  assert {
    condition = alltrue(flatten([for s in jsondecode(aws_iam_role_policy.this["act.act"].policy).Statement : [
      for arn in s.Resource : strcontains(arn, "clarivum-test") || strcontains(arn, "/clarivum/test/") || keys(try(s.Condition, {})) == ["ArnLike"]
    ]]))
    error_message = "Who acts reaches another environment."
  }
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
