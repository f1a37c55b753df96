"""How two schemas differ: what one side may write and the other cannot read, with a witness."""
