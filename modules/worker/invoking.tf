resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn                   = var.queue.arn
  function_name                      = aws_lambda_alias.live.arn
  enabled                            = var.polling.enabled
  batch_size                         = var.polling.batch_size
  maximum_batching_window_in_seconds = var.polling.batch_window
  function_response_types            = ["ReportBatchItemFailures"]
  tags                               = var.tags

  scaling_config {
    maximum_concurrency = var.polling.maximum_concurrency
  }

  lifecycle {
    precondition {
      condition     = var.queue.visibility_timeout >= var.function.timeout + var.polling.batch_window
      error_message = "Raise visibility_timeout (${var.queue.visibility_timeout} s) to timeout + batch_window (${var.function.timeout + var.polling.batch_window} s) or more, better six times the timeout: a message would come back while it is still worked on."
    }
  }

  # Lambda checks at creation that the role may read the queue.
  depends_on = [aws_iam_role_policy.this]
}

# For runs nobody waits for: a schedule's, or one started by hand.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = aws_lambda_function.this.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 21600

  destination_config {
    on_failure {
      destination = var.queue.dead_letter_arn
    }
  }

  # Lambda checks at creation that the role may send to the destination.
  depends_on = [aws_iam_role_policy.this]
}
