"""Release + catalogs -> Document: the middle of the flow.

Facts are formatted for the locale, inline markup becomes typed runs, punctuation gets its spaces
and words of the other direction are isolated. A pure function of what it is given.
"""
