#!/usr/bin/env python3
"""One engine on one model, in a process of its own so that its time and memory are its own.

peer.py highs|cp-sat FOLDER SECONDS reads rules.toml and cells.npz, solves level by level and writes what it has as JSON.
With people.npz named by --people FILE BITS it goes on to the persons: the levels are rows then, and the lot decides.
"""

import json
import sys
import time
from pathlib import Path

import numpy

from model import model, read_rules


def main(arguments):
    engine, folder, seconds = arguments[0], Path(arguments[1]), float(arguments[2])
    rules = read_rules(folder / "rules.toml")
    began, used = time.monotonic(), time.process_time()
    stored = numpy.load(folder / "cells.npz")
    cells = model(rules, stored["cells"], stored["counts"])
    solve = {"highs": highs, "cp-sat": cp_sat}[engine]
    ends = began + seconds
    found = {"variables": len(cells.most), "levels": solve(cells, ends)}
    if "--people" in arguments:
        people_file, bits = arguments[arguments.index("--people") + 1 :][:2]
        found |= people(rules, numpy.load(people_file), int(bits), found["levels"], ends)
    print(json.dumps(found | {"cpu_solving": time.process_time() - used}))


def highs(model_, ends):
    """Each level as large as can be, with those before it held by rows of whole numbers. Nothing more where one is not proved."""
    import highspy

    solver = highspy.Highs()
    for option, value in [("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)]:
        solver.setOptionValue(option, value)
    count = len(model_.most)
    solver.addVars(count, numpy.zeros(count), numpy.array(model_.most, dtype=float))
    every = numpy.arange(count, dtype=numpy.int32)
    solver.changeColsIntegrality(count, every, numpy.full(count, highspy.HighsVarType.kInteger))
    for variables, factors, least, most in model_.rows:
        most = solver.inf if most is None else most
        solver.addRow(least, most, len(variables), variables.astype(numpy.int32), numpy.array(factors, dtype=float))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    levels = []
    for _, worth in model_.levels:
        factors = numpy.zeros(count)
        factors[: len(worth)] = worth
        solver.changeColsCost(count, every, factors)
        # HiGHS counts its time over all runs.
        solver.setOptionValue("time_limit", solver.getRunTime() + max(0.0, ends - time.monotonic()))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        # Rounded and added up again in whole numbers: the solver's own figure is a float.
        whole = numpy.rint(solver.getSolution().col_value).astype(int)
        level = int(whole[: len(worth)] @ worth)
        levels.append(level)
        of = worth.nonzero()[0].astype(numpy.int32)
        solver.addRow(level, solver.inf, len(of), of, worth[of].astype(float))
    return levels


def cp_sat(model_, ends):
    """As `highs`, in whole numbers throughout."""
    built, variables = cp_model_of(model_)
    levels, hints = [], None
    for _, worth in model_.levels:
        of = worth.nonzero()[0]
        sum_ = weighted(variables, of, worth[of])
        built.maximize(sum_)
        solver = solve(built, variables, hints, ends)
        if solver is None:
            break
        level = round(solver.objective_value)
        hints = [solver.value(variable) for variable in variables]
        levels.append(level)
        built.add(sum_ >= level)
    return levels


def people(rules, stored, bits, levels, ends):
    """Who goes: the persons' model with every level at its proved best, and the sum of the lots as small as can be."""
    persons = model(rules, stored["people"], numpy.ones(len(stored["people"]), dtype=int))
    if len(levels) < len(persons.levels):
        return {}
    built, variables = cp_model_of(persons)
    for (_, worth), level in zip(persons.levels, levels):
        of = worth.nonzero()[0]
        built.add(weighted(variables, of, worth[of]) == level)
    # Those of one cell stand in the order of their lots. No rule and no level tells them apart, so a roll in which one
    # goes and another with a lower lot stays gets better when the two are exchanged: the best roll takes the first few.
    # For the same reason nobody goes who stands behind as many of their cell as their site has places (`first_of_cells`).
    same = (stored["people"][:-1] == stored["people"][1:]).all(axis=1).nonzero()[0]
    for at in same:
        built.add_implication(variables[at + 1], variables[at])
    lots = stored["lots"] >> (40 - bits)
    built.minimize(weighted(variables, range(len(lots)), lots))
    solver = solve(built, variables, None, ends)
    if solver is None:
        return {}
    going = [at for at in range(len(lots)) if solver.value(variables[at])]
    return {"people": stored["items"][going].tolist(), "lots": int(lots[going].sum())}


def cp_model_of(model_):
    from ortools.sat.python import cp_model

    built = cp_model.CpModel()
    variables = [built.new_int_var(0, most, "") if most > 1 else built.new_bool_var("") for most in model_.most]
    for of, factors, least, most in model_.rows:
        sum_ = weighted(variables, of, factors)
        if most is None:
            built.add(sum_ >= least)
        else:
            built.add_linear_constraint(sum_, least, most)
    return built, variables


def weighted(variables, of, factors):
    from ortools.sat.python import cp_model

    return cp_model.LinearExpr.weighted_sum([variables[at] for at in of], [int(factor) for factor in factors])


def solve(built, variables, hints, ends):
    """The solver with the best proved; None where time ran out first."""
    from ortools.sat.python import cp_model

    built.clear_hints()
    for variable, hint in zip(variables, hints or []):
        built.add_hint(variable, hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = max(0.1, ends - time.monotonic())
    return solver if solver.solve(built) == cp_model.OPTIMAL else None


if __name__ == "__main__":
    main(sys.argv[1:])
