# What the worker itself counts. The environment is a dimension: two of them in one account are two.
locals {
  _work = { environment = var.job.environment, job = var.job.name }

  _slow_seconds = 0.8 * var.job.timeout

  on_the_work = {
    failing = {
      anchor = "failing"
      what   = "At least half of ten or more attempts of ${var.name} failed within 15 minutes."
      first  = local._log
      metrics = {
        failed = { namespace = var.metrics_namespace, name = "job_failed_total", statistic = "Sum", dimensions = local._work }
        done   = { namespace = var.metrics_namespace, name = "job_processed_total", statistic = "Sum", dimensions = local._work }
      }
      # One message with its usual attempts is no trend: those are the dead-letter alarm's.
      expressions = { alarm = "IF(failed + done >= 10, 100 * failed / (failed + done), 0)" }
      period      = 900
      periods     = 1
      points      = 1
      threshold   = 50
      # Without attempts none fails.
      missing = "notBreaching"
      ends    = true
    }

    slow = {
      anchor      = "slow"
      what        = "A message of ${var.name} took ${local._slow_seconds} s or more of the ${var.job.timeout} s that an invocation may take."
      first       = local._log
      metrics     = { longest = { namespace = var.metrics_namespace, name = "job_duration_seconds", statistic = "Maximum", dimensions = local._work } }
      expressions = {}
      period      = 300
      periods     = 1
      points      = 1
      threshold   = local._slow_seconds
      # Without work none is slow.
      missing = "notBreaching"
      ends    = true
    }
  }

  # The dot keeps a schedule's name apart from any job's: a job has none in its name.
  on_the_runs = {
    for name, schedule in var.schedules : "missed.${name}" => {
      anchor      = "missed"
      what        = "A run of the schedule ${name} of ${var.name} is due and has not come."
      first       = "aws scheduler get-schedule --group-name ${var.schedule_group} --name ${var.job.name}-${name}"
      metrics     = { runs = { namespace = var.metrics_namespace, name = "scheduled_runs_total", statistic = "Sum", dimensions = merge(local._work, { schedule = name }) } }
      expressions = merge(schedule.watch.steps, { alarm = "(${schedule.watch.due}) > runs" })
      period      = schedule.watch.period
      periods     = schedule.watch.periods
      points      = schedule.watch.periods
      threshold   = 1
      # Who watches for silence must not take silence for well.
      missing = "breaching"
      # It ends with the window, not with a run: no news that would be good.
      ends = false
    } if schedule.watch != null
  }
}
