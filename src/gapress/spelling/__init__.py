"""Spelling and grammar, of whatever dictionaries and programs a machine has; nothing is required.

``kit.proofread`` and the preview ask a :class:`~gapress.spelling.speller.Speller` about texts, and
``kit.proofread`` asks :mod:`~gapress.spelling.grammar` about all French texts at once.
"""
