mock_provider "aws" {
  source = "../mocks"
}

variables {
  name      = "clarivum-test-site"
  jobs      = ["thumbnails", "mail"]
  variables = { JOBS_QUEUE_BASE_URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-" }
  trust     = { vercel = [{ team = "clarivum", project = "site" }] }
  platform = {
    project     = "clarivum"
    environment = "test"
    account_id  = "123456789012"
    region      = "eu-west-1"
    partition   = "aws"
    delayed     = { schedules_arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed", role_arn = "arn:aws:iam::123456789012:role/clarivum-test-delayed" }
  }
}

run "a_producer_fills_the_queues_it_names_and_no_others" {
  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy).Statement == [
      {
        Sid      = "Enqueue"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:eu-west-1:123456789012:clarivum-test-mail", "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails"]
      },
      {
        Sid    = "ScheduleDelayed"
        Effect = "Allow"
        Action = ["scheduler:CreateSchedule"]
        Resource = [
          "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed/mail-????????????????????????????????",
          "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed/thumbnails-????????????????????????????????",
        ]
      },
      {
        Sid    = "TakeBack"
        Effect = "Allow"
        Action = ["scheduler:GetSchedule", "scheduler:DeleteSchedule"]
        Resource = [
          "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed/mail-????????????????????????????????",
          "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed/thumbnails-????????????????????????????????",
        ]
      },
      {
        Sid       = "LendRole"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = ["arn:aws:iam::123456789012:role/clarivum-test-delayed"]
        Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
      },
    ]
    error_message = "The producer may do something else than enqueue the jobs it names."
  }

  assert {
    condition     = aws_iam_role_policy.this.role == aws_iam_role.this.id && aws_iam_role_policy.this.name == "producer"
    error_message = "The policy is not the role's."
  }
}

run "the_role_is_the_services_and_says_what_it_is_for" {
  variables {
    tags = { Team = "web" }
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["oidc.vercel.com/clarivum:sub"] == ["owner:clarivum:project:site:environment:production"]
    error_message = "Somebody else may take the role."
  }

  assert {
    condition     = aws_iam_role.this.name == "clarivum-test-site" && aws_iam_role.this.description == "Enqueues jobs of clarivum-test." && aws_iam_role.this.max_session_duration == 3600 && aws_iam_role.this.tags == tomap({ Team = "web" })
    error_message = "The role is not as it was asked for."
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == null
    error_message = "There is a boundary that nobody asked for."
  }

  assert {
    condition     = output.variables.AWS_ROLE_ARN == aws_iam_role.this.arn && output.variables.JOBS_QUEUE_BASE_URL == var.variables.JOBS_QUEUE_BASE_URL && output.variables.AWS_REGION == "eu-west-1"
    error_message = "The service is not told what it has to know."
  }

  assert {
    condition     = output.issuers == tolist(["oidc.vercel.com/clarivum"])
    error_message = "Which identity provider is needed is not told."
  }
}

run "the_boundary_is_the_environments" {
  variables {
    platform = {
      project              = "clarivum"
      environment          = "test"
      account_id           = "123456789012"
      region               = "eu-west-1"
      partition            = "aws"
      delayed              = { schedules_arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed", role_arn = "arn:aws:iam::123456789012:role/clarivum-test-delayed" }
      permissions_boundary = "arn:aws:iam::123456789012:policy/clarivum-test-boundary"
    }
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/clarivum-test-boundary"
    error_message = "The role is outside the boundary."
  }
}

run "a_producer_of_nothing_is_refused" {
  command = plan
  variables {
    jobs = []
  }
  expect_failures = [var.jobs]
}

run "a_wildcard_for_jobs_is_refused" {
  command = plan
  variables {
    jobs = ["*"]
  }
  expect_failures = [var.jobs]
}

run "a_dead_letter_queue_is_no_job" {
  command = plan
  variables {
    jobs = ["mail-dlq"]
  }
  expect_failures = [var.jobs]
}

run "a_name_with_a_slash_is_refused" {
  command = plan
  variables {
    name = "a/b"
  }
  expect_failures = [var.name]
}

run "a_session_of_a_minute_is_refused" {
  command = plan
  variables {
    max_session_duration = 60
  }
  expect_failures = [var.max_session_duration]
}

run "a_producer_of_many_jobs_is_described_in_few_words" {
  variables {
    jobs = [for number in range(20) : "a-job-with-quite-a-long-name-of-${number}"]
  }

  assert {
    condition     = length(aws_iam_role.this.description) <= 1000
    error_message = "IAM refuses the description."
  }
}

run "more_jobs_than_a_policy_holds_are_refused" {
  command = plan
  variables {
    jobs = [for number in range(60) : "a-job-with-quite-a-long-name-of-${number}"]
  }
  expect_failures = [aws_iam_role_policy.this]
}

run "a_closed_job_takes_nothing_new_and_what_was_delayed_can_be_taken_back" {
  command = plan
  variables {
    platform = merge(var.platform, { closed = ["mail"] })
  }

  assert {
    condition = [for s in jsondecode(local.policy).Statement : "${join(" ", s.Action)} ${length(s.Resource)}" if s.Sid != "LendRole"] == [
      "sqs:SendMessage 1", "scheduler:CreateSchedule 1", "scheduler:GetSchedule scheduler:DeleteSchedule 2",
    ]
    error_message = "The closed job is enqueued, or the open one is not, or nothing can be taken back."
  }

  assert {
    condition     = jsondecode(local.policy).Statement[0].Resource == ["arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails"]
    error_message = "Another job than the closed one is left out."
  }
}

run "a_producer_of_closed_jobs_alone_enqueues_nothing" {
  command = plan
  variables {
    platform = merge(var.platform, { closed = ["mail", "thumbnails"] })
  }

  assert {
    condition     = [for s in jsondecode(local.policy).Statement : s.Sid] == ["TakeBack", "LendRole"]
    error_message = "A closed job is enqueued."
  }
}
