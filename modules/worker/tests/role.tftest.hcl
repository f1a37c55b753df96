mock_provider "aws" {
  source = "../mocks"
}

variables {
  job         = "thumbnails"
  retry       = { max_attempts = 5, max_receives = 26, base = 10, cap = 900 }
  idempotency = { retention = 1555200 }
  secrets     = ["api-key"]
  statements  = [{ actions = ["s3:PutObject"], resources = ["arn:aws:s3:::clarivum-test-site/*"] }]
  platform = {
    project              = "clarivum"
    environment          = "test"
    permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
    table_name           = "clarivum-test-jobs"
    table_arn            = "arn:aws:dynamodb:eu-west-1:123456789012:table/clarivum-test-jobs"
    delayed              = { group = "clarivum-test-delayed", schedules_arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed", role_arn = "arn:aws:iam::123456789012:role/clarivum-test-delayed" }
    artifact_bucket      = "clarivum-test-artifacts-123456789012"
    layer_arn            = "arn:aws:lambda:eu-west-1:123456789012:layer:clarivum-test-dependencies:1"
    layer_runtime        = "python3.13"
    layer_architecture   = "arm64"
    secret_arns          = { api-key = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/test/api-key-AbCdEf", other = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/test/other-AbCdEf" }
    variables            = {}
  }
  function = {
    artifact     = { key = "functions/thumbnails/abc.zip", sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" }
    description  = "Make thumbnails."
    runtime      = "python3.13"
    architecture = "arm64"
    handler      = "generated.entrypoints.thumbnails.lambda_handler"
    timeout      = 30
    memory_size  = 256
  }
  queue = {
    name               = "clarivum-test-thumbnails"
    arn                = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails"
    url                = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-thumbnails"
    dead_letter_arn    = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq"
    dead_letter_url    = "https://sqs.eu-west-1.amazonaws.com/123456789012/clarivum-test-thumbnails-dlq"
    visibility_timeout = 180
    message_retention  = 345600
  }
}

run "the_role_reaches_its_own_things_and_what_was_granted" {
  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Sid => { actions = statement.Action, resources = statement.Resource } } == {
      WorkOwnQueue = {
        actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"]
        resources = ["arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails"]
      }
      SendOwnQueues = {
        actions   = ["sqs:SendMessage"]
        resources = ["arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq"]
      }
      WriteOwnLog = {
        actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        resources = ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/clarivum-test-thumbnails:*"]
      }
      Trace = {
        actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
        resources = ["*"]
      }
      KeepOwnRecords = {
        actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
        resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/clarivum-test-jobs"]
      }
      ReadOwnSecrets = {
        actions   = ["secretsmanager:GetSecretValue"]
        resources = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/test/api-key-AbCdEf"]
      }
      Granted0 = {
        actions   = ["s3:PutObject"]
        resources = ["arn:aws:s3:::clarivum-test-site/*"]
      }
    }
    error_message = "The role reaches more or less than it should."
  }
}

run "the_role_reaches_only_records_of_its_own_job" {
  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Condition if can(statement.Condition)] == [
      { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["thumbnails#*"] }, Null = { "dynamodb:LeadingKeys" = "false" } },
    ]
    error_message = "The role reaches records of other jobs."
  }
}

run "a_renamed_job_keeps_its_records_and_nobody_elses" {
  variables {
    idempotency = { retention = 1555200, record_name = "pictures" }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"] if can(statement.Condition)] == [["pictures#*"]]
    error_message = "A renamed job cannot reach what is on record of it, or reaches more."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables["JOB_RECORD_NAME"] == "pictures" && aws_lambda_function.this.environment[0].variables["JOB_NAME"] == "thumbnails"
    error_message = "The function does not know under which name its work is on record."
  }
}

run "a_job_without_secrets_and_grants_gets_no_such_statement" {
  variables {
    secrets    = []
    statements = []
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Sid] == ["WorkOwnQueue", "SendOwnQueues", "WriteOwnLog", "Trace", "KeepOwnRecords"]
    error_message = "The role has a statement without need."
  }
}

run "a_job_that_schedules_start_reaches_its_own_queue" {
  variables {
    scheduled = true
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Resource if statement.Sid == "SendOwnQueues"] == [["arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq", "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails"]]
    error_message = "The runs of the job's schedules would not reach its queue."
  }
}

run "a_job_that_enqueues_others_reaches_their_queues_and_what_is_scheduled_for_them" {
  variables {
    enqueues = ["thumbnails", "render-a-document-that-takes-very-long"]
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Sid => statement if contains(["Enqueue", "ScheduleDelayed", "LendRole"], statement.Sid) } == {
      Enqueue = {
        Sid    = "Enqueue"
        Effect = "Allow"
        Action = ["sqs:SendMessage"]
        Resource = [
          "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-render-a-document-that-takes-very-long",
          "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails",
        ]
      }
      ScheduleDelayed = {
        Sid    = "ScheduleDelayed"
        Effect = "Allow"
        Action = ["scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:DeleteSchedule"]
        Resource = [
          "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed/render-a-document-that-takes-ve-????????????????????????????????",
          "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed/thumbnails-????????????????????????????????",
        ]
      }
      LendRole = {
        Sid       = "LendRole"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = ["arn:aws:iam::123456789012:role/clarivum-test-delayed"]
        Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
      }
    }
    error_message = "The role reaches more or less than the jobs it enqueues."
  }
}

run "a_dead_letter_queue_is_no_job_to_enqueue" {
  command = plan
  variables {
    enqueues = ["thumbnails-dlq"]
  }
  expect_failures = [var.enqueues]
}

run "a_grant_of_everything_is_refused" {
  command = plan
  variables {
    statements = [{ actions = ["*"], resources = ["*"] }]
  }
  expect_failures = [var.statements]
}

run "a_grant_of_nothing_is_refused" {
  command = plan
  variables {
    statements = [{ actions = [], resources = ["*"] }]
  }
  expect_failures = [var.statements]
}

run "the_role_stays_within_the_boundary" {
  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "The function's role has no boundary."
  }
}

run "more_than_a_roles_policies_hold_is_refused" {
  command = plan
  variables {
    statements = [{ actions = ["s3:GetObject"], resources = [for number in range(200) : "arn:aws:s3:::clarivum-test-documents-of-every-kind/${number}/*"] }]
  }
  expect_failures = [aws_iam_role_policy.this]
}

run "a_key_and_a_network_of_ones_own_come_with_their_rights" {
  variables {
    platform = merge(var.platform, {
      kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"
      vpc         = { subnet_ids = ["subnet-a", "subnet-b"], security_group_ids = ["sg-a"] }
    })
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d" && aws_cloudwatch_log_group.this.kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"
    error_message = "Variables or log lines are encrypted with another key."
  }

  assert {
    condition     = aws_lambda_function.this.vpc_config[0].subnet_ids == toset(["subnet-a", "subnet-b"]) && aws_lambda_function.this.vpc_config[0].security_group_ids == toset(["sg-a"])
    error_message = "The function runs in another network."
  }

  assert {
    condition = [for s in jsondecode(aws_iam_role_policy.this.policy).Statement : "${s.Effect} ${join(" ", s.Action)} ${join(" ", s.Resource)}" if contains(["UseKey", "KeepInterfaces", "LeaveInterfacesToLambda"], s.Sid)] == [
      "Allow kms:Decrypt kms:GenerateDataKey arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d",
      "Allow ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:UnassignPrivateIpAddresses *",
      "Deny ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:UnassignPrivateIpAddresses *",
    ]
    error_message = "The role has other rights than key and interfaces take."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.this.policy).Statement : s.Condition if s.Sid == "LeaveInterfacesToLambda"] == [{ ArnEquals = { "lambda:SourceFunctionArn" = ["arn:aws:lambda:eu-west-1:123456789012:function:clarivum-test-thumbnails"] } }]
    error_message = "The function's code may change interfaces itself."
  }
}

run "without_them_there_is_neither" {
  assert {
    condition     = aws_lambda_function.this.kms_key_arn == null && aws_cloudwatch_log_group.this.kms_key_id == null && length(aws_lambda_function.this.vpc_config) == 0
    error_message = "There is a key or a network that nobody asked for."
  }

  assert {
    condition     = alltrue([for s in jsondecode(aws_iam_role_policy.this.policy).Statement : !can(regex("kms:|ec2:", join(" ", s.Action)))])
    error_message = "There are rights that nobody asked for."
  }
}
