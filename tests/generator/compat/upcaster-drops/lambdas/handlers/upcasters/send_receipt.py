"""Upcasters of send-receipt: one that throws a property away."""


def from_1(payload: dict[str, object]) -> dict[str, object]:
    """Return a payload of version 2, without what `n` said."""
    phone = payload["channel"] == "phone"
    kept = {name: value for name, value in payload.items() if name != "n"}
    return {**kept, "channel": "shop"} if phone else kept
