"""What workflows do beside the other verbs: keep one comment, keep one issue, see one job through.

Each is a make target, so that it runs on any machine; GitHub is asked by its REST API, and its
address comes from the environment, as GitHub's own runners set it.
"""
