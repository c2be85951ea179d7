"""Reads a NIR graph with the reference reader and compares its weights with those of an npz (rows are inputs, then biases).

Prints nodes with their types, and the largest difference.
"""

import sys

import nir
import numpy

graph = nir.read(sys.argv[1])
weights = numpy.load(sys.argv[2], allow_pickle=False)
layers = sys.argv[3:]
largest = 0.0
for index, layer in enumerate(layers):
    ours = weights[f"layers/{index}/weight"]
    theirs = graph.nodes[layer + "_weights"].weight.T
    rows = min(len(ours), len(theirs))
    largest = max(largest, float(numpy.abs(ours[:rows] - theirs[:rows]).max()))
    neurons = graph.nodes[layer]
    assert isinstance(neurons, nir.CubaLIF)
    for name in ("tau_syn", "tau_mem", "r", "v_leak", "v_threshold", "v_reset", "w_in"):
        assert getattr(neurons, name).shape == (ours.shape[1],), name
for name, node in graph.nodes.items():
    print(name, type(node).__name__)
unit = graph.metadata["firstspike_time_unit"]
print("unit", unit.decode() if isinstance(unit, bytes) else unit)
print("difference", largest)
