"""`explain`: one job's values, where each comes from, and what they do to a message.

`values` says where a value comes from, `fires` when schedules fire, `report` puts both beside the
timeline and prints them.
"""
