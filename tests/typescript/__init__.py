"""The npm package `@clarivum/jobs`: built, checked, and held against Python."""
