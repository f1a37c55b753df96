"""Upcasters of send-receipt."""


def from_1(payload: dict[str, object]) -> dict[str, object]:
    """Return a payload of version 2."""
    phone = payload.get("channel") == "phone"
    return {**payload, "channel": "shop"} if phone else payload
