mock_provider "aws" {
  source = "../mocks"
}

variables {
  project         = "clarivum"
  environment     = "test"
  artifact_bucket = "clarivum-test-artifacts-123456789012"
  layer           = { artifact = "layers/abc.zip" }
  on_call         = { emails = ["on-call@clarivum.example"] }
}

run "an_environment_that_nobody_hears_of_is_refused" {
  command = plan
  variables {
    on_call = {}
  }
  expect_failures = [var.on_call]
}

run "an_environment_for_trying_things_out_may_be_silent" {
  command = plan
  variables {
    on_call = { required = false }
  }

  assert {
    condition     = length(aws_sns_topic_subscription.email) == 0
    error_message = "Somebody is told after all."
  }
}

run "an_unknown_level_is_refused" {
  command = plan
  variables {
    on_call = { emails = ["on-call@clarivum.example"], level = "loud" }
  }
  expect_failures = [var.on_call]
}

run "a_runbook_with_an_anchor_of_its_own_is_refused" {
  command = plan
  variables {
    on_call = { emails = ["on-call@clarivum.example"], runbook_url = "docs/runbook.md#errors" }
  }
  expect_failures = [var.on_call]
}

run "what_schedules_cannot_deliver_or_drop_rings_for_each_group" {
  assert {
    condition = { for kind, alarm in aws_cloudwatch_metric_alarm.schedules : kind => alarm.alarm_name } == {
      "schedules.failing" = "clarivum-test-schedules.failing"
      "schedules.dropped" = "clarivum-test-schedules.dropped"
      "delayed.failing"   = "clarivum-test-delayed.failing"
      "delayed.dropped"   = "clarivum-test-delayed.dropped"
    }
    error_message = "An alarm is missing or has another name."
  }

  assert {
    condition = alltrue([for kind, alarm in aws_cloudwatch_metric_alarm.schedules : alltrue([
      alarm.alarm_actions == toset([output.topic_arn]),
      alarm.ok_actions == toset([output.topic_arn]),
      alarm.comparison_operator == "GreaterThanOrEqualToThreshold",
      alarm.threshold == 1,
      alarm.evaluation_periods == 1,
      alarm.datapoints_to_alarm == 1,
      alarm.treat_missing_data == "notBreaching",
    ])])
    error_message = "One run that is lost would ring for nobody."
  }

  assert {
    condition = jsonencode({ for kind, alarm in aws_cloudwatch_metric_alarm.schedules : kind => {
      for query in alarm.metric_query : query.id => [
        query.expression, query.return_data, one(query.metric[*].metric_name), one(query.metric[*].namespace),
        one(query.metric[*].stat), one(query.metric[*].period), one(query.metric[*].dimensions["ScheduleGroup"]),
      ]
      } }) == jsonencode({
      "schedules.failing" = {
        alarm  = ["errors", true, null, null, null, null, null]
        errors = [null, null, "TargetErrorCount", "AWS/Scheduler", "Sum", 300, "clarivum-test"]
      }
      "schedules.dropped" = {
        alarm    = ["dropped + unparked", true, null, null, null, null, null]
        dropped  = [null, null, "InvocationDroppedCount", "AWS/Scheduler", "Sum", 300, "clarivum-test"]
        unparked = [null, null, "InvocationsFailedToBeSentToDeadLetterCount", "AWS/Scheduler", "Sum", 300, "clarivum-test"]
      }
      "delayed.failing" = {
        alarm  = ["errors", true, null, null, null, null, null]
        errors = [null, null, "TargetErrorCount", "AWS/Scheduler", "Sum", 300, "clarivum-test-delayed"]
      }
      "delayed.dropped" = {
        alarm    = ["dropped + unparked", true, null, null, null, null, null]
        dropped  = [null, null, "InvocationDroppedCount", "AWS/Scheduler", "Sum", 300, "clarivum-test-delayed"]
        unparked = [null, null, "InvocationsFailedToBeSentToDeadLetterCount", "AWS/Scheduler", "Sum", 300, "clarivum-test-delayed"]
      }
    })
    error_message = "The alarms of the groups watch something else."
  }
}

run "each_description_says_what_the_first_command_where_to_read_on_and_whose_it_is" {
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.schedules :
      can(regex("^[A-Z].+\nFirst: aws scheduler list-schedules --group-name clarivum-test[^\n]*\nRunbook: docs/runbook.md#schedules\nOwner: platform$", alarm.alarm_description))
    ])
    error_message = "Whoever is woken would not know what to do."
  }

  assert {
    condition     = output.context.runbook_url == "docs/runbook.md"
    error_message = "The alarms of the jobs would name another runbook."
  }
}

run "quiet_is_what_is_lost" {
  variables {
    on_call = { emails = ["on-call@clarivum.example"], level = "quiet" }
  }

  assert {
    condition     = join(" ", keys(aws_cloudwatch_metric_alarm.schedules)) == "delayed.dropped schedules.dropped"
    error_message = "The wrong alarms are quiet."
  }
}

run "off_is_none" {
  variables {
    on_call = { required = false, level = "off" }
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.schedules) == 0
    error_message = "An alarm rings where nobody listens."
  }
}

run "a_budget_tells_on_call_before_it_is_used_up" {
  variables {
    budget = 50
  }

  assert {
    condition = alltrue([
      aws_budgets_budget.month[0].name == "clarivum-test",
      aws_budgets_budget.month[0].budget_type == "COST",
      aws_budgets_budget.month[0].time_unit == "MONTHLY",
      aws_budgets_budget.month[0].limit_amount == "50",
      aws_budgets_budget.month[0].limit_unit == "USD",
      one(aws_budgets_budget.month[0].cost_filter).name == "TagKeyValue",
      one(aws_budgets_budget.month[0].cost_filter).values == tolist(["user:Environment$test"]),
    ])
    error_message = "The budget counts something else."
  }

  assert {
    condition = jsonencode({ for notice in aws_budgets_budget.month[0].notification : notice.notification_type => [
      notice.threshold, notice.threshold_type, notice.comparison_operator, notice.subscriber_email_addresses
      ] }) == jsonencode({
      ACTUAL     = [80, "PERCENTAGE", "GREATER_THAN", ["on-call@clarivum.example"]]
      FORECASTED = [100, "PERCENTAGE", "GREATER_THAN", ["on-call@clarivum.example"]]
    })
    error_message = "Nobody is told in time."
  }
}

run "without_a_limit_there_is_no_budget" {
  assert {
    condition     = length(aws_budgets_budget.month) == 0
    error_message = "A budget of nothing is always used up."
  }
}

run "a_budget_that_tells_nobody_is_refused" {
  command = plan
  variables {
    budget  = 50
    on_call = { required = false }
  }
  expect_failures = [aws_budgets_budget.month]
}

run "a_budget_below_nothing_is_refused" {
  command = plan
  variables {
    budget = -1
  }
  expect_failures = [var.budget]
}
