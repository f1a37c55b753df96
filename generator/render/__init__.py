"""Pure functions from resolved values to text: nothing here reads or writes a file of the project.

`plan` lists the outputs; each kind has one module and one template.
Quoting and layout live in `hcl`, `python_source` and `markdown` alone:
templates only place what is already right.
"""
