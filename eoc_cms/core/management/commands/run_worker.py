"""The background worker: sends queued mail and runs the regular jobs."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.db.utils import DatabaseError

from eoc_cms.core.background import jobs
from eoc_cms.core.mail.outbox import send_due_mail


class Command(BaseCommand):
    help = "Send queued mail and run regular jobs until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due, then end.")
        parser.add_argument("--pause", type=float, default=2.0, help="Seconds between looks.")

    def handle(self, *args: object, once: bool, pause: float, **options: object) -> None:
        if once:
            self.look()
            jobs.wait_for_what_runs_beside()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            self.look_safely()
            stop.wait(pause)

    def look(self) -> None:
        jobs.beat()
        send_due_mail()
        jobs.run_due_jobs()

    def look_safely(self) -> None:
        try:
            self.look()
        except DatabaseError as error:
            # A database that is down comes back; the worker waits for it.
            self.stderr.write(f"The database did not answer: {type(error).__name__}")
        finally:
            close_old_connections()
