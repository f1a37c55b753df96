"""Payload contracts: the documented subset of JSON Schema 2020-12, as a field model.

`schema` reads it and refuses the rest, `types` is the model, `instances` judges payloads,
`examples` invents them, `identifiers` names them in Python.
"""
