# Of many jobs the twenty that stand out in each respect; alarms cannot search, so no line is drawn.
locals {
  _namespace = one(distinct([for job in var.jobs : job.metrics_namespace]))
  _own       = "{${coalesce(local._namespace, "-")},environment,job} environment=\"${var.platform.environment}\""
  _queues    = "{AWS/SQS,QueueName} \"${local.base}-\""
  _functions = "{AWS/Lambda,FunctionName} \"${local.base}-\""

  _most_throughput = {
    "Done"               = [local._own, "job_processed_total", "Sum"]
    "Failed attempts"    = [local._own, "job_failed_total", "Sum"]
    "Seconds a message"  = [local._own, "job_duration_seconds", "Maximum"]
    "Oldest message (s)" = [local._queues, "ApproximateAgeOfOldestMessage", "Maximum"]
    "Messages waiting"   = [local._queues, "ApproximateNumberOfMessagesVisible", "Maximum"]
    "Running at once"    = [local._functions, "ConcurrentExecutions", "Maximum"]
  }

  _most_errors = {
    "Dead letters sent"       = [local._own, "dlq_messages_total", "Sum"]
    "Crashes"                 = [local._functions, "Errors", "Sum"]
    "Throttles"               = [local._functions, "Throttles", "Sum"]
    "Runs that came too late" = [local._own, "stale_runs_total", "Sum"]
  }

  most_throughput = [for index, title in sort(keys(local._most_throughput)) : {
    type   = "metric"
    x      = 12 * (index % 2)
    y      = local.height * floor(index / 2)
    width  = 12
    height = local.height
    properties = {
      title   = "${title}: the most"
      region  = var.platform.region
      view    = "timeSeries"
      period  = 300
      metrics = [[{ expression = "SORT(SEARCH('${local._most_throughput[title][0]} MetricName=\"${local._most_throughput[title][1]}\"', '${local._most_throughput[title][2]}', 300), MAX, DESC, 20)", id = "most" }]]
    }
  }]

  most_errors = [for index, title in sort(keys(local._most_errors)) : {
    type   = "metric"
    x      = 12 * (index % 2)
    y      = local._first_row + local.height * floor(index / 2)
    width  = 12
    height = local.height
    properties = {
      title   = "${title}: the most"
      region  = var.platform.region
      view    = "timeSeries"
      period  = 300
      metrics = [[{ expression = "SORT(SEARCH('${local._most_errors[title][0]} MetricName=\"${local._most_errors[title][1]}\"', '${local._most_errors[title][2]}', 300), MAX, DESC, 20)", id = "most" }]]
    }
  }]
}
