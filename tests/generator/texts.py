"""Texts that break careless quoting, for hypothesis and for samples from a seed."""

import random

from hypothesis import strategies as st

_OF_HCL = (
    *("$", "$$", "$$$", "%", "%%", "{", "}", "${", "$${", "%{", "%%{", "${x}", "%{ if true }"),
    *('"', "\\", "\\n", "\n", "\r\n", "\t", "\u0000", "\u007f", "\u2028", "\ufeff", "EOT", "<<EOT"),
)
_OF_MARKDOWN = (
    *(
        "~~~",
        "```",
        "`",
        "``",
        "#",
        "## x",
        "-",
        "- x",
        "+",
        "* x",
        "1.",
        "1) x",
        "12. y",
        "3.",
        ">",
    ),
    *(
        "> x",
        "|",
        "a|b",
        "|-|",
        "---",
        "===",
        "***",
        "___",
        "    x",
        "*a*",
        "_a_",
        "__a__",
        "**a**",
    ),
    *(
        "~a~",
        "~~a~~",
        "[a](b)",
        "[a]",
        "![a](b)",
        "[^1]",
        "[ ]",
        "[a]: b",
        "<b>",
        "<!-- x -->",
        "<",
    ),
    *(
        "&",
        "&amp;",
        "&lt;",
        "&#35;",
        "&#x23;",
        "&copy",
        "<https://a.example>",
        "http://a.example/_b_",
    ),
    *("https://a.example/a*b", "www.a.example/_x_", "a@b.example", "lead_id", "2 * 3 * 4", "\\|"),
    *("\\`", "\\\\", "$x$", "$$x$$", ":-:", "!", "x  ", "  \n", "\\\n"),
)
_OF_PYTHON = ('"""', "'''", "'", "\\N{DASH}", "# noqa", "{x}", "Args:", "r'", "\\u0041", "#")
_OF_UNICODE = (
    *("é", "e\u0301", "\u212b", "日本語", "🙂", "👩\u200d💻", "क्\u200cष", "\u202e", "\u200b"),
    *("\u00a0", "\u3000", "\u0085", "\u00ad", "Ⅷ", "ß", "\U000e0067", "\u0378", "\ue000"),
)
ENEMIES = (
    *_OF_HCL,
    *_OF_MARKDOWN,
    *_OF_PYTHON,
    *_OF_UNICODE,
    " ",
    "  ",
    "a",
    "word",
    ".",
    "<aws.x>",
)
"""Pieces that mean something to HCL, Markdown or Python, or that Unicode treats in its own way."""

LETTERS = st.characters(exclude_categories=["Cs"])

TEXT = st.lists(st.sampled_from(ENEMIES) | st.text(LETTERS, max_size=4), max_size=9).map("".join)
"""Any text, most of it hostile."""


def drawn(chance: random.Random, pieces: int = 8) -> str:
    """Return a hostile text from a seeded source."""
    return "".join(chance.choices(ENEMIES, k=chance.randint(0, pieces)))
