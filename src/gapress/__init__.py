"""gapress: one structured press release becomes checked press kits in several languages."""

__version__ = "0.1.0"
