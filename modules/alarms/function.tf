locals {
  _function = { FunctionName = var.function_name }
  _log      = "aws logs tail /aws/lambda/${var.function_name} --since 1h"

  # Lambda dates an error by the beginning of its invocation, so that a time-out is told when its
  # minute has long passed: look back as far, and a window more.
  _error_periods = 1 + ceil(var.job.timeout / 300)

  _always = {
    # Handlers' failures are caught: what is left is an import that fails, a time-out, a kill.
    errors = {
      metric    = "Errors"
      what      = "${var.function_name} crashed or timed out, ${var.thresholds.errors} times or more in five minutes: no handler's failure, those are caught."
      first     = local._log
      periods   = local._error_periods
      threshold = var.thresholds.errors
    }
    throttles = {
      metric    = "Throttles"
      what      = "${var.function_name} was refused a run, ${var.thresholds.throttles} times or more in five minutes: each refusal uses up a receive of its messages."
      first     = "aws lambda get-account-settings"
      periods   = 1
      threshold = var.thresholds.throttles
    }
  }

  # Runs of schedules are invoked without anybody waiting; what fails for good goes to the
  # dead-letter queue, unless this rings.
  _scheduled = length(var.schedules) == 0 ? {} : {
    undelivered = {
      metric    = "DestinationDeliveryFailures"
      what      = "Lambda could not put a failed run of ${var.function_name} into ${var.dead_letter_queue_name}: the run is lost."
      first     = "aws lambda get-function-event-invoke-config --function-name ${var.function_name}"
      periods   = 1
      threshold = 1
    }
  }

  # Only who may enqueue can go round in a circle.
  _enqueuing = !var.job.enqueues ? {} : {
    recursion = {
      metric    = "RecursiveInvocationsDropped"
      what      = "Lambda stopped ${var.function_name} from calling itself through queues in a circle; the message is dropped or dead-lettered."
      first     = "aws lambda get-function-recursion-config --function-name ${var.function_name}"
      periods   = 1
      threshold = 1
    }
  }

  on_the_function = {
    for kind, alarm in merge(local._always, local._scheduled, local._enqueuing) : kind => {
      anchor      = kind
      what        = alarm.what
      first       = alarm.first
      metrics     = { count = { namespace = "AWS/Lambda", name = alarm.metric, statistic = "Sum", dimensions = local._function } }
      expressions = {}
      period      = 300
      periods     = alarm.periods
      points      = 1
      threshold   = alarm.threshold
      # Lambda measures invocations: without one there is nothing to count.
      missing = "notBreaching"
      ends    = true
    }
  }
}
