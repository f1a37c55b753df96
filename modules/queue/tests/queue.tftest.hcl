mock_provider "aws" {
  source = "../mocks"
}

variables {
  name     = "clarivum-test-thumbnails"
  location = { partition = "aws", region = "eu-west-1", account_id = "123456789012" }
}

run "a_queue_hands_hopeless_messages_to_its_dead_letter_queue" {
  override_resource {
    target = aws_sqs_queue.dead_letter
    values = { arn = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq" }
  }

  assert {
    condition = jsondecode(aws_sqs_queue.main.redrive_policy) == {
      deadLetterTargetArn = "arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails-dlq"
      maxReceiveCount     = 5
    }
    error_message = "The queue does not hand over to its own dead-letter queue after five receives."
  }

  assert {
    condition = jsondecode(aws_sqs_queue.dead_letter.redrive_allow_policy) == {
      redrivePermission = "byQueue"
      sourceQueueArns   = ["arn:aws:sqs:eu-west-1:123456789012:clarivum-test-thumbnails"]
    }
    error_message = "Another queue could use this dead-letter queue."
  }
}

run "both_queues_are_encrypted_and_refuse_plain_http" {
  assert {
    condition     = aws_sqs_queue.main.sqs_managed_sse_enabled && aws_sqs_queue.dead_letter.sqs_managed_sse_enabled
    error_message = "A queue is not encrypted."
  }

  assert {
    condition = alltrue([for queue in [aws_sqs_queue.main, aws_sqs_queue.dead_letter] : jsondecode(queue.policy).Statement[0] == {
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "arn:aws:sqs:eu-west-1:123456789012:${queue.name}"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }])
    error_message = "A queue accepts plain http, or its policy speaks of another queue."
  }
}

run "protected_queues_refuse_to_be_deleted_or_purged" {
  variables {
    protect = true
  }

  assert {
    condition = alltrue([for queue in [aws_sqs_queue.main, aws_sqs_queue.dead_letter] : jsondecode(queue.policy).Statement[1] == {
      Sid       = "KeepMessages"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["sqs:DeleteQueue", "sqs:PurgeQueue"]
      Resource  = "arn:aws:sqs:eu-west-1:123456789012:${queue.name}"
    }])
    error_message = "The messages of a protected queue can be thrown away."
  }
}

run "a_closed_queue_takes_messages_of_few_and_its_dead_letters_of_all" {
  variables {
    senders = ["arn:aws:iam::123456789012:role/clarivum-test-*-worker"]
  }

  assert {
    condition = jsondecode(aws_sqs_queue.main.policy).Statement[1] == {
      Sid       = "Closed"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["sqs:SendMessage"]
      Resource  = local.arn
      Condition = { ArnNotLike = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:role/clarivum-test-*-worker"] } }
    }
    error_message = "A closed queue takes new messages, or refuses what was promised."
  }

  assert {
    condition     = [for s in jsondecode(aws_sqs_queue.dead_letter.policy).Statement : s.Sid] == ["TlsOnly"]
    error_message = "A closed queue's dead letters cannot be parked."
  }
}

run "queues_without_protection_may_go" {
  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.main, aws_sqs_queue.dead_letter] : length(jsondecode(queue.policy).Statement) == 1])
    error_message = "A queue nobody protects refuses something beside plain http."
  }
}

run "a_retry_horizon_beyond_the_retention_is_refused" {
  command = plan
  variables {
    max_receive_count  = 10
    visibility_timeout = 36000
  }
  expect_failures = [aws_sqs_queue.main]
}

run "a_delay_counts_towards_the_retry_horizon" {
  command = plan
  variables {
    max_receive_count  = 2
    visibility_timeout = 60
    delay              = 60
    message_retention  = 240
  }
  expect_failures = [aws_sqs_queue.main]
}

run "dead_letters_that_expire_with_their_source_are_refused" {
  command = plan
  variables {
    message_retention     = 1209600
    dead_letter_retention = 1209600
  }
  expect_failures = [aws_sqs_queue.dead_letter]
}

run "a_name_without_room_for_the_suffix_is_refused" {
  command = plan
  variables {
    name = join("", [for _ in range(77) : "a"])
  }
  expect_failures = [var.name]
}

run "a_visibility_timeout_above_twelve_hours_is_refused" {
  command = plan
  variables {
    visibility_timeout = 43201
  }
  expect_failures = [var.visibility_timeout]
}

run "a_delay_above_a_quarter_of_an_hour_is_refused" {
  command = plan
  variables {
    delay = 901
  }
  expect_failures = [var.delay]
}

run "a_retention_below_a_minute_is_refused" {
  command = plan
  variables {
    message_retention = 59
  }
  expect_failures = [var.message_retention]
}

run "a_dead_letter_retention_above_two_weeks_is_refused" {
  command = plan
  variables {
    dead_letter_retention = 1209601
  }
  expect_failures = [var.dead_letter_retention]
}

run "a_receive_count_of_none_is_refused" {
  command = plan
  variables {
    max_receive_count = 0
  }
  expect_failures = [var.max_receive_count]
}

run "an_account_that_is_no_account_is_refused" {
  command = plan
  variables {
    location = { partition = "aws", region = "eu-west-1", account_id = "dev" }
  }
  expect_failures = [var.location]
}

run "both_queues_are_encrypted_with_the_key_that_is_given" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"
  }

  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.main, aws_sqs_queue.dead_letter] : queue.kms_master_key_id == "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"])
    error_message = "A queue is encrypted with another key: what SQS moves from one to the other would be readable there."
  }
}
