# The state goes with the emulator it describes: both live in `.local/`, and both may be deleted.
terraform {
  backend "local" {
    path = "../../.local/terraform.tfstate"
  }
}
