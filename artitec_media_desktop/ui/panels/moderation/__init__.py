"""Visual review: the queue, one picture at a time."""
