/* A small day at the office, once in an SQLite file and once on PostgreSQL. */
#ifndef BW_TESTS_POSTGRES_DAY_H
#define BW_TESTS_POSTGRES_DAY_H

#include "postgres_help.h"

/* Runs the tests of it; returns how many failed. */
int postgres_day_run(struct postgres *postgres);

#endif
