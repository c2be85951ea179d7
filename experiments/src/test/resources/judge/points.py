"""Reads event files with TensorBoard's own loader and prints each tag with its number of points, and its last value."""

import sys

from tensorboard.backend.event_processing import event_file_loader

points = {}
for name in sys.argv[1:]:
    for event in event_file_loader.LegacyEventFileLoader(name).Load():
        for value in event.summary.value:
            points.setdefault(value.tag, []).append(value.simple_value if value.HasField("simple_value") else None)
for tag in sorted(points):
    print(tag, len(points[tag]), points[tag][-1])
