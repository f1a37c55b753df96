module "warm_site" {
  source = "../../modules/job"
}
