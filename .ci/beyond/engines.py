"""Runs the query of `rmsurvey sql` on an engine, and writes what comes out as CSV.

    python engines.py ENGINE QUERY ANSWERS SUMS

ANSWERS is the table of answers as CSV; the query names it `answers`.
"""

import csv
import sys


def on_duckdb(query, answers):
    import duckdb

    engine = duckdb.connect()
    engine.execute("create table answers as select * from read_csv(?, all_varchar = true)", [answers])
    result = engine.execute(query)
    return [column[0] for column in result.description], result.fetchall()


def on_spark(query, answers):
    from pyspark.sql import SparkSession

    settings = SparkSession.builder.master("local[2]")
    for key, value in {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2",
                       "spark.ui.showConsoleProgress": "false"}.items():
        settings = settings.config(key, value)
    engine = settings.getOrCreate()
    engine.sparkContext.setLogLevel("ERROR")
    engine.read.option("header", True).csv(answers).createOrReplaceTempView("answers")
    result = engine.sql(query)
    rows = [tuple(row) for row in result.collect()]
    engine.stop()
    return result.columns, rows


def main(engine, query, answers, sums):
    with open(query, encoding="utf-8") as file:
        text = file.read()
    columns, rows = {"duckdb": on_duckdb, "spark": on_spark}[engine](text, answers)
    with open(sums, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


main(*sys.argv[1:])
