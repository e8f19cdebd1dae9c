"""Makes `python -m teahouse` the same program as the `teahouse` command."""

from teahouse.app.cli import main

if __name__ == "__main__":
    main()
