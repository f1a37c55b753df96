# A budget is a notice and no brake: AWS knows costs some twelve hours late.
resource "aws_budgets_budget" "month" {
  count = var.budget == 0 ? 0 : 1

  name         = local.base
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.budget)
  limit_unit   = "USD"

  # Counts from the day on which the tag is activated for cost allocation, in the billing console.
  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:Environment$%s", var.environment)]
  }

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type          = notification.key
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      comparison_operator        = "GREATER_THAN"
      subscriber_email_addresses = var.on_call.emails
    }
  }

  lifecycle {
    precondition {
      condition     = length(var.on_call.emails) > 0
      error_message = "Give on_call.emails: a budget that tells nobody is none."
    }
  }
}
