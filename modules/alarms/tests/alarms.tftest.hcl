mock_provider "aws" {
  source = "../mocks"
}

variables {
  name                   = "clarivum-test-thumbnails"
  queue_name             = "clarivum-test-thumbnails"
  dead_letter_queue_name = "clarivum-test-thumbnails-dlq"
  function_name          = "clarivum-test-thumbnails"
  topic_arn              = "arn:aws:sns:eu-west-1:123456789012:clarivum-test-on-call"
}

run "one_dead_letter_rings" {
  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["dead-letters"].metric_name == "ApproximateNumberOfMessagesVisible",
      aws_cloudwatch_metric_alarm.this["dead-letters"].dimensions == tomap({ QueueName = "clarivum-test-thumbnails-dlq" }),
      aws_cloudwatch_metric_alarm.this["dead-letters"].comparison_operator == "GreaterThanOrEqualToThreshold",
      aws_cloudwatch_metric_alarm.this["dead-letters"].threshold == 1,
    ])
    error_message = "One message in the dead-letter queue would not ring."
  }
}

run "every_alarm_tells_on_call_when_it_starts_and_when_it_ends" {
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.this :
      alarm.alarm_actions == toset([var.topic_arn]) && alarm.ok_actions == toset([var.topic_arn])
    ])
    error_message = "An alarm is heard by nobody."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.period >= 60 && alarm.treat_missing_data == "notBreaching"])
    error_message = "An alarm would see gaps between the minutes."
  }
}

run "the_four_alarms_carry_the_name_of_the_job" {
  assert {
    condition = output.names == {
      dead-letters   = "clarivum-test-thumbnails-dead-letters"
      oldest-message = "clarivum-test-thumbnails-oldest-message"
      errors         = "clarivum-test-thumbnails-errors"
      throttles      = "clarivum-test-thumbnails-throttles"
    }
    error_message = "An alarm is missing or has another name."
  }
}

run "a_threshold_of_none_is_refused" {
  command = plan
  variables {
    thresholds = { errors = 0 }
  }
  expect_failures = [var.thresholds]
}

run "a_topic_that_is_no_topic_is_refused" {
  command = plan
  variables {
    topic_arn = "on-call"
  }
  expect_failures = [var.topic_arn]
}

run "a_name_with_a_space_is_refused" {
  command = plan
  variables {
    name = "my job"
  }
  expect_failures = [var.name]
}
