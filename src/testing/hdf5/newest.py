"""Writes newest.h5.gz beside this file: every index of chunks, a group of many links, in the newest form of HDF5.

python3 src/testing/hdf5/newest.py   (h5py 3.7 with HDF5 1.10, numpy)

Each array holds i*i/8 - 3 at its i-th place. What test reads which is said in src/dataset/hdf5/newest.test.ts.
"""

import gzip
import io
import pathlib

import h5py
import numpy as np

here = pathlib.Path(__file__).parent
packed = {"compression": "gzip", "shuffle": True, "fletcher32": True}


def values(*shape):
    places = np.arange(np.prod(shape), dtype="f8")
    return (places * places / 8 - 3).reshape(shape)


def main():
    target = io.BytesIO()
    with h5py.File(target, "w", libver="latest") as file:
        for i in range(60):
            file.create_dataset(f"many/quantity_with_a_name_{i:02d}", data=[float(i)])
        # chunk, maxshape
        kinds = {
            "single": ((7, 11), None),
            "fixed": ((3, 4), None),
            "fixed_larger": ((3, 4), (20, 30)),
            "rows_grow": ((3, 4), (None, 11)),
            "columns_grow": ((3, 4), (7, None)),
            "both_grow": ((3, 4), (None, None)),
        }
        for name, (chunks, largest) in kinds.items():
            file.create_dataset(name, data=values(7, 11), chunks=chunks, maxshape=largest)
            file.create_dataset(f"packed/{name}", data=values(7, 11), chunks=chunks, maxshape=largest, **packed)
        file.create_dataset("deep_tree", data=values(20, 15), chunks=(1, 1), maxshape=(None, None))
        # Written at a few places: the rest is what the file says.
        for name, largest in (("paged", (3000,)), ("long", (None,))):
            length = 3000 if name == "paged" else 150_000
            array = file.create_dataset(name, (length,), "f8", chunks=(1,), maxshape=largest, fillvalue=7)
            for i in (0, 5, 700, length // 2, length - 1):
                array[i] = i
        # Space for all chunks, in a row.
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_chunk((3, 4))
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        space = h5py.h5s.create_simple((7, 11), (9, 12))
        row = h5py.Dataset(h5py.h5d.create(file.id, b"in_a_row", h5py.h5t.NATIVE_DOUBLE, space, early))
        row[...] = values(7, 11)
        file["type"] = np.dtype("f4")
        file.create_dataset("of_named_type", dtype=file["type"], data=values(5))
        made_smaller = file.create_dataset("made_smaller", data=values(12, 11), chunks=(3, 4), maxshape=(None, 11))
        made_smaller.resize((7, 11))
    (here / "newest.h5.gz").write_bytes(gzip.compress(target.getvalue(), 9, mtime=0))


main()
