/* Tables for how the organiser writes: her own words in mails, whom no mail goes to, and
 * whom to call at a venue: see schema.sql.c. */
#include "central/engine/schema.h"

#include <stddef.h>

const char *const bw_schema_post[] = {
    /* Of the venue, to be called when a kiosk there is silent; '': it isn't known. */
    "ALTER TABLE session ADD COLUMN venue_phone TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE step_session ADD COLUMN venue_phone TEXT NOT NULL DEFAULT ''",

    /* The last number of a mailing that was given: one that was taken back out of the log
     * never comes again. */
    "ALTER TABLE central ADD COLUMN last_mailing_no INTEGER NOT NULL DEFAULT 0",
    "UPDATE central SET last_mailing_no ="
    " (SELECT coalesce(max(mailing_no), 0) FROM told)",

    /* What a mail says instead of our words: it holds for as long as its step stands, and
     * the last one that stands counts; '' is our words again. Names of texts and their
     * parts stand in office/mail/words.h, languages in central/base/wording.h. */
    "CREATE TABLE mail_text ("
    " step_no INTEGER NOT NULL,"
    " language TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " part TEXT NOT NULL,"
    " words TEXT NOT NULL,"
    " PRIMARY KEY (step_no, language, name, part))",

    /* Whom no mail goes to, for as long as the step stands; the last one that stands
     * counts. Of kind 1 the address came back, which counts for whoever has it; of kind 2
     * the person wants none. `holds` is 0 where that ended. */
    "CREATE TABLE mail_state ("
    " step_no INTEGER NOT NULL,"
    " person_no INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " holds INTEGER NOT NULL,"
    " mail_fold TEXT NOT NULL,"
    " PRIMARY KEY (step_no, person_no, kind))",
    "CREATE INDEX mail_state_by_person ON mail_state (person_no)",
    "CREATE INDEX mail_state_by_mail ON mail_state (mail_fold)",
    NULL,
};
