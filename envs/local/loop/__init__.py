"""`make dev`: everything on this machine, and every saved edit runs in it within seconds.

`start` brings up what was kept or what was never there, `edits` says what a saved file asks for,
`reload` does it, `follow` prints what workers say, and `command` is the loop around them.
"""
