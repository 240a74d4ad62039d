"""Reads the Word file of somebody else into what a release may be made of; ``kit.word`` uses it."""
