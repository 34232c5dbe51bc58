"""The tally of a simulated survey with other programs, each in the quickest form that was found for it.

Usage: peers.py polars|duckdb INPUT COUNTS   count the answers of `rmsurvey simulate --waves 1`
       peers.py check TALLY COUNTS           hold every count against `rmsurvey tally`

Both are given what `rmsurvey` reads from the definition: the type of each column and the groups. Neither
looks for duplicates, keeps a ledger, hashes the file or says where an answer is wrong. A respondent's groups
are one class; answers are counted by class in one pass, and the few classes added up by group.
"""

import csv
import os
import sys
import tomllib

SCORES = (0, 1, 2, 3, 4)
HEADER = "question,department,breakdown,group,score_1,score_2,score_3,score_4,no_contact,blank"
NOT_STATED = "not-stated"


class Export:
    """The one export of a simulated survey: its columns, and what they stand for."""

    def __init__(self, folder):
        with open(os.path.join(folder, "survey.toml"), "rb") as file:
            survey = tomllib.load(file)
        (wave,) = survey["wave"]
        self.file = os.path.join(folder, wave["files"]["providers"])
        with open(self.file, newline="", encoding="utf-8") as file:
            self.columns = next(csv.reader(file))
        departments = {each["label"]: each["id"] for each in survey["department"]}
        departments[survey["whole"]["label"]] = "whole"
        # Per column of answers, its question and department.
        self.items = {}
        for column in self.columns:
            start, dash, department = column.rpartition(" - ")
            if dash:
                self.items[column] = (start.split()[0], departments[department])
        # Per column of groups, its breakdown and the groups as the export has them.
        self.breakdowns = {
            each["columns"][0]: (each["id"], [group["id"] for group in each["groups"]])
            for each in survey["audience"]["providers"]["breakdown"]
        }

    def write(self, counts, to):
        """Counts come as (breakdown, group, forms, [per item the answers of each score, 0 first])."""
        with open(to, "w", encoding="utf-8") as out:
            print(HEADER, file=out)
            for breakdown, group, forms, answers in counts:
                for item, (question, department) in enumerate(self.items.values()):
                    none, *scores = answers[item * len(SCORES) : (item + 1) * len(SCORES)]
                    blank = forms - none - sum(scores)
                    print(question, department, breakdown, group, *scores, none, blank, sep=",", file=out)


def with_polars(export):
    """The class as one number; rows sorted by it, so that the answers of a class lie side by side."""
    import polars as pl

    schema = {column: pl.String for column in export.columns}
    schema |= {column: pl.Enum(groups) for column, (_, groups) in export.breakdowns.items()}
    schema |= {column: pl.UInt8 for column in export.items}
    number, steps, step = pl.lit(0, pl.UInt32), {}, 1
    for column, (_, groups) in export.breakdowns.items():
        group = pl.col(column).to_physical().cast(pl.UInt32).fill_null(len(groups))
        number += group * step
        steps[column] = step
        step *= len(groups) + 1
    rows = pl.scan_csv(export.file, schema=schema).select(number.alias("class"), *export.items)
    answers = [(pl.col(item) == score).sum().alias(f"{item}|{score}") for item in export.items for score in SCORES]
    rows = rows.collect(engine="streaming").sort("class")
    classes = rows.group_by("class").agg(pl.len().alias("forms"), *answers)

    def counts(breakdown, group, row):
        return breakdown, group, row[0], row[1:]

    numbers = classes.drop("class").cast(pl.Int64)
    yield counts("all", "all", numbers.sum().row(0))
    for column, (breakdown, groups) in export.breakdowns.items():
        group = classes["class"] // steps[column] % (len(groups) + 1)
        for each, *row in numbers.group_by(group.alias("group")).sum().iter_rows():
            yield counts(breakdown, [*groups, NOT_STATED][each], row)


def with_duckdb(export):
    """A sum per item and score; filters and histograms took far longer, as did a row per answer."""
    import duckdb

    def name(text):
        return '"' + text.replace('"', '""') + '"'

    def quoted(text):
        return "'" + text.replace("'", "''") + "'"

    database = duckdb.connect()
    database.execute("SET preserve_insertion_order = false")
    types = {column: "VARCHAR" for column in export.columns}
    for number, (column, (_, groups)) in enumerate(export.breakdowns.items()):
        types[column] = f"groups_{number}"
        database.execute(f"CREATE TYPE groups_{number} AS ENUM ({', '.join(map(quoted, groups))})")
    types |= {column: "UTINYINT" for column in export.items}
    columns = ", ".join(f"{quoted(column)}: {quoted(kind)}" for column, kind in types.items())
    groups = [name(column) for column in export.breakdowns]
    answers = [f"countif({name(item)} = {score})" for item in export.items for score in SCORES]
    sums = [f"n{number}" for number in range(len(answers))]
    stated = ", ".join(f"coalesce({column}::VARCHAR, '{NOT_STATED}') AS {column}" for column in groups)
    rows = database.execute(
        f"""
        WITH classes AS MATERIALIZED (
            SELECT {", ".join(groups)}, count(*) AS forms, {", ".join(map(" AS ".join, zip(answers, sums)))}
            FROM read_csv({quoted(export.file)}, columns = {{{columns}}}, header = true, auto_detect = false,
                          delim = ',', quote = '"')
            GROUP BY {", ".join(groups)}
        )
        SELECT {", ".join(groups)}, sum(forms)::BIGINT, {", ".join(f"sum({each})::BIGINT" for each in sums)}
        FROM (SELECT {stated}, forms, {", ".join(sums)} FROM classes)
        GROUP BY GROUPING SETS ((), {", ".join(f"({column})" for column in groups)})
        """
    )
    breakdowns = [breakdown for breakdown, _ in export.breakdowns.values()]
    for row in rows.fetchall():
        group, (forms, *answers) = row[: len(groups)], row[len(groups) :]
        stated = [pair for pair in zip(breakdowns, group) if pair[1] is not None]
        yield *(stated[0] if stated else ("all", "all")), forms, answers


def check(tally, counted):
    """Every count of a question and a department, of everybody and of each group."""
    keys = HEADER.split(",")
    with open(tally, newline="", encoding="utf-8") as file:
        rows = [tuple(row[key] for key in keys) for row in csv.DictReader(file)]
    expected = {row for row in rows if "all" not in row[:2]}
    with open(counted, newline="", encoding="utf-8") as file:
        found = {tuple(row[key] for key in keys) for row in csv.DictReader(file)}
    if not expected or found != expected:
        for row in sorted(expected ^ found)[:10]:
            print("rmsurvey" if row in expected else "other   ", *row, file=sys.stderr)
        sys.exit(f"{counted}: {len(found - expected)} of {len(expected)} rows are not those of rmsurvey")


def main():
    task, first, second = sys.argv[1:]
    if task == "check":
        check(first, second)
    else:
        export = Export(first)
        export.write({"polars": with_polars, "duckdb": with_duckdb}[task](export), second)


main()
