"""Links, cards, chains, spectra, networks and plans of Theoryscape, with the standard library alone.

Formats: docs/links.md (links, bundles), src/ml/ratio/ratio-card.ts (cards). Python 3.8 or newer.
"""

import array
import ast
import base64
import hashlib
import html
import json
import math
import os
import subprocess
import sys
import zlib

LINK_VERSION = 2
LINK_GENERATION = 3
LONGEST_LINK = 32_000
LONGEST_STATE = 256 * 1024


class TheoryscapeError(ValueError):
    """What is wrong with a link or a file, with the numbers."""


# Links


def theoryscape_link(base, view="explore", data="dy-nc-13tev", model="dy-supcon-2d",
                     coefficients=None, state=None, **flat):
    """Address of a page: `coefficients` C/Lambda^2 in TeV^-2, `state` what the key s holds, by study."""
    pairs = {"g": LINK_GENERATION, "view": view, "data": data, "model": model, **flat}
    for name, value in (coefficients or {}).items():
        pairs[f"c.{name}"] = repr(float(value))
    if state:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(json.dumps(state).encode()) + packer.flush()
        pairs["s"] = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    content = f"v={LINK_VERSION}&" + "&".join(f"{key}={value}" for key, value in pairs.items())
    checksum = f"{zlib.crc32(content.encode()):08x}.{len(content)}"
    return f"{base}#v={LINK_VERSION}&k={checksum}&{content[4:]}"


def read_link(link):
    """The pairs of a link as texts; `coefficients` by name as floats, `state` unpacked."""
    text = link[link.index("#") + 1:] if "#" in link else link
    if len(text) > LONGEST_LINK:
        raise TheoryscapeError(f"The link has {len(text)} characters, at most {LONGEST_LINK} are read.")
    parts = [part.partition("=") for part in text.split("&") if part]
    pairs = {key: value for key, _, value in parts}
    if pairs.get("v") != str(LINK_VERSION):
        raise TheoryscapeError(f"The link has version {pairs.get('v')}, this reads {LINK_VERSION}.")
    if "k" in pairs or "s" in pairs:
        content = "&".join(part for part in text.split("&") if not part.startswith("k="))
        found = f"{zlib.crc32(content.encode()):08x}.{len(content)}"
        if pairs.get("k") != found:
            raise TheoryscapeError(f"The checksum of the link is {pairs.get('k')}, its text has {found}.")
    read = {key: value for key, value in pairs.items() if key not in ("k", "s") and not key.startswith("c.")}
    read["coefficients"] = {key[2:]: float(value) for key, value in pairs.items() if key.startswith("c.")}
    read["state"] = _unpacked(pairs["s"]) if "s" in pairs else {}
    return read


def _unpacked(text):
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    unpacker = zlib.decompressobj(-15)
    state = unpacker.decompress(packed, LONGEST_STATE)
    if not unpacker.eof:
        raise TheoryscapeError(f"The packed part of the link has more than {LONGEST_STATE} bytes, or is cut.")
    return json.loads(state)


class IFrame:
    """A page inside a notebook: the last expression of a cell. What it computes stays in the browser."""

    def __init__(self, link, width="100%", height=700):
        self.link, self.width, self.height = link, width, height

    def __repr__(self):
        return f"IFrame({self.link!r})"

    def _repr_html_(self):
        source, width, height = (html.escape(str(value), quote=True) for value in (self.link, self.width, self.height))
        return (f'<iframe src="{source}" width="{width}" height="{height}" style="border:0" '
                'allow="fullscreen; clipboard-write" title="Theoryscape"></iframe>')


# Arrays


def read_npy(path):
    """(shape, flat array.array) of a .npy file of float32, float64, int32 or uint8, in C order, little-endian."""
    with open(path, "rb") as file:
        if file.read(6) != b"\x93NUMPY":
            raise TheoryscapeError(f"{path} is no .npy file.")
        major, _ = file.read(2)
        length = int.from_bytes(file.read(2 if major == 1 else 4), "little")
        header = ast.literal_eval(file.read(length).decode("latin1"))
        code = {"<f4": "f", "<f8": "d", "<i4": "i", "|u1": "B"}.get(header["descr"])
        if code is None or header["fortran_order"]:
            raise TheoryscapeError(f"{path} holds {header['descr']}, fortran_order {header['fortran_order']}.")
        values = _numbers(code, file.read())
    if len(values) != math.prod(header["shape"]):
        raise TheoryscapeError(f"{path} has {len(values)} numbers, its shape {header['shape']} needs others.")
    return tuple(header["shape"]), values


def _numbers(code, data):
    values = array.array(code)
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def read_spectra(path):
    """Rows of a spectrum file (.npy): one list of expected events or densities per row."""
    shape, values = read_npy(path)
    if len(shape) == 1:
        return [list(values)]
    rows, columns = shape
    return [list(values[row * columns:(row + 1) * columns]) for row in range(rows)]


# Networks


def read_card(folder):
    """card.json of a model, encoder or ratio network."""
    with open(os.path.join(folder, "card.json"), encoding="utf-8") as file:
        return json.load(file)


class RatioNetwork:
    """A ratio network of train-ratio, run-task or a bundle: its layers, without what corrects its output afterwards."""

    def __init__(self, folder):
        self.card = read_card(folder)
        if self.card.get("kind") != "ratio":
            raise TheoryscapeError(f"{folder} holds no ratio network: its kind is {self.card.get('kind')}.")
        with open(os.path.join(folder, "weights.bin"), "rb") as file:
            data = file.read()
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 != self.card["weightsSha256"]:
            raise TheoryscapeError(f"sha256 of weights.bin is {sha256[:12]}, the card of {folder} says {self.card['weightsSha256'][:12]}.")
        inputs = len(self.card["features"])
        sizes = [inputs, *self.card["training"]["widths"], self.card["outputs"]]
        flat = self._parameters(data[8 * inputs:])
        self.layers, at = [], 0
        for rows, columns in zip(sizes, sizes[1:]):
            kernel = flat[at:at + rows * columns]
            at += rows * columns
            self.layers.append((kernel, flat[at:at + columns]))
            at += columns

    def _parameters(self, data):
        if self.card.get("precision") == "float16":
            import struct
            return list(struct.unpack(f"<{len(data) // 2}e", data))
        return list(_numbers("f", data))

    def outputs(self, features):
        """Outputs of the last layer (of a classifier: its logit) for features by name or in the order of the card."""
        names, scaler = self.card["features"], self.card["scaler"]
        values = [features[name] for name in names] if isinstance(features, dict) else list(features)
        logs = scaler.get("log") or [False] * len(values)
        taken = [math.log1p(value) if log else value for value, log in zip(values, logs)]
        hidden = [(value - c) / s for value, c, s in zip(taken, scaler["centre"], scaler["scale"])]
        for i, (kernel, bias) in enumerate(self.layers):
            width = len(bias)
            hidden = [sum(x * kernel[row * width + k] for row, x in enumerate(hidden)) + bias[k] for k in range(width)]
            if i < len(self.layers) - 1:
                hidden = [max(0.0, x) for x in hidden]
        return hidden


# Chains


def read_chain(prefix):
    """A chain of fit --chains: names, weights, log likelihoods and samples, of PREFIX.txt and PREFIX.paramnames."""
    with open(f"{prefix}.paramnames", encoding="utf-8") as file:
        names = [line.split()[0] for line in file if line.strip()]
    weights, log_likelihoods, samples = [], [], []
    with open(f"{prefix}.txt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = [float(word) for word in line.split()]
            if not row:
                continue
            if len(row) != 2 + len(names):
                raise TheoryscapeError(f"Line {number} of {prefix}.txt has {len(row)} numbers, {2 + len(names)} are expected.")
            weights.append(row[0])
            log_likelihoods.append(-row[1])
            samples.append(row[2:])
    return {"names": names, "weights": weights, "logL": log_likelihoods, "samples": samples}


def means(chain):
    """Weighted mean of every parameter of a chain, by name."""
    total = sum(chain["weights"])
    return {
        name: sum(w * row[k] for w, row in zip(chain["weights"], chain["samples"])) / total
        for k, name in enumerate(chain["names"])
    }


# Plans


def write_plan(out, *options, program=("theoryscape",)):
    """Writes a plan by the command `plan`, e.g. write_plan("p", "--preset", "parton", "--replicas", "50")."""
    try:
        done = subprocess.run([*program, "plan", *options, "--out", str(out)], capture_output=True, text=True)
    except FileNotFoundError as error:
        raise TheoryscapeError(
            f"There is no program {program[0]}. Name it: program=(\"node\", \"build/cli/theoryscape.mjs\"), which npm run build:cli makes."
        ) from error
    if done.returncode != 0:
        raise TheoryscapeError(done.stderr.strip())
    return read_plan(out)


def read_plan(path):
    """A plan, as `run-task` reads it: its folder, or plan.json there."""
    path = os.path.join(path, "plan.json") if os.path.isdir(path) else path
    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    if plan.get("format") != "theoryscape-plan" or plan.get("schemaVersion") != 1:
        raise TheoryscapeError(f"{path} is no plan of version 1.")
    return plan


def missing_tasks(plan, folder):
    """Ids of tasks whose network does not stand in a folder."""
    return [task["id"] for task in plan["tasks"] if not os.path.exists(os.path.join(folder, task["id"], "card.json"))]
