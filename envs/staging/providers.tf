provider "aws" {
  region = var.region

  # Credentials of another account are refused before anything is read or changed.
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      Project     = local.project
      Environment = local.environment
      ManagedBy   = "terraform"
    }
  }
}
