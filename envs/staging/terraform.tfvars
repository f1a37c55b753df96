# What is true of staging alone. No secret belongs here.
account_id  = "" # the 12 digits of the account of staging
site_url    = "https://staging.clarivum.example"
mail_domain = "clarivum.example"

parties = {
  ANALYTICS_URL  = "https://analytics.example"
  CRM_URL        = "https://crm.example"
  ENRICHMENT_URL = "https://enrichment.example"
  SUPABASE_URL   = "https://clarivum.supabase.co"
}

# Who is told of alarms; without an address this environment is refused.
on_call_emails = []
