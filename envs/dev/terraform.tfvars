# What is true of dev alone. No secret belongs here.
account_id  = "" # the 12 digits of the account of dev
site_url    = "https://dev.clarivum.example"
mail_domain = "clarivum.example"

parties = {
  ANALYTICS_URL  = "https://analytics.example"
  CRM_URL        = "https://crm.example"
  ENRICHMENT_URL = "https://enrichment.example"
  SUPABASE_URL   = "https://clarivum.supabase.co"
}
