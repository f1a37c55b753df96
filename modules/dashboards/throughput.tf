# One row a job: what it does, what waits, how long it takes, how much of it runs at once.
locals {
  _throughput = {
    for name, job in var.jobs : name => [
      {
        title = "${name}: attempts a minute"
        metrics = [
          [job.metrics_namespace, "job_processed_total", "environment", var.platform.environment, "job", name, { stat = "Sum", label = "done" }],
          [job.metrics_namespace, "job_failed_total", "environment", var.platform.environment, "job", name, { stat = "Sum", label = "failed" }],
        ]
        lines = []
      },
      {
        title = "${name}: oldest message (s), and how many wait"
        metrics = [
          ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", job.queue_name, { stat = "Maximum", label = "oldest" }],
          ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", job.queue_name, { stat = "Maximum", label = "waiting", yAxis = "right" }],
        ]
        lines = [for kind in ["oldest-message"] : { label = "alarm: ${kind}", value = job.thresholds[kind] } if contains(keys(job.thresholds), kind)]
      },
      {
        title = "${name}: seconds a message takes"
        metrics = [for statistic in ["p50", "p95", "Maximum"] :
          [job.metrics_namespace, "job_duration_seconds", "environment", var.platform.environment, "job", name, { stat = statistic, label = statistic }]
        ]
        lines = concat(
          [for kind in ["slow"] : { label = "alarm: ${kind}", value = job.thresholds[kind] } if contains(keys(job.thresholds), kind)],
          [{ label = "timeout", value = job.timeout }],
        )
      },
      {
        title   = "${name}: at once"
        metrics = [["AWS/Lambda", "ConcurrentExecutions", "FunctionName", job.function_name, { stat = "Maximum", label = "running" }]]
        lines   = [{ label = "concurrency", value = job.concurrency }]
      },
    ]
  }

  throughput = flatten([for row, name in local.names : [for column, graph in local._throughput[name] : {
    type   = "metric"
    x      = 6 * column
    y      = local.height * row
    width  = 6
    height = local.height
    properties = {
      title       = graph.title
      region      = var.platform.region
      view        = "timeSeries"
      period      = 60
      metrics     = graph.metrics
      annotations = { horizontal = graph.lines }
    }
  }]])
}
