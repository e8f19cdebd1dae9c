"""Jobs: who hands them out, as the settings say. A part of stores.py."""

from contextlib import AsyncExitStack

from teahouse.backends.rabbitmq.jobs import RabbitJobs
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.engine.engine import Engine
from teahouse.ports.jobs import JobQueue


def open_jobs(options: JobOptions, ledger: JobQueue, stack: AsyncExitStack) -> JobQueue:
    """The queue of the store, or RabbitMQ before it. CannotCarry if that is wanted and its client is not installed."""
    if options.kind == "store":
        return ledger
    jobs = RabbitJobs(ledger, options)
    stack.push_async_callback(jobs.carrier.stop)
    jobs.carrier.start()
    return jobs


def wake_by(jobs: JobQueue, engine: Engine) -> None:
    """A job that RabbitMQ brings unasked wakes the worker."""
    if isinstance(jobs, RabbitJobs):
        jobs.wake = lambda: engine.wake(0)
