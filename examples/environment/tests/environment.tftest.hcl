mock_provider "aws" {
  source = "../../modules/mocks"
}

variables {
  on_call_emails = ["on-call@shop.example"]
  artifacts = {
    bucket = "shop-prod-artifacts-123456789012"
    layer  = "layers/0.zip"
    functions = {
      close-day    = { key = "functions/close-day/0.zip", sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" }
      send-receipt = { key = "functions/send-receipt/0.zip", sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" }
    }
  }
}

run "both_jobs_are_made_and_protected" {
  assert {
    condition     = module.close_day.protected && module.send_receipt.protected
    error_message = "A job of production can be removed by mistake."
  }

  assert {
    condition     = module.close_day.schedules == { nightly = "close-day-nightly" }
    error_message = "The schedule is missing, or has another name."
  }
}
