#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test_hotplug.py [EVENTS [SEED]]: a board changes at random, with an event for each change,
and whenever it is quiet watch believes what a fresh walk finds. Runs under umockdev-wrapper;
scripts/hotplug is for long runs."""

import contextlib
import random
import signal
import sys
import time

try:
    import bed
except (ImportError, ValueError) as error:
    print(f"skipped: {error} (python3-gi and gir1.2-umockdev-1.0 are wanted)")
    sys.exit(77)

from bed import CHANNEL, RPROC, VIRTIO, Bed, Lines

DRIVER = "rpmsg_client_sample"
AT_ONCE = 6  # events between two quiet points, and two more: the queue takes ten


class Board(Bed):
    """What is there, so that each change is one that a kernel could make."""

    def __init__(self, seed):
        super().__init__()
        self.random = random.Random(seed)
        self.bound = {CHANNEL: True, CHANNEL.replace(".50", ".51"): True}
        self.gone = []
        self.state = "running"
        self.events = 0
        self.watch = self.start("watch", "--format", "tree", "--interval", "0")

    def event(self, syspath, action="change"):
        super().event(syspath, action)
        self.events += 1

    @contextlib.contextmanager
    def at_once(self):
        """A kernel's device comes and goes whole, with its event; this one file by file."""
        self.watch.send_signal(signal.SIGSTOP)
        yield
        self.watch.send_signal(signal.SIGCONT)

    def remove(self, syspath):
        with self.at_once():
            super().remove(syspath)

    def add(self, syspath):
        with self.at_once():
            super().add(syspath)

    def take_channel(self):
        if self.bound:
            channel = self.random.choice(sorted(self.bound))
            del self.bound[channel]
            self.remove(channel)
            self.gone.append(channel)

    def give_channel(self):
        if VIRTIO in self.gone:
            self.gone.remove(VIRTIO)
            self.add(VIRTIO)
        elif self.gone:
            channel = self.gone.pop(self.random.randrange(len(self.gone)))
            self.add(channel)
            self.bound[channel] = True

    def take_vdev(self):
        while self.bound:
            self.take_channel()
        if VIRTIO not in self.gone:
            self.remove(VIRTIO)
            self.gone.append(VIRTIO)

    def turn_driver(self):
        if self.bound:
            channel = self.random.choice(sorted(self.bound))
            if self.bound[channel]:
                self.unbind(channel)
            else:
                self.bind(channel, DRIVER)
            self.bound[channel] = not self.bound[channel]

    def turn_state(self):
        self.state = self.random.choice(("running", "crashed", "offline"))
        self.write(RPROC, "state", self.state)
        self.event(RPROC)

    def change(self):
        self.random.choices((self.take_channel, self.give_channel, self.take_vdev,
                             self.turn_driver, self.turn_state), (4, 6, 1, 5, 2))[0]()


def believes(watch, shown):
    return "".join(watch.lines[-len(shown.splitlines()):]) == shown


def main():
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    print(f"seed {seed}", flush=True)
    board = Board(seed)
    watch = Lines(board.watch)
    quiet = 0
    while board.events < events:
        last = board.events + board.random.randint(1, AT_ONCE)
        while board.events < last:
            board.change()
        shown = board.run("show")[1]
        bed.wait_until(lambda: believes(watch, shown))
        if not believes(watch, shown):
            print(f"after {board.events} events there is\n{shown}\nand watch believes\n"
                  + "".join(watch.lines[-40:]))
            return 1
        quiet += 1
        for _ in range(2):  # and it has taken the last event
            time.sleep(0.2)
            bed.wait_until(lambda: bed.listens(board.watch.pid))
    ended = watch.end()
    print(f"{board.events} events, {quiet} quiet points: each time the tree of a fresh walk")
    return ended != (0, "")


sys.exit(main())
