mock_provider "aws" {
  source = "../../modules/mocks"
}

variables {
  library = { JOBS_QUEUE_BASE_URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/shop-prod-" }
  platform = {
    project     = "shop"
    environment = "prod"
    account_id  = "123456789012"
    region      = "eu-west-1"
    partition   = "aws"
    delayed     = { schedules_arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule/shop-prod-delayed", role_arn = "arn:aws:iam::123456789012:role/shop-prod-delayed" }
  }
}

run "the_site_gets_a_role_and_what_the_library_reads" {
  assert {
    condition     = output.variables["JOBS_QUEUE_BASE_URL"] == var.library["JOBS_QUEUE_BASE_URL"] && output.variables["AWS_REGION"] == "eu-west-1"
    error_message = "The library would not find the queues."
  }

  assert {
    condition     = join(" ", module.site.issuers) == "oidc.vercel.com/shop"
    error_message = "Tokens of another issuer are trusted."
  }
}
