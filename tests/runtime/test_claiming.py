"""What a delivery may do, by every state that a piece of work can be in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarivum_jobs.records.claiming import RESEND, Ask, Begin, Busy, Hold, Settled, decide
from clarivum_jobs.records.work_item import WorkItem, iso

pytestmark = pytest.mark.long

NOW = 1_767_225_600_000
moments = st.sampled_from([0, NOW - 2 * RESEND, NOW - RESEND, NOW - 60_000, NOW - 1, NOW])
names = st.sampled_from(["a", "b", "c"])


@st.composite
def entries(draw: st.DrawFn) -> tuple[dict[str, dict[str, str]], ...]:
    """Attempts on record, of whatever messages, the last one perhaps unfinished."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        started = draw(moments.filter(bool))
        entry = {"message": {"S": draw(names)}, "started": {"S": iso(started)}}
        if draw(st.booleans()):
            entry |= {"ended": {"S": iso(started)}, "code": {"S": "RuntimeError"}}
        found.append(entry)
    return tuple(found)


items = st.builds(
    WorkItem,
    status=st.sampled_from(["running", "waiting", "done", "stale", "dead"]),
    version=st.integers(1, 9),
    owner=st.just("other"),
    lease=st.sampled_from([0, NOW - 1, NOW, NOW + 30_000]),
    expiration=st.sampled_from([NOW // 1000 - 1, NOW // 1000 + 1, NOW // 1000 + 10**6]),
    number=st.integers(0, 6),
    round=st.integers(1, 3),
    round_sent=moments,
    job_id=names,
    content=st.sampled_from(["", "x", "y"]),
    attempts=entries(),
    letters=st.dictionaries(names, moments, max_size=2),
    changed=moments,
    code=st.just("RuntimeError"),
    reason=st.just("it failed"),
)
asks = st.builds(
    Ask,
    owner=st.just("mine"),
    job_id=names,
    message_id=names,
    content=st.sampled_from(["x", "y"]),
    sent=moments,
    replayed=st.booleans(),
    may_begin=st.booleans(),
    max_attempts=st.integers(1, 5),
    now=st.just(NOW),
)


@settings(max_examples=1_500, deadline=None)
@given(found=st.none() | items, ask=asks)
def test_no_state_lets_a_delivery_do_what_it_must_not(found: WorkItem | None, ask: Ask) -> None:
    """Done is done, held is held, the last receive begins nothing, and no round has too many."""
    decision = decide(found, ask)
    lives = found is not None and found.expiration * 1000 > NOW

    if isinstance(decision, Begin):
        assert ask.may_begin
        assert 1 <= decision.number <= ask.max_attempts
        assert all("ended" in entry for entry in decision.earlier)
    if not lives or found is None:
        assert isinstance(decision, Begin if ask.may_begin else Hold)
        return
    if found.status == "done":
        differs = found.content not in {"", ask.content}
        assert decision == Settled("done", found.job_id, differs=differs)
    elif found.lease >= NOW:
        assert decision == Busy(found.lease)
    else:
        assert not isinstance(decision, Busy)
        assert not (isinstance(decision, Settled) and decision.how == "done")


@settings(max_examples=1_500, deadline=None)
@given(found=items, ask=asks)
def test_rounds_begin_with_what_was_sent_after_all_that_is_on_record(
    found: WorkItem, ask: Ask
) -> None:
    """A letter is never dropped; what is older than the record joins its round, or has its end."""
    decision = decide(found, ask)
    if ask.replayed:
        assert not (isinstance(decision, Settled) and decision.how == "dead")
    anew = isinstance(decision, Begin) and decision.round > found.round
    if anew and found.expiration * 1000 > NOW and found.status in {"running", "waiting"}:
        assert ask.sent >= found.last_word
        assert ask.replayed or ask.sent > found.round_sent + RESEND
    if isinstance(decision, Begin) and not anew and found.expiration * 1000 > NOW:
        assert decision.number == found.number + 1
