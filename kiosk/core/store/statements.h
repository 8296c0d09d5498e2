/* The text of every statement, and what it does in words for an error sentence. */
#ifndef BW_CORE_STORE_STATEMENTS_H
#define BW_CORE_STORE_STATEMENTS_H

#include "sql.h"

struct store_statement {
    const char *sql;
    const char *doing;
};

extern const struct store_statement bw_store_statements[SQL_COUNT];

#endif
