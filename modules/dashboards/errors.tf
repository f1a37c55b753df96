locals {
  _alarm_arns = flatten([for name in local.names : var.jobs[name].alarm_arns])

  # An alarm widget takes a hundred.
  _status = [for index, arns in chunklist(local._alarm_arns, 100) : {
    type       = "alarm"
    x          = 0
    y          = 4 * index
    width      = 24
    height     = 4
    properties = { title = index == 0 ? "Alarms" : "Alarms, continued", alarms = arns }
  }]

  _below_status = 4 * length(local._status)

  _groups = [for index, group in [var.platform.schedule_group.name, var.platform.delayed.group] : {
    type   = "metric"
    x      = 12 * index
    y      = local._below_status
    width  = 12
    height = local.height
    properties = {
      title  = "Schedules of ${group}: not delivered"
      region = var.platform.region
      view   = "timeSeries"
      period = 300
      metrics = [for metric in ["TargetErrorCount", "InvocationDroppedCount", "InvocationsFailedToBeSentToDeadLetterCount"] :
        ["AWS/Scheduler", metric, "ScheduleGroup", group, { stat = "Sum" }]
      ]
      annotations = { horizontal = [{ label = "alarm", value = 1 }] }
    }
  }]

  over_all = concat(local._status, local._groups)

  _errors = {
    for name, job in var.jobs : name => [
      {
        title = "${name}: dead letters"
        metrics = [
          ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", job.dead_letter_queue_name, { stat = "Maximum", id = "visible", label = "waiting" }],
          ["AWS/SQS", "ApproximateNumberOfMessagesNotVisible", "QueueName", job.dead_letter_queue_name, { stat = "Maximum", id = "hidden", label = "looked at" }],
          [{ expression = "visible + hidden", id = "letters", label = "both" }],
        ]
        guards = ["dead-letters"]
      },
      {
        title = "${name}: crashes and throttles"
        metrics = [
          ["AWS/Lambda", "Errors", "FunctionName", job.function_name, { stat = "Sum" }],
          ["AWS/Lambda", "Throttles", "FunctionName", job.function_name, { stat = "Sum" }],
        ]
        guards = ["errors", "throttles"]
      },
      {
        title = "${name}: attempts that fail (%)"
        metrics = [
          [job.metrics_namespace, "job_failed_total", "environment", var.platform.environment, "job", name, { stat = "Sum", id = "failed", visible = false }],
          [job.metrics_namespace, "job_processed_total", "environment", var.platform.environment, "job", name, { stat = "Sum", id = "done", visible = false }],
          [{ expression = "100 * failed / (failed + done)", id = "rate", label = "failed" }],
        ]
        guards = ["failing"]
      },
      {
        title = "${name}: runs, and work not begun"
        metrics = concat(
          [for schedule in job.schedules :
            [job.metrics_namespace, "scheduled_runs_total", "environment", var.platform.environment, "job", name, "schedule", schedule, { stat = "Sum", label = "runs of ${schedule}" }]
          ],
          [for metric in ["stale_runs_total", "overlap_runs_total", "conflicting_duplicates_total"] :
            [job.metrics_namespace, metric, "environment", var.platform.environment, "job", name, { stat = "Sum" }]
          ],
        )
        guards = []
      },
    ]
  }

  _first_row = local._below_status + local.height

  errors = flatten([for row, name in local.names : [for column, graph in local._errors[name] : {
    type   = "metric"
    x      = 6 * column
    y      = local._first_row + local.height * row
    width  = 6
    height = local.height
    properties = {
      title   = graph.title
      region  = var.platform.region
      view    = "timeSeries"
      period  = 300
      metrics = graph.metrics
      # The line of each alarm, on the graph of what it guards.
      annotations = { horizontal = [for kind in graph.guards :
        { label = "alarm: ${kind}", value = var.jobs[name].thresholds[kind] } if contains(keys(var.jobs[name].thresholds), kind)
      ] }
    }
  }]])
}
