"""The press kit: what must be made, making it, and putting it in its place as a whole.

Drives the flow: reads through ``newsroom``, localizes, hands documents to the writers.
"""
