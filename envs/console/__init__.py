"""The desk as a page, on this machine alone: the functions of `envs.desk` behind guarded routes.

`guards` says which requests are let in, `api` answers them, `page/` is what a browser shows.
"""
