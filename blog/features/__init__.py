"""One module per feature; none imports another. ``blog/__init__.py`` names those that are on."""
