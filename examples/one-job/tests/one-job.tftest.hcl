mock_provider "aws" {
  source = "../../modules/mocks"
}

variables {
  artifacts = {
    bucket   = "shop-dev-artifacts-123456789012"
    layer    = "layers/0.zip"
    function = { key = "functions/send-receipt/0.zip", sha256 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" }
  }
}

run "the_job_is_made" {
  assert {
    condition     = output.queue.name == "shop-dev-send-receipt" && module.send_receipt.function_name == "shop-dev-send-receipt"
    error_message = "Queue or function have other names."
  }

  assert {
    condition     = length(module.send_receipt.alarms) == 8 && module.send_receipt.schedules == {}
    error_message = "An alarm is missing, or a schedule came from nowhere."
  }
}
