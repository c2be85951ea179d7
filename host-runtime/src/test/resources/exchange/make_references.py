"""Writes references.zip with the reference libraries: NIR (neuromorphs/NIR, main of 2026-01) and h5py.

Run in an empty folder: PYTHONPATH=FOLDER_OF_NIR python3 make_references.py
"""

import pathlib
import zipfile

import h5py
import nir
import numpy as np

rng = np.random.default_rng(1)


def neurons(n, **changes):
    values = dict(
        tau_syn=np.full(n, 0.006),
        tau_mem=np.full(n, 0.012),
        r=np.full(n, 0.25),
        v_leak=np.full(n, 0.7),
        v_threshold=np.full(n, 1.08),
        v_reset=np.full(n, 0.7),
        w_in=np.full(n, 1.0),
    )
    values.update(changes)
    return nir.CubaLIF(**values)


def chain(**nodes):
    names = list(nodes)
    return nir.NIRGraph(nodes=nodes, edges=list(zip(names, names[1:])))


def io(n, out):
    return nir.Input(input_type={"input": np.array([n])}), nir.Output(output_type={"output": np.array([out])})


# two layers, no metadata
i, o = io(2, 2)
w0 = rng.normal(size=(3, 2))
w1 = rng.normal(size=(2, 3))
nir.write("two-layers.nir", chain(input=i, w0=nir.Linear(weight=w0), hidden=neurons(3), w1=nir.Linear(weight=w1), label=neurons(2), output=o))
np.savez("two-layers.npz", w0=w0.T, w1=w1.T)

# thresholds that differ, a scale, a delay of zero, a weight larger than 4 KiB
i, o = io(40, 2)
nir.write(
    "folded.nir",
    chain(
        input=i,
        w0=nir.Linear(weight=rng.normal(size=(20, 40))),
        scale=nir.Scale(scale=np.full(20, 2.0)),
        delay=nir.Delay(delay=np.zeros(20)),
        hidden=neurons(20, v_threshold=np.linspace(1.0, 1.5, 20)),
        w1=nir.Linear(weight=rng.normal(size=(2, 20))),
        label=neurons(2),
        output=o,
    ),
)

# constant currents
i, o = io(2, 2)
nir.write("affine.nir", chain(input=i, w0=nir.Affine(weight=rng.normal(size=(2, 2)), bias=np.array([0.5, -0.5])), label=neurons(2), output=o))

# node types that no first-spike network has
i, o = io(2, 2)
nir.write(
    "foreign.nir",
    chain(
        input=i,
        w0=nir.Linear(weight=rng.normal(size=(2, 2))),
        lif=nir.LIF(tau=np.ones(2), r=np.ones(2), v_leak=np.zeros(2), v_threshold=np.ones(2)),
        step=nir.Threshold(threshold=np.ones(2)),
        output=o,
    ),
)

# a layer that feeds itself
i, o = io(2, 2)
graph = nir.NIRGraph(
    nodes=dict(input=i, w0=nir.Linear(weight=np.eye(2)), label=neurons(2), back=nir.Linear(weight=np.eye(2)), output=o),
    edges=[("input", "w0"), ("w0", "label"), ("label", "back"), ("back", "label"), ("label", "output")],
)
nir.write("recurrent.nir", graph)

# spike data
events = nir.EventData(idx=np.array([[1, 0, -1], [2, -1, -1]]), time=np.array([[0.1, 0.2, np.inf], [0.3, np.inf, np.inf]]), n_neurons=3, t_max=1.0)
grid = nir.TimeGriddedData(data=np.arange(12.0).reshape(2, 3, 2), dt=0.5)
nir.write_data("data.h5", nir.NIRGraphData(nodes={"input": nir.NIRNodeData(observables={"spikes": events, "v": grid})}))

# hostile files
with h5py.File("soft-link.h5", "w") as f:
    f["a"] = 1.0
    f["b"] = h5py.SoftLink("/a")
with h5py.File("external-link.h5", "w") as f:
    f["a"] = h5py.ExternalLink("/etc/passwd", "/")
with h5py.File("cycle.h5", "w") as f:
    f.create_group("a")
    f["a/again"] = f["a"]
with h5py.File("deep.h5", "w") as f:
    f.create_group("/".join(["g"] * 40))
with h5py.File("huge.h5", "w") as f:
    f.create_dataset("a", shape=(1 << 40,), chunks=(1 << 16,), dtype="f8", compression="gzip")
with h5py.File("inflated.h5", "w") as f:
    f.create_dataset("a", shape=(1 << 26,), chunks=(1 << 20,), dtype="f8", compression="gzip")

# SONATA as others write it: unsorted, an enumeration, ids with gaps
with h5py.File("spikes.h5", "w") as f:
    f.attrs.create("magic", np.uint32(0x0A7A))
    f.attrs.create("version", np.array([0, 1], dtype=np.uint32))
    g = f.create_group("spikes/cortex")
    g.attrs.create("sorting", 0, dtype=h5py.enum_dtype({"none": 0, "by_id": 1, "by_time": 2}, basetype="u1"))
    g.create_dataset("timestamps", data=np.array([0.3, 0.1, 0.2, 0.100001])).attrs["units"] = "ms"
    g.create_dataset("node_ids", data=np.array([7, 5, 9, 5], dtype=np.uint64))


def nodes(name, template):
    with h5py.File(name, "w") as f:
        g = f.create_group("nodes/cortex")
        g["node_id"] = np.array([3, 5, 9], dtype=np.uint64)
        g["node_type_id"] = np.full(3, 101, dtype=np.uint64)
        g["node_group_id"] = np.zeros(3, dtype=np.uint32)
        g["node_group_index"] = np.arange(3, dtype=np.uint64)
        g["0/dynamics_params/tau_m"] = np.array([10.0, 11.0, 12.0])
    with open(name.replace(".h5", "-types.csv"), "w") as f:
        f.write("node_type_id population model_type model_template tau_m v_thresh\n")
        f.write('101 "cortex" point_neuron ' + template + " 1.0 1.5\n")


nodes("nodes.h5", "pynn:IF_curr_exp")
nodes("foreign-nodes.h5", '"nest:iaf psc alpha"')

with zipfile.ZipFile("references.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
    for path in sorted(pathlib.Path(".").iterdir()):
        if path.suffix in (".nir", ".npz", ".h5", ".csv"):
            z.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)
            path.unlink()
