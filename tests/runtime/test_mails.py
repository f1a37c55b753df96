"""Every version of every template reads well, and nothing that is filled in breaks out of it."""

from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import PermanentError
from generated.payloads.email_fulfillment import EmailFulfillment
from handlers.support.mails import compose

WORDS = Path(__file__).parents[2] / "lambdas" / "handlers" / "mails"
LINK = "https://clarivum.example/x?a=1&b=2"
FORMS = sorted(
    (place.parent.parent.name, int(place.parent.name), place.stem)
    for place in WORDS.glob("*/*/*.html")
)


class _Page(HTMLParser):
    """Collects what a page leads to and the names of its elements, each closed in its order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str | None] = []
        self.names: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def test_every_template_of_the_contract_has_a_first_version() -> None:
    """And nothing lies there that no mail can be asked for."""
    known = set(get_args(EmailFulfillment.model_fields["template"].annotation))

    assert {template for template, version, _ in FORMS if version == 1} == known
    assert {place.name for place in WORDS.glob("*/*/*")} <= {
        "subject.txt",
        *(f"{form}.{kind}" for form in ("linked", "plain") for kind in ("txt", "html")),
    }


@pytest.mark.parametrize(("template", "version", "form"), FORMS)
def test_text_and_page_lead_to_the_link_or_promise_none(
    template: str, version: int, form: str
) -> None:
    """Both forms say the same; the page is whole."""
    mail = compose(template, version, LINK if form == "linked" else None)

    links = [LINK] if form == "linked" else []
    assert _Page(mail.html).links == links
    assert [line for line in mail.text.splitlines() if line.startswith("http")] == links
    assert ("here" in mail.text.lower() or "ready" in mail.text) == (form == "linked")
    assert "$" not in mail.text + mail.html
    assert mail.subject
    assert "\n" not in mail.subject


@given(st.text(), st.sampled_from([form[:2] for form in FORMS if form[2] == "linked"]))
def test_no_link_breaks_out_of_its_page(rest: str, template: tuple[str, int]) -> None:
    """Whatever stands in it, the page has the same elements and leads to just that."""
    link = f"https://clarivum.example/{rest}"
    whole = _Page(compose(*template, LINK).html)
    if not link.isprintable() or " " in link:
        with pytest.raises(PermanentError):
            compose(*template, link)
        return
    page = _Page(compose(*template, link).html)
    assert page.links == [link]
    assert page.names == whole.names


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/x",
        "https://",
        "https:x",
        "",
        "https://[",
        "ftp://a",
    ],
)
def test_link_that_is_no_address_of_the_web_is_permanent(link: str) -> None:
    """A mail program would run it, or lead nowhere."""
    with pytest.raises(PermanentError) as caught:
        compose("receipt", 1, link)
    assert caught.value.code == "unsafe_link"


@pytest.mark.parametrize(("template", "version"), [("receipt", 99), ("document", 1)])
def test_version_or_form_that_is_not_there_is_permanent(template: str, version: int) -> None:
    """A document is never promised without its link."""
    with pytest.raises(PermanentError, match="no plain version") as caught:
        compose(template, version, None)
    assert caught.value.code == "no_template"
