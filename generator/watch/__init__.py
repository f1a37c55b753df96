"""When a schedule's run is missed, in CloudWatch's metric math.

CloudWatch cannot wait for what does not come, but it knows the time: an expression says of each
minute whether a run is due, and an alarm rings when none was counted meanwhile. `clock` tells the
time of a zone, `days` and `windows` say when runs are due, `watch` puts it together.
"""
