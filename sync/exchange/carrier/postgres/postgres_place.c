/* Whose letters they are, and which version: see postgres_place.h. */
#include "exchange/carrier/postgres/postgres_place.h"

#include "exchange/carrier/postgres/postgres_rows.h"
#include "exchange/carrier/postgres/postgres_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_BYTES = 256 };

enum bw_status
bw_carrier_place_get(PGconn *db, const char *family, const char *doing, size_t most_bytes,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    static const char no_table[] = "42P01";
    char sql[SQL_BYTES];
    enum bw_status status = BW_OK;
    (void)snprintf(sql, sizeof sql,
        "SELECT bytes, " BW_CARRIER_TABLE_VERSION_SQL " FROM %s_letters.place p", family);
    PGresult *result = bw_carrier_link_ask(db, sql, NULL, 0, true);
    if (!bw_carrier_link_is(result, -1, 2)) {
        status =
            strcmp(bw_carrier_link_state(result), no_table) == 0
                ? bw_error_set(err, BW_NOT_FOUND, 0, "%s: there's no such table", doing)
                : bw_carrier_link_fail(db, result, doing, err);
    } else if (PQntuples(result) > 0) {
        status = bw_carrier_table_version_check(
            strtoll(PQgetvalue(result, 0, 1), NULL, 10), doing, err);
    }
    if (status == BW_OK) {
        status =
            bw_carrier_rows_bytes(result, most_bytes, doing, ret_bytes, ret_length, err);
    }
    PQclear(result);
    return status;
}

enum bw_status
bw_carrier_place_put(PGconn *db, const char *family, const char *doing, const void *bytes,
    size_t length, struct bw_error *err)
{
    char sql[SQL_BYTES];
    const struct bw_carrier_value value = {bytes, (int)length};
    (void)snprintf(sql, sizeof sql,
        "INSERT INTO %s_letters.place (one, bytes) VALUES (1, $1)"
        " ON CONFLICT DO NOTHING",
        family);
    PGresult *result = bw_carrier_link_ask(db, sql, &value, 1, false);
    enum bw_status status = bw_postgres_is_fine(result)
                                ? BW_OK
                                : bw_carrier_link_fail(db, result, doing, err);
    PQclear(result);
    return status;
}
