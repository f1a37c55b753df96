mock_provider "aws" {
  source = "../mocks"
}

variables {
  name                   = "clarivum-test-thumbnails"
  job                    = { name = "thumbnails", environment = "test", owner = "web", timeout = 30, enqueues = true }
  queue_name             = "clarivum-test-thumbnails"
  dead_letter_queue_name = "clarivum-test-thumbnails-dlq"
  function_name          = "clarivum-test-thumbnails"
  metrics_namespace      = "ClarivumJobs"
  schedule_group         = "clarivum-test"
  topic_arn              = "arn:aws:sns:eu-west-1:123456789012:clarivum-test-on-call"
  schedules = {
    nightly = { watch = { steps = { time = "HOUR(runs)" }, due = "time == 4", periods = 15 } }
    weekly  = { watch = { due = "MINUTE(runs) >= 0", period = 3600, periods = 168 } }
    once    = {}
  }
}

run "a_run_that_does_not_come_rings" {
  assert {
    condition     = output.names["missed.nightly"] == "clarivum-test-thumbnails-missed.nightly" && !contains(keys(output.names), "missed.once")
    error_message = "A schedule is not watched, or one that cannot be."
  }

  assert {
    condition = jsonencode({ for query in aws_cloudwatch_metric_alarm.this["missed.nightly"].metric_query : query.id =>
      [query.expression, query.return_data, one(query.metric[*].metric_name), one(query.metric[*].stat), one(query.metric[*].period), one(query.metric[*].namespace)]
      }) == jsonencode({
      runs  = [null, null, "scheduled_runs_total", "Sum", 60, "ClarivumJobs"]
      time  = ["HOUR(runs)", false, null, null, null, null]
      alarm = ["(time == 4) > runs", true, null, null, null, null]
    })
    error_message = "The alarm watches something else."
  }

  assert {
    condition = one(flatten([for query in aws_cloudwatch_metric_alarm.this["missed.nightly"].metric_query : query.metric[*].dimensions])) == tomap({
      environment = "test", job = "thumbnails", schedule = "nightly"
    })
    error_message = "The runs of another schedule would do."
  }

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["missed.nightly"].threshold == 1,
      aws_cloudwatch_metric_alarm.this["missed.nightly"].evaluation_periods == 15,
      aws_cloudwatch_metric_alarm.this["missed.nightly"].datapoints_to_alarm == 15,
      aws_cloudwatch_metric_alarm.this["missed.weekly"].evaluation_periods == 168,
      one(flatten([for query in aws_cloudwatch_metric_alarm.this["missed.weekly"].metric_query : query.metric[*].period])) == 3600,
    ])
    error_message = "A run in time would ring, or a missed one would not."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["missed.nightly"].alarm_actions == toset([var.topic_arn]) && length(aws_cloudwatch_metric_alarm.this["missed.nightly"].ok_actions) == 0
    error_message = "A missed run would be called off by the end of its window."
  }
}

run "what_lambda_loses_rings" {
  assert {
    condition = alltrue([for kind, metric in { undelivered = "DestinationDeliveryFailures", recursion = "RecursiveInvocationsDropped" } : alltrue([
      aws_cloudwatch_metric_alarm.this[kind].namespace == "AWS/Lambda",
      aws_cloudwatch_metric_alarm.this[kind].metric_name == metric,
      aws_cloudwatch_metric_alarm.this[kind].dimensions == tomap({ FunctionName = "clarivum-test-thumbnails" }),
      aws_cloudwatch_metric_alarm.this[kind].statistic == "Sum",
      aws_cloudwatch_metric_alarm.this[kind].period == 300,
      aws_cloudwatch_metric_alarm.this[kind].evaluation_periods == 1,
      aws_cloudwatch_metric_alarm.this[kind].datapoints_to_alarm == 1,
      aws_cloudwatch_metric_alarm.this[kind].threshold == 1,
    ])])
    error_message = "A run that Lambda gives up would ring for nobody."
  }
}

run "who_neither_enqueues_nor_is_scheduled_has_no_alarm_for_it" {
  variables {
    job       = { name = "thumbnails", environment = "test", owner = "web", timeout = 30 }
    schedules = {}
  }

  assert {
    condition     = length(setintersection(keys(output.names), ["recursion", "undelivered"])) == 0
    error_message = "An alarm costs money and can never ring."
  }
}

run "each_description_says_what_the_first_command_where_to_read_on_and_whose_it_is" {
  assert {
    condition = alltrue([for kind, alarm in aws_cloudwatch_metric_alarm.this :
      can(regex("^[A-Z0-9a-z].+\nFirst: aws [^\n]+\nRunbook: docs/runbook.md#${split(".", kind)[0]}\nOwner: web$", alarm.alarm_description))
    ])
    error_message = "Whoever is woken would not know what to do: ${join(" | ", [for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_description])}"
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : length(alarm.alarm_description) <= 1024])
    error_message = "CloudWatch takes 1024 characters."
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

run "an_unknown_level_is_refused" {
  command = plan
  variables {
    level = "loud"
  }
  expect_failures = [var.level]
}

run "an_owner_of_nobody_is_refused" {
  command = plan
  variables {
    job = { name = "thumbnails", environment = "test", owner = "", timeout = 30 }
  }
  expect_failures = [var.job]
}

run "a_runbook_with_an_anchor_of_its_own_is_refused" {
  command = plan
  variables {
    runbook_url = "docs/runbook.md#errors"
  }
  expect_failures = [var.runbook_url]
}

run "a_watch_that_looks_back_too_far_is_refused" {
  command = plan
  variables {
    schedules = { nightly = { watch = { due = "MINUTE(runs) >= 0", periods = 1441 } } }
  }
  expect_failures = [var.schedules]
}
