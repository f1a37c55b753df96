"""A pattern finds the same in JavaScript's engine as in the one that the models run."""

import json
import os
import random

import pytest

from generator.contracts.patterns import complaint_about, matches
from generator.contracts.texts import texts_of
from tests.generator.contracts.models import type_of
from tests.typescript.parity import Contract, typescript_answers

SEED = int(os.environ.get("PARITY_SEED", "1"))
PATTERNS = int(os.environ.get("PARITY_PATTERNS", "100"))

_ATOMS = (
    *(
        "a",
        "é",
        "🙂",
        "-",
        "/",
        "]",
        "}",
        "{",
        "{,2}",
        ",",
        " ",
        "\n",
        "\u2028",
        '"',
        "'",
        "`",
        "#",
    ),
    *(r"\-", r"\@", r"\/", r"\ ", r"\"", r"\.", r"\\", r"\{", r"\]", r"\$", r"\n", r"\t", r"\f"),
    *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", ".", r"\0", r"\cJ", r"\x41", r"\u0041"),
    *(r"\u{1F642}", r"\ud83d\ude42", r"\p{L}", r"\P{Lu}", r"\p{Greek}", r"\p{Script=Latin}"),
    *("[a-c]", "[^a-c]", r"[\w-]", r"[\]\\^-]", r"[\-/]", "[/]", "[é-ö]", "[🙂-🙄]", "[^]", "[]"),
    *(r"[\b]", r"[\d\s]", r"[^\W_]", "[{}]", "[&&a]", "[a~~b]", "[[a]", r"[\.$^|]", r"[\x41-\x43]"),
    *("(a|b)", "(?:a|)", "(?<name>a)", "(?<name>b)", "(a(b)?)", "^", "$", r"\b"),
)
_TIMES = ("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "+?", "??")
_TEXTS = (
    *("", "a", "A", "ab", "aab", "-", "/", "\\", "]", "{", "}", "é", "🙂", "\n", "a\nb", "_", "0"),
    *(
        "\u2028",
        "\u0000",
        "\b",
        " ",
        "\ufeff",
        "\u00a0",
        "Ω",
        "٣",
        "\u017f",
        "K",
        "@",
        '"',
        "a b",
        "$",
    ),
)


def pattern(chance: random.Random) -> str:
    """Return a pattern in the subset, however odd."""
    while True:
        parts = (chance.choice(_ATOMS) + chance.choice(_TIMES) for _ in range(chance.randint(1, 4)))
        found = chance.choice(("", "|")).join(parts)
        if not complaint_about(found):
            return found


@pytest.mark.usefixtures("package")
def test_patterns_find_the_same_in_both_engines() -> None:
    """Odd escapes, sets, properties and quantifiers, on texts that fit them and on others."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    patterns = [pattern(chance) for _ in range(PATTERNS)]
    texts = [list(dict.fromkeys([*texts_of(each), *_TEXTS])) for each in patterns]
    contracts = [
        Contract(
            f"pattern-{index}",
            type_of(
                {"type": "object", "properties": {"value": {"type": "string", "pattern": each}}}
            ),
            (),
            tuple(json.dumps({"value": text}) for text in tried),
        )
        for index, (each, tried) in enumerate(zip(patterns, texts, strict=True))
    ]

    answers = typescript_answers(contracts)

    found = [
        (each, text, "data" in answer)
        for each, tried, given in zip(patterns, texts, answers, strict=True)
        for text, answer in zip(tried, given, strict=True)
    ]
    wrong = [case for case in found if matches(case[1], case[0]) != case[2]]
    assert wrong == [], f"PARITY_SEED={SEED}"
    assert {taken for _, _, taken in found} == {True, False}
