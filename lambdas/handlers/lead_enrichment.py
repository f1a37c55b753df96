"""Handler of lead-enrichment: completes a lead, writes it back and tells the CRM.

Each step is repeated safely: the provider and the CRM recognise the idempotency key, and the row is
written only while it is not yet enriched.
"""

from clarivum_jobs import JobContext
from clarivum_jobs.core.settings import variable
from generated.payloads.lead_enrichment import LeadEnrichment
from handlers.support.leads import Facts, Leads, idempotent, look_up
from handlers.support.party import Party


def handle(payload: LeadEnrichment, context: JobContext) -> None:
    """Enrich the lead, unless that is done, and push it to the CRM.

    Raises:
        PermanentError: The lead is gone, or a party will never take what it is asked.
        PartyError: A party does not answer as it should.
        KeyRefusedError: A key was refused; a rotated one is read again within minutes.
        RetryAfter: A party wants to be left alone for a while.
    """
    leads = Leads(_supabase(context))
    lead = leads.find(str(payload.lead_id))
    if not lead.enriched:
        provider = Party(
            "enrichment", variable("ENRICHMENT_URL"), _bearer(context, "enrichment-api-key")
        )
        # The row's address, not the payload's: the lead may have corrected it since.
        facts = look_up(provider, lead.email, context.idempotency_key)
        lead = leads.enrich(str(payload.lead_id), facts)
    crm = Party("crm", variable("CRM_URL"), _bearer(context, "crm-token"))
    document = {
        "lead_id": str(payload.lead_id),
        "email": lead.email,
        "source": payload.source,
        **lead.model_dump(include=set(Facts.model_fields)),
    }
    crm.ask("POST", "/leads", document, headers=idempotent(context.idempotency_key))
    context.logger.info("lead enriched", extra={"lead_id": str(payload.lead_id)})


def _supabase(context: JobContext) -> Party:
    key = context.secret("supabase-service-key")
    headers = {"apikey": key, "Authorization": f"Bearer {key}"}
    return Party("supabase", variable("SUPABASE_URL"), headers)


def _bearer(context: JobContext, secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {context.secret(secret)}"}
