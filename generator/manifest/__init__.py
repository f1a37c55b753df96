"""From the text of `jobs.yaml` to resolved values.

`source` reads text and knows positions, `model` says what may be written,
`reading` turns the one into the other.
`resolve` lays defaults, jobs and environments over each other;
`resolved` is what everything else works with.
"""
