"""Feeds: what they hold, how each format writes it, who an entry is, and what readers will make of it."""
