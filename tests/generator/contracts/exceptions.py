"""Where the models do not agree with the official suite, and why: the whole list.

The subset refuses the schemas of these groups, each for the reason that its list is under.
"""

REFUSED: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("`patternProperties`", "a class cannot say which attribute a pattern stands for"): (
        (
            "additionalProperties",
            "additionalProperties being false does not allow other properties",
        ),
        ("additionalProperties", "non-ASCII pattern with additionalProperties"),
        ("properties", "properties, patternProperties, additionalProperties interaction"),
    ),
    ("`allOf`", "a class is one thing; the combined schema is written out"): (
        ("additionalProperties", "additionalProperties does not look in applicators"),
        ("items", "items does not look in applicators, valid case"),
        ("ref", "empty tokens in $ref json-pointer"),
    ),
    ("`propertyNames`", "as for patternProperties"): (
        ("additionalProperties", "additionalProperties with propertyNames"),
    ),
    ("`dependentSchemas`", "what depends on a property is a form of its own: `oneOf`"): (
        ("additionalProperties", "dependentSchemas with additionalProperties"),
    ),
    ("payload-value", "a default or an example that does not fit is a mistake"): (
        ("default", "invalid type for default"),
        ("default", "invalid string value for default"),
        ("default", "the default keyword does not do anything if the property is missing"),
    ),
    ("payload-enum", "an `enum` of nothing fits nothing, and is refused as a mistake"): (
        ("enum", "empty enum"),
    ),
    ("unknown format", "there is no type for it; it would be an annotation that nobody checks"): (
        ("format", "idn-email format"),
        ("format", "idn-hostname format"),
        ("format", "relative-json-pointer format"),
        ("format", "iri format"),
        ("format", "iri-reference format"),
        ("format", "uri-template format"),
    ),
    (
        "a schema must be a map, not false",
        "a schema that nothing fits is a mistake, and is refused as one",
    ): (
        ("items", "items with boolean schema (false)"),
        ("oneOf", "oneOf with boolean schemas, one true"),
        ("oneOf", "oneOf with boolean schemas, more than one true"),
        ("oneOf", "oneOf with boolean schemas, all false"),
        ("properties", "properties with boolean schema"),
        ("ref", "$ref to boolean schema false"),
    ),
    ("`prefixItems`", "positions have no names; an object's properties do"): (
        ("items", "items and subitems"),
        ("items", "prefixItems with no additional items allowed"),
        ("items", "prefixItems validation adjusts the starting index for items"),
        ("items", "items with heterogeneous array"),
        ("ref", "relative pointer ref to array"),
        ("uniqueItems", "uniqueItems with an array of items"),
        ("uniqueItems", "uniqueItems with an array of items and additionalItems=false"),
        ("uniqueItems", "uniqueItems=false with an array of items"),
        ("uniqueItems", "uniqueItems=false with an array of items and additionalItems=false"),
    ),
    (
        "payload-one-of",
        "forms that share values need every one tried, and their error names none",
    ): (
        ("oneOf", "oneOf"),
        ("oneOf", "oneOf with base schema"),
        ("oneOf", "oneOf with boolean schemas, all true"),
        ("oneOf", "oneOf complex types"),
        ("oneOf", "oneOf with empty schema"),
        ("oneOf", "oneOf with required"),
        ("oneOf", "oneOf with missing optional property"),
    ),
    (
        "`$ref` must lead to",
        "types are shared under `$defs` and nowhere else",
    ): (
        ("ref", "root pointer ref"),
        ("ref", "relative pointer ref to object"),
        ("ref", "remote ref, containing refs itself"),
    ),
    ("`maxItems`", "`$ref` takes annotations beside it, no limits"): (
        ("ref", "ref applies alongside sibling keywords"),
    ),
    ("`$id`", "a schema stands alone, at no address"): (
        ("ref", "Recursive references between schemas"),
        ("ref", "refs with relative uris and defs"),
        ("ref", "relative refs with absolute uris and defs"),
        ("ref", "$id must be resolved against nearest parent, not just immediate parent"),
        ("ref", "order of evaluation: $id and $ref"),
        ("ref", "order of evaluation: $id and $anchor and $ref"),
        ("ref", "order of evaluation: $id and $ref on nested schema"),
        ("ref", "simple URN base URI with $ref via the URN"),
        ("ref", "simple URN base URI with JSON pointer"),
        ("ref", "URN base URI with NSS"),
        ("ref", "URN base URI with r-component"),
        ("ref", "URN base URI with q-component"),
        ("ref", "URN base URI with URN and JSON pointer ref"),
        ("ref", "URN base URI with URN and anchor ref"),
        ("ref", "URN ref with nested pointer ref"),
        ("ref", "ref with absolute-path-reference"),
        ("ref", "$id with file URI still resolves pointers - *nix"),
        ("ref", "$id with file URI still resolves pointers - windows"),
    ),
    ("`unevaluatedProperties`", "as for `allOf`, which it needs"): (
        ("ref", "ref creates new scope when adjacent to keywords"),
    ),
    ("`if`", "forms are told apart by a constant: `oneOf`"): (("ref", "ref to if"),),
    ("`then`", "as for `if`"): (("ref", "ref to then"),),
    ("`else`", "as for `if`"): (("ref", "ref to else"),),
}
"""What the refusal says, and why it is right; then the groups, by file and description."""

ASSERTED = (
    *("date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "json-pointer"),
    *("regex", "time", "uri", "uri-reference", "uuid"),
)
"""Formats that the suite's required cases take for mere annotations, and the contract for promises.

A JSON Schema validator may assert formats; ours does: a handler gets a date.
"""

FORMATS = {
    "hostname": (
        "invalid Punycode",
        "contains illegal char U+302E Hangul single dot tone mark",
        "Begins with a Spacing Combining Mark",
        "Begins with a Nonspacing Mark",
        "Begins with an Enclosing Mark",
        "Exceptions that are DISALLOWED, right-to-left chars",
        "Exceptions that are DISALLOWED, left-to-right chars",
        "MIDDLE DOT with no preceding 'l'",
        "MIDDLE DOT with nothing preceding",
        "MIDDLE DOT with no following 'l'",
        "MIDDLE DOT with nothing following",
        "Greek KERAIA not followed by Greek",
        "Greek KERAIA not followed by anything",
        "Hebrew GERESH not preceded by Hebrew",
        "Hebrew GERESH not preceded by anything",
        "Hebrew GERSHAYIM not preceded by Hebrew",
        "Hebrew GERSHAYIM not preceded by anything",
        "KATAKANA MIDDLE DOT with no Hiragana, Katakana, or Han",
        "KATAKANA MIDDLE DOT with no other characters",
        "Arabic-Indic digits mixed with Extended Arabic-Indic digits",
        "ZERO WIDTH JOINER not preceded by Virama",
        "ZERO WIDTH JOINER not preceded by anything",
        'contains "--" in the 3rd and 4th position',
    ),
}
"""Cases of a format that are judged otherwise, by their descriptions.

They are about what an A-label, `xn--`, encodes: it is checked as a label of the DNS, not decoded.
Which characters it may hold depends on the version of Unicode, and a producer and its worker need
not know the same.
"""
