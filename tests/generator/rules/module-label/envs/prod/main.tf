module "platform" {
  source = "../../modules/platform"
}

module "site" {
  source = "../../modules/bucket"
}

module "web_data" {
  source = "../../modules/bucket"
}
