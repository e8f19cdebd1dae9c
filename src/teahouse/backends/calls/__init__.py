"""Calls that other processes make for the server: the ports the engine sees in far.py, what a worker does with them in
making.py, and a socket between the two in offering.py and taking.py. RabbitMQ between the two: backends/rabbitmq.
"""
