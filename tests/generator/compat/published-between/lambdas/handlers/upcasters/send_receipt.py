"""Upcasters of send-receipt."""


def from_1(payload: dict[str, object]) -> dict[str, object]:
    """Return a payload of version 2."""
    phone = payload.get("channel") == "phone"
    return {**payload, "channel": "shop"} if phone else payload


def from_2(payload: dict[str, object]) -> dict[str, object]:
    """Return a payload of version 3."""
    shop = payload.get("channel") == "shop"
    return {**payload, "channel": "app"} if shop else payload
