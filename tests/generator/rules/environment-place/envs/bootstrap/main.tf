module "state" {
  source = "../../modules/bucket"
}
