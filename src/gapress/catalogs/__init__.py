"""The gettext catalogs: reading them, and finding a translation with regional fallback.

Second input of the flow, beside the release: ``locales/**/*.po`` becomes
:class:`~gapress.catalogs.translations.Translations`.
"""
