"""Reads SONATA nodes and spikes with bmtk, or with h5py alone where there is none, and prints what they hold."""

import sys

import h5py
import numpy

nodes, types, spikes = sys.argv[1:]
try:
    from bmtk.utils import sonata

    reader = "bmtk"
    data = sonata.File(data_files=nodes, data_type_files=types)
    populations = {p.name: len(list(p)) for p in data.nodes.populations}
except ImportError:
    reader = "h5py"
    with h5py.File(nodes) as f:
        populations = {name: len(group["node_id"]) for name, group in f["nodes"].items()}
print("reader", reader)
for name in sorted(populations):
    print("nodes", name, populations[name])
with h5py.File(nodes) as f:
    assert f.attrs["magic"] == 0x0A7A and f.attrs["magic"].dtype == numpy.uint32
    assert list(f.attrs["version"]) == [0, 1]
    for group in f["nodes"].values():
        assert group["node_id"].dtype == numpy.uint64 and group["node_group_id"].dtype == numpy.uint32
if spikes != "none":
    with h5py.File(spikes) as f:
        for name, group in f["spikes"].items():
            assert group["timestamps"].dtype == numpy.float64 and group["node_ids"].dtype == numpy.uint64
            assert group["timestamps"].attrs["units"] in ("ms", b"ms")
            print("spikes", name, len(group["timestamps"]), numpy.all(numpy.diff(group["timestamps"]) >= 0))
