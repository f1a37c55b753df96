"""What may be shown: no sensitive value leaves through a log line, a metric or an output."""
