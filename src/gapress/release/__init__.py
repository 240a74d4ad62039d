"""The source of a release: its model, the YAML reader that knows positions, its JSON Schema.

First step of the flow: ``releases/*.yaml`` becomes a :class:`~gapress.release.model.Release`.
"""
