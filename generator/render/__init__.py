"""Pure functions from resolved values to text: nothing here reads or writes a file of the project.

`plan` lists the outputs; each kind has one module and one template.
Quoting and layout live in `hcl` and `python_source` alone, so that templates only place what is already right.
"""
