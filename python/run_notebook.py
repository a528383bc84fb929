"""Runs the code cells of a notebook in its folder and stores what they print: python3 run_notebook.py NOTEBOOK [--check].

Standard library alone, as much of Jupyter as theoryscape.ipynb needs: text printed by a cell, and the value of its last expression.
--check changes nothing and ends with 1 where a cell gives other text than is stored.
"""

import ast
import contextlib
import io
import json
import os
import sys


def run_cell(source, names):
    """Outputs of a cell, as the notebook format 4.5 has them; the cell is run in `names`."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        if last:
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    outputs = []
    if printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": printed.getvalue().splitlines(True)})
    if value is not None:
        data = {"text/plain": repr(value).splitlines(True)}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = value._repr_html_().splitlines(True)
        outputs.append({"output_type": "execute_result", "data": data, "metadata": {}})
    return outputs


def main(path, check):
    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    os.chdir(os.path.dirname(os.path.abspath(path)))
    sys.path.insert(0, ".")
    names, count, other = {"__name__": "__main__"}, 0, 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        count += 1
        outputs = run_cell("".join(cell["source"]), names)
        for output in outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
        if check and outputs != cell["outputs"]:
            other += 1
            print(f"Cell {count} gives\n{json.dumps(outputs)}\nand is stored with\n{json.dumps(cell['outputs'])}")
        cell["outputs"], cell["execution_count"] = outputs, count
    if check:
        print(f"{count} cells, {other} with other outputs than stored")
        return 1 if other else 0
    with open(os.path.basename(path), "w", encoding="utf-8") as file:
        json.dump(notebook, file, indent=1, ensure_ascii=False)
        file.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--check" in sys.argv))
