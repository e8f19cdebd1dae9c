"""The store on MariaDB, MySQL or PostgreSQL, which many nodes share. Needs `pip install teahouse[scale]`."""
