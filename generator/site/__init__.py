"""The static site of the documents: `pages` makes its sources, mkdocs makes the site of them."""
