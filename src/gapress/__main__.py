"""Lets ``python -m gapress`` do what the ``gapress`` command does."""

from gapress.cli import main

if __name__ == "__main__":
    main()
