"""What a change of the manifest does to messages that were sent before it, or are sent during it.

`payloads` compares what one side may write with what the other can read, `infrastructure` the
queues and their clocks, `gate` puts both together, `registry` names every rule.
"""
