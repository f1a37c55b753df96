"""How findings are printed when there are many: each is counted, few are shown."""

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Finding, Severity, as_github, as_text, in_order, summary
from tests import chance

_FINDINGS = st.lists(
    st.builds(
        Finding,
        st.just("jobs.yaml"),
        st.integers(1, 5000),
        st.just(1),
        st.sampled_from(["timeout-range", "unknown-key"]),
        st.sampled_from(["one", "two", *(f"key {number}" for number in range(300))]),
        st.sampled_from(Severity),
    ),
    max_size=400,
)


@given(_FINDINGS)
def test_every_finding_is_shown_or_counted(findings: list[Finding]) -> None:
    """What is printed in full and what the lines of groups count are all there are."""
    ordered = in_order(findings)
    text = as_text(ordered, "")
    shown = len(re.findall(r"^jobs.yaml:\d+:1: ", text, re.MULTILINE))
    counted = sum(
        int(number.replace(",", ""))
        for number in re.findall(r"^  and ([\d,]+) more of \[", text, re.MULTILINE)
    )

    assert shown + counted == len(ordered)


def test_a_hundred_equal_ones_are_three_and_a_line() -> None:
    """The lines of the others are listed, so that they can be found."""
    equal = [Finding("jobs.yaml", line, 5, "timeout-range", "too long") for line in range(1, 101)]
    text = as_text(equal, "")

    assert text.count("error[timeout-range]") == 3
    assert "  and 97 more of [timeout-range], in lines 4, 5, 6, 7, 8," in text


def test_a_few_are_shown_whole() -> None:
    """Nobody has to look for ten."""
    few = [Finding("jobs.yaml", line, 5, "timeout-range", "too long") for line in range(1, 11)]

    assert as_text(few, "").count("error[timeout-range]") == 10


def test_the_closing_line_counts_by_severity() -> None:
    """Errors first; what there is none of is not spoken of."""
    error = Finding("jobs.yaml", 1, 1, "a", "b")
    warning = Finding("jobs.yaml", 1, 1, "a", "c", Severity.WARNING)

    assert summary([error, warning, warning]) == "1 error and 2 warnings\n"
    assert summary([warning]) == "1 warning\n"
    assert summary([]) == ""


def test_no_text_that_is_quoted_leaves_its_line() -> None:
    """Whatever a manifest holds: in no form does it begin a line, or steer a terminal."""
    draw = chance.drawer(__name__)
    odd = "\n\r\x0b\x0c\x1b\x85\u2028\u2029\x9b\u202e\x00ab %:"
    for _ in range(200):
        words = ["".join(draw.choices(odd, k=draw.randint(1, 8))) + "::error::x" for _ in range(3)]
        finding = Finding(words[0], 1, 1, "a-rule", words[1], hint=words[2])
        for text in (as_text([finding], ""), as_github([finding])):
            lines = text.splitlines()
            assert len(lines) == (2 if text.startswith(finding.file) else 1)
            assert all(line.isprintable() for line in lines)
            assert sum(line.startswith("::error") for line in lines) <= 1
