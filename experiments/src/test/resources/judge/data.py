"""Reads NIR data with the reference reader and prints node, observable, shape, neurons and end."""

import sys

import nir

for name, node in nir.read_data(sys.argv[1]).nodes.items():
    for key, events in node.observables.items():
        print(name, key, "x".join(map(str, events.time.shape)), events.n_neurons, events.t_max)
