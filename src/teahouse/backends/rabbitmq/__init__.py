"""RabbitMQ hands jobs out: settings in options.py, the connection in carrier.py, the port in jobs.py."""
