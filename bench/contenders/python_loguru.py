"""Python's Loguru at the same piece of work: a file, the default format in colours, the caller in every line."""
import json
import os
import sys
import time

from loguru import logger

file, count, warmup = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
logger.remove()
logger.add(file, colorize=True)


def log(index):
    logger.info("request served by {}", index)


for index in range(warmup):
    log(index)
wall = time.perf_counter_ns()
cpu = time.process_time_ns()
for index in range(count):
    log(index)
cpu = time.process_time_ns() - cpu
wall = time.perf_counter_ns() - wall
logger.remove()
with open(file, "rb") as written:
    lines = sum(chunk.count(b"\n") for chunk in iter(lambda: written.read(1 << 20), b""))
os.remove(file)
print(json.dumps({"cpu": cpu / count, "wall": wall / count, "lines": lines - warmup}))
