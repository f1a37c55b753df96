# What is true of staging alone. No secret belongs here.
account_id  = "" # the 12 digits of the account of staging
site_url    = "https://staging.clarivum.example"
mail_domain = "clarivum.example"
