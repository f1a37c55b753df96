# SQS measures once a minute: a period below 60 s would see gaps, not messages. A queue that nobody
# used for six hours sleeps: it has no metrics, and after it wakes they may take 15 minutes to come.
locals {
  _queue       = { QueueName = var.queue_name }
  _dead_letter = { QueueName = var.dead_letter_queue_name }

  # A letter that somebody looks at is hidden, not gone: both are letters.
  _letters = {
    visible = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", statistic = "Maximum", dimensions = local._dead_letter }
    hidden  = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesNotVisible", statistic = "Maximum", dimensions = local._dead_letter }
  }
  _read_letters = "aws sqs receive-message --message-attribute-names All --visibility-timeout 0 --queue-url $(aws sqs get-queue-url --queue-name ${var.dead_letter_queue_name} --query QueueUrl --output text)"

  # Workers that are all busy take no message for as long as one of them may run.
  _stalled_minutes = max(10, ceil(var.job.timeout / 60) + 5)

  on_the_queue = {
    dead-letters = {
      anchor      = "dead-letters"
      what        = "Messages of ${var.name} gave up and wait in ${var.dead_letter_queue_name}: read their reason, mend, replay."
      first       = local._read_letters
      metrics     = { visible = local._letters.visible }
      expressions = {}
      # Whoever looks at a letter hides it for a moment: the most of five minutes goes on ringing.
      # It begins to ring within a minute all the same, since CloudWatch looks each minute.
      period    = 300
      periods   = 1
      points    = 1
      threshold = var.thresholds.dead_letters
      # A sleeping queue has no news: what rang goes on, and what was well is not told anew.
      missing = "ignore"
      ends    = true
    }

    # Not NumberOfMessagesSent: what SQS moves by its redrive policy is not counted there.
    growing = {
      anchor  = "growing"
      what    = "More messages of ${var.name} give up while others lie in ${var.dead_letter_queue_name} already: it goes on."
      first   = local._read_letters
      metrics = local._letters
      expressions = {
        letters = "visible + hidden"
        growth  = "DIFF(letters)"
        # The first ones ring as dead-letters; here only what comes on top.
        alarm = "IF(letters > growth, growth, 0)"
      }
      period    = 300
      periods   = 1
      points    = 1
      threshold = 1
      # No news is no growth.
      missing = "notBreaching"
      ends    = true
    }

    oldest-message = {
      anchor      = "oldest-message"
      what        = "The oldest message of ${var.queue_name} has waited ${var.thresholds.oldest_message} s or more."
      first       = "aws sqs get-queue-attributes --attribute-names All --queue-url $(aws sqs get-queue-url --queue-name ${var.queue_name} --query QueueUrl --output text)"
      metrics     = { age = { namespace = "AWS/SQS", name = "ApproximateAgeOfOldestMessage", statistic = "Maximum", dimensions = local._queue } }
      expressions = {}
      period      = 60
      periods     = 1
      points      = 1
      threshold   = var.thresholds.oldest_message
      # Told only while a message waits: without one nothing is old.
      missing = "notBreaching"
      ends    = true
    }

    stalled = {
      anchor = "stalled"
      what   = "Messages wait in ${var.queue_name} and no worker has taken one for ${local._stalled_minutes} minutes."
      first  = "aws lambda list-event-source-mappings --function-name ${var.function_name}"
      metrics = {
        waiting  = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", statistic = "Minimum", dimensions = local._queue }
        received = { namespace = "AWS/SQS", name = "NumberOfMessagesReceived", statistic = "Sum", dimensions = local._queue }
      }
      # Compared with a series that has no value, a value is compared with 0.
      expressions = { alarm = "(waiting > 0) > (received > 0)" }
      period      = 60
      periods     = local._stalled_minutes
      points      = local._stalled_minutes
      threshold   = 1
      # A queue without metrics is empty.
      missing = "notBreaching"
      ends    = true
    }
  }
}
