mock_provider "aws" {
  source = "../mocks"
}

variables {
  name                   = "clarivum-test-thumbnails"
  job                    = { name = "thumbnails", environment = "test", owner = "web", timeout = 30 }
  queue_name             = "clarivum-test-thumbnails"
  dead_letter_queue_name = "clarivum-test-thumbnails-dlq"
  function_name          = "clarivum-test-thumbnails"
  metrics_namespace      = "ClarivumJobs"
  schedule_group         = "clarivum-test"
  topic_arn              = "arn:aws:sns:eu-west-1:123456789012:clarivum-test-on-call"
}

run "full_is_every_alarm_under_the_name_of_the_job" {
  assert {
    condition = output.names == {
      dead-letters   = "clarivum-test-thumbnails-dead-letters"
      errors         = "clarivum-test-thumbnails-errors"
      failing        = "clarivum-test-thumbnails-failing"
      growing        = "clarivum-test-thumbnails-growing"
      oldest-message = "clarivum-test-thumbnails-oldest-message"
      slow           = "clarivum-test-thumbnails-slow"
      stalled        = "clarivum-test-thumbnails-stalled"
      throttles      = "clarivum-test-thumbnails-throttles"
    }
    error_message = "An alarm is missing or has another name."
  }

  assert {
    condition = output.thresholds == {
      dead-letters = 1, errors = 1, failing = 50, growing = 1, oldest-message = 7200, slow = 24, stalled = 1, throttles = 1
    }
    error_message = "A dashboard would draw its line elsewhere."
  }

  assert {
    condition     = length(output.arns) == 8
    error_message = "A dashboard would not show every alarm."
  }
}

run "quiet_is_what_loses_or_stops_work" {
  variables {
    level     = "quiet"
    schedules = { nightly = { watch = { due = "MINUTE(runs) >= 0", periods = 75 } } }
  }

  assert {
    condition     = join(" ", keys(output.names)) == "dead-letters errors missed.nightly oldest-message"
    error_message = "The wrong alarms are quiet."
  }
}

run "off_is_none" {
  variables {
    level = "off"
  }

  assert {
    condition     = output.names == {}
    error_message = "An alarm rings where nobody listens."
  }
}

run "every_alarm_tells_on_call_when_it_starts_and_when_it_ends" {
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alltrue([
      alarm.alarm_actions == toset([var.topic_arn]),
      alarm.ok_actions == toset([var.topic_arn]),
      alarm.comparison_operator == "GreaterThanOrEqualToThreshold",
      alarm.tags == tomap({ Job = "thumbnails" }),
    ])])
    error_message = "An alarm is heard by nobody, or is nobody's."
  }

  variables {
    tags = { Job = "thumbnails" }
  }
}

run "silence_means_what_it_means_for_each_metric" {
  assert {
    condition = { for kind, alarm in aws_cloudwatch_metric_alarm.this : kind => alarm.treat_missing_data } == {
      dead-letters     = "ignore"
      growing          = "notBreaching"
      oldest-message   = "notBreaching"
      stalled          = "notBreaching"
      errors           = "notBreaching"
      throttles        = "notBreaching"
      failing          = "notBreaching"
      slow             = "notBreaching"
      "missed.nightly" = "breaching"
      undelivered      = "notBreaching"
      recursion        = "notBreaching"
    }
    error_message = "An alarm would take silence for the wrong thing: a sleeping dead-letter queue is not well, and a run that does not come is silent."
  }

  variables {
    job       = { name = "thumbnails", environment = "test", owner = "web", timeout = 30, enqueues = true }
    schedules = { nightly = { watch = { due = "MINUTE(runs) >= 0", periods = 75 } } }
  }
}

run "one_dead_letter_rings_also_while_somebody_looks_at_it" {
  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["dead-letters"].namespace == "AWS/SQS",
      aws_cloudwatch_metric_alarm.this["dead-letters"].metric_name == "ApproximateNumberOfMessagesVisible",
      aws_cloudwatch_metric_alarm.this["dead-letters"].dimensions == tomap({ QueueName = "clarivum-test-thumbnails-dlq" }),
      aws_cloudwatch_metric_alarm.this["dead-letters"].statistic == "Maximum",
      aws_cloudwatch_metric_alarm.this["dead-letters"].threshold == 1,
      aws_cloudwatch_metric_alarm.this["dead-letters"].evaluation_periods == 1,
      aws_cloudwatch_metric_alarm.this["dead-letters"].datapoints_to_alarm == 1,
    ])
    error_message = "One message in the dead-letter queue would not ring."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["dead-letters"].period == 300
    error_message = "A letter that somebody looks at would seem gone."
  }
}

run "growth_rings_beside_letters_that_lie_there" {
  assert {
    condition = jsonencode({ for query in aws_cloudwatch_metric_alarm.this["growing"].metric_query : query.id =>
      [query.expression, query.return_data, one(query.metric[*].metric_name), one(query.metric[*].period), one(query.metric[*].dimensions["QueueName"])]
      }) == jsonencode({
      visible = [null, null, "ApproximateNumberOfMessagesVisible", 300, "clarivum-test-thumbnails-dlq"]
      hidden  = [null, null, "ApproximateNumberOfMessagesNotVisible", 300, "clarivum-test-thumbnails-dlq"]
      letters = ["visible + hidden", false, null, null, null]
      growth  = ["DIFF(letters)", false, null, null, null]
      alarm   = ["IF(letters > growth, growth, 0)", true, null, null, null]
    })
    error_message = "More dead letters after the first would ring for nobody."
  }

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["growing"].threshold == 1,
      aws_cloudwatch_metric_alarm.this["growing"].evaluation_periods == 1,
      aws_cloudwatch_metric_alarm.this["growing"].datapoints_to_alarm == 1,
    ])
    error_message = "Growth by one would not ring."
  }
}

run "a_message_that_waits_too_long_rings" {
  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["oldest-message"].namespace == "AWS/SQS",
      aws_cloudwatch_metric_alarm.this["oldest-message"].metric_name == "ApproximateAgeOfOldestMessage",
      aws_cloudwatch_metric_alarm.this["oldest-message"].dimensions == tomap({ QueueName = "clarivum-test-thumbnails" }),
      aws_cloudwatch_metric_alarm.this["oldest-message"].statistic == "Maximum",
      aws_cloudwatch_metric_alarm.this["oldest-message"].period == 60,
      aws_cloudwatch_metric_alarm.this["oldest-message"].evaluation_periods == 1,
      aws_cloudwatch_metric_alarm.this["oldest-message"].datapoints_to_alarm == 1,
      aws_cloudwatch_metric_alarm.this["oldest-message"].threshold == 7200,
    ])
    error_message = "An old message would not ring."
  }
}

run "a_queue_that_nobody_takes_from_rings_later_than_any_run_may_last" {
  assert {
    condition = jsonencode({ for query in aws_cloudwatch_metric_alarm.this["stalled"].metric_query : query.id =>
      [query.expression, query.return_data, one(query.metric[*].metric_name), one(query.metric[*].stat), one(query.metric[*].period), one(query.metric[*].dimensions["QueueName"])]
      }) == jsonencode({
      waiting  = [null, null, "ApproximateNumberOfMessagesVisible", "Minimum", 60, "clarivum-test-thumbnails"]
      received = [null, null, "NumberOfMessagesReceived", "Sum", 60, "clarivum-test-thumbnails"]
      alarm    = ["(waiting > 0) > (received > 0)", true, null, null, null, null]
    })
    error_message = "A queue that nobody takes from would not ring."
  }

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["stalled"].threshold == 1,
      aws_cloudwatch_metric_alarm.this["stalled"].evaluation_periods == 20,
      aws_cloudwatch_metric_alarm.this["stalled"].datapoints_to_alarm == 20,
    ])
    error_message = "Workers that are all busy would be taken for none."
  }

  variables {
    job = { name = "thumbnails", environment = "test", owner = "web", timeout = 900 }
  }
}

run "a_stall_of_short_runs_is_no_matter_of_seconds" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["stalled"].evaluation_periods == 10
    error_message = "A pause between two polls would ring."
  }
}

run "one_crash_rings_also_when_it_is_told_late" {
  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["errors"].namespace == "AWS/Lambda",
      aws_cloudwatch_metric_alarm.this["errors"].metric_name == "Errors",
      aws_cloudwatch_metric_alarm.this["errors"].dimensions == tomap({ FunctionName = "clarivum-test-thumbnails" }),
      aws_cloudwatch_metric_alarm.this["errors"].statistic == "Sum",
      aws_cloudwatch_metric_alarm.this["errors"].period == 300,
      aws_cloudwatch_metric_alarm.this["errors"].threshold == 1,
      aws_cloudwatch_metric_alarm.this["errors"].datapoints_to_alarm == 1,
    ])
    error_message = "One crash would not ring."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["errors"].evaluation_periods == 4
    error_message = "A time-out is dated by its invocation: the alarm must look back as far and a period more."
  }

  variables {
    job = { name = "thumbnails", environment = "test", owner = "web", timeout = 900 }
  }
}

run "one_throttle_rings" {
  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["throttles"].namespace == "AWS/Lambda",
      aws_cloudwatch_metric_alarm.this["throttles"].metric_name == "Throttles",
      aws_cloudwatch_metric_alarm.this["throttles"].dimensions == tomap({ FunctionName = "clarivum-test-thumbnails" }),
      aws_cloudwatch_metric_alarm.this["throttles"].statistic == "Sum",
      aws_cloudwatch_metric_alarm.this["throttles"].period == 300,
      aws_cloudwatch_metric_alarm.this["throttles"].evaluation_periods == 1,
      aws_cloudwatch_metric_alarm.this["throttles"].datapoints_to_alarm == 1,
      aws_cloudwatch_metric_alarm.this["throttles"].threshold == 1,
    ])
    error_message = "One refusal would not ring."
  }
}

run "attempts_that_fail_ring_from_half_of_ten_on" {
  assert {
    condition = jsonencode({ for query in aws_cloudwatch_metric_alarm.this["failing"].metric_query : query.id =>
      [query.expression, query.return_data, one(query.metric[*].metric_name), one(query.metric[*].stat), one(query.metric[*].period), one(query.metric[*].namespace)]
      }) == jsonencode({
      failed = [null, null, "job_failed_total", "Sum", 900, "ClarivumJobs"]
      done   = [null, null, "job_processed_total", "Sum", 900, "ClarivumJobs"]
      alarm  = ["IF(failed + done >= 10, 100 * failed / (failed + done), 0)", true, null, null, null, null]
    })
    error_message = "Failing attempts would ring for nobody."
  }

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["failing"].threshold == 50,
      aws_cloudwatch_metric_alarm.this["failing"].evaluation_periods == 1,
      aws_cloudwatch_metric_alarm.this["failing"].datapoints_to_alarm == 1,
    ])
    error_message = "Half of the attempts would not ring."
  }

  assert {
    condition = toset(flatten([for query in aws_cloudwatch_metric_alarm.this["failing"].metric_query : query.metric[*].dimensions])) == toset([
      tomap({ environment = "test", job = "thumbnails" })
    ])
    error_message = "Two environments in one account would be one."
  }
}

run "work_near_its_timeout_rings" {
  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["slow"].namespace == "ClarivumJobs",
      aws_cloudwatch_metric_alarm.this["slow"].metric_name == "job_duration_seconds",
      aws_cloudwatch_metric_alarm.this["slow"].dimensions == tomap({ environment = "test", job = "thumbnails" }),
      aws_cloudwatch_metric_alarm.this["slow"].statistic == "Maximum",
      aws_cloudwatch_metric_alarm.this["slow"].period == 300,
      aws_cloudwatch_metric_alarm.this["slow"].evaluation_periods == 1,
      aws_cloudwatch_metric_alarm.this["slow"].datapoints_to_alarm == 1,
      aws_cloudwatch_metric_alarm.this["slow"].threshold == 24,
    ])
    error_message = "Work that will soon time out would not ring."
  }
}
