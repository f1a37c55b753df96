# The bucket's name ends in the account, which only the one who deploys knows:
# `python -m envs.deploy` gives it, by hand it is -backend-config=bucket=clarivum-dev-state-ACCOUNT.
terraform {
  backend "s3" {
    key          = "jobs/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
