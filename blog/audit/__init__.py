"""The audit of feeds: do they keep the rules, and what would subscribers make of them after the last release?"""
