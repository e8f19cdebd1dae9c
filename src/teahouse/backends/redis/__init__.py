"""What nodes share on Redis: hints, presence and limits. Needs `pip install teahouse[scale]`, and Redis 7 or newer."""
