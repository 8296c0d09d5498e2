/* Tables for what people were told by mail: see schema.sql.c. */
#include "central/engine/schema.h"

#include <stddef.h>

const char *const bw_schema_mail[] = {
    /* Where mails come from, and whom people ask for. */
    "ALTER TABLE central ADD COLUMN mail TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE central ADD COLUMN contact TEXT NOT NULL DEFAULT ''",

    /* What went to whom: what a mail said, as it was then. `told_no` counts over all
     * sessions; `mailing_no` is of the run that wrote or sent it. Numbers of enums in
     * office/mail/told.h. */
    "CREATE TABLE told ("
    " session_no INTEGER NOT NULL,"
    " told_no INTEGER NOT NULL,"
    " mailing_no INTEGER NOT NULL,"
    " on_its_way INTEGER NOT NULL," /* 1: whether a server took it isn't known */
    " code INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " way INTEGER NOT NULL,"
    " at_ms INTEGER NOT NULL,"
    " mail TEXT NOT NULL,"
    " first_name TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " message_id TEXT NOT NULL," /* without < and >; '' where there's none */
    " status INTEGER NOT NULL,"
    " generation INTEGER NOT NULL,"
    " signing_key INTEGER NOT NULL,"
    " title TEXT NOT NULL,"
    " starts_ms INTEGER NOT NULL,"
    " ends_ms INTEGER NOT NULL,"
    " timezone TEXT NOT NULL,"
    " venue TEXT NOT NULL,"
    " address TEXT NOT NULL,"
    " uid TEXT NOT NULL," /* of the calendar entry; '' where there was never one */
    " sequence INTEGER NOT NULL,"
    " calendar INTEGER NOT NULL," /* 0 never an entry, 1 it stands, 2 taken out */
    " PRIMARY KEY (session_no, told_no))",
    "CREATE INDEX told_by_code ON told (code, told_no)",
    "CREATE INDEX told_by_mailing ON told (mailing_no)",
    NULL,
};
