"""How findings are printed when there are many: each is counted, few are shown."""

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Finding, Severity, as_text, in_order, summary

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
