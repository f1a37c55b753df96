"""`python -m tests.editor.where PATH`: where a file of an npm package is, installed if needed."""

import sys

from tests.editor.install import InstallError, module

if __name__ == "__main__":
    try:
        sys.stdout.write(f"{module(sys.argv[1])}\n")
    except InstallError as error:
        sys.exit(f"error: {error}")
