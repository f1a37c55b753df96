"""What a pull request does to jobs, as one card of markdown: `clarivum review --against REF`.

`facts` says what one job is and holds in one environment, `changes` compares two manifests, `card`
lays out, `command` is the verb. Nothing asks AWS.
"""
