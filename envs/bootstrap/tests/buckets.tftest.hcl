mock_provider "aws" {
  source = "../../modules/mocks"
}

variables {
  environment = "default"
  account_id  = "123456789012"
}

run "who_reads_the_state_or_writes_code_is_noted" {
  assert {
    condition     = length(module.logs) == 1
    error_message = "There is no bucket for access logs."
  }
}

run "no_log_is_kept_where_nobody_wants_one" {
  variables {
    access_log_days = 0
  }

  assert {
    condition     = length(module.logs) == 0
    error_message = "A bucket is made that nobody asked for."
  }
}
