"""IAM's decision: what is allowed and not denied, by action, resource and conditions."""

from __future__ import annotations

import fnmatch
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs.testing.aws.policy import Ask, PolicyError, allowed

ASK = Ask("sqs:SendMessage", "arn:aws:sqs:r:1:a", {"k": ["x", "y"], "tls": ["true"]})


def _statement(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of a statement
    return {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": ASK.resource, **changes}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], False),
        ([_statement()], True),
        ([_statement(Action=["sqs:Get*", "SQS:sendmessage"])], True),
        ([_statement(Action="sqs:Send")], False),
        ([_statement(Resource=["arn:aws:sqs:r:1:b", "arn:aws:sqs:*:?:a"])], True),
        ([_statement(Resource="arn:aws:sqs:r:1:A")], False),
        ([_statement(), _statement(Effect="Deny", Action="sqs:*", Resource="*")], False),
        ([_statement(), _statement(Effect="Deny", Resource="arn:aws:sqs:r:1:b")], True),
        ([_statement(Condition={"Bool": {"tls": "false"}})], False),
        ([_statement(Condition={"Bool": {"tls": "True"}})], True),
        ([_statement(Condition={"StringEquals": {"absent": "x"}})], False),
        ([_statement(Condition={"StringNotEquals": {"absent": "x"}})], True),
        ([_statement(Condition={"Null": {"absent": "true"}})], True),
        ([_statement(Condition={"Null": {"k": "true"}})], False),
        ([_statement(Condition={"Null": {"k": "false"}, "Bool": {"tls": "false"}})], False),
        ([_statement(Condition={"ForAllValues:StringLike": {"k": ["x*", "?"]}})], True),
        ([_statement(Condition={"ForAllValues:StringLike": {"k": "x*"}})], False),
        ([_statement(Condition={"ForAllValues:StringLike": {"absent": "x*"}})], True),
        ([_statement(Condition={"ForAnyValue:StringEquals": {"k": "y"}})], True),
        ([_statement(Condition={"ForAnyValue:StringEquals": {"absent": "y"}})], False),
    ],
)
def test_decision(statements: list[dict[str, Any]], expected: bool) -> None:  # noqa: FBT001
    """Deny wins, nothing is allowed by default, and every condition of a statement must hold."""
    assert allowed(ASK, statements) is expected


@pytest.mark.parametrize(
    "statement",
    [
        _statement(NotAction="sqs:*"),
        _statement(Principal={"AWS": "1"}),
        _statement(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        _statement(Condition={"ForSomeValues:StringLike": {"k": "x"}}),
    ],
)
def test_what_is_not_known_is_no_guess(statement: dict[str, Any]) -> None:
    """A statement that cannot be judged ends the test, whatever else is allowed."""
    with pytest.raises(PolicyError):
        allowed(ASK, [_statement(), statement])


@given(st.text("ab*?.[", max_size=8), st.text("ab.[", max_size=8))
def test_wildcards_are_those_of_iam(pattern: str, text: str) -> None:
    """A star is any text, a question mark one sign, and nothing else has a meaning."""
    expected = fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))

    assert allowed(Ask("a:b", text), [_statement(Action="a:b", Resource=pattern)]) is expected
