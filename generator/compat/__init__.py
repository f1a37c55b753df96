"""What a change of the manifest does to messages that were sent before it, or are sent during it.

`generator.contracts.comparison` says what one side may write and the other cannot read,
`infrastructure` compares the queues and their clocks, `gate` puts both together;
`generator.gate_rules` names every rule.
"""
