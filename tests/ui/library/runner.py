"""A runner that does work when a test says so."""

from dataclasses import dataclass

from artitec_media_desktop.domain.errors import Cancelled, MediaError


class Task:
    def __init__(self, runner):
        self.runner = runner
        self.cancelled = False

    def cancel(self):
        self.cancelled = True

    def check_cancelled(self):
        if self.cancelled:
            raise Cancelled

    def progress(self, done, total, text=""):
        pass


@dataclass
class Job:
    fn: object
    on_done: object
    on_error: object
    on_cancelled: object
    pool: object
    priority: int
    task: Task

    def __call__(self):
        try:
            self.task.check_cancelled()
            result = self.fn(self.task)
        except Cancelled:
            if self.on_cancelled:
                self.on_cancelled()
        except MediaError as error:
            assert self.on_error is not None, error
            self.on_error(error)
        else:
            if self.on_done:
                self.on_done(result)


class Runner:
    """Work is done at once, or, while ``held``, when ``step`` or ``release`` is called."""

    def __init__(self):
        self.held = False
        self.jobs = []
        self.count = 0

    def run(self, fn, on_done=None, on_error=None, on_progress=None, on_cancelled=None, **how):
        self.count += 1
        task = Task(self)
        job = Job(
            fn, on_done, on_error, on_cancelled, how.get("pool"), how.get("priority", 0), task
        )
        if self.held:
            self.jobs.append(job)
        else:
            job()
        return task

    def step(self, at=0):
        self.jobs.pop(at)()

    def release(self):
        self.held = False
        while self.jobs:
            self.step()
