/* All that the office holds of one person: see export_person.h. */
#include "office/export_person.h"

#include "office/entries.h"
#include "office/mail/told.h"
#include "office/place/whole_person.h"

#include <brugwachter/event.h>
#include <brugwachter/verdict.h>
#include <stdlib.h>

enum { FACTS_MAX = 26, DETAILS = 5 };

/* What a column is. */
enum column_type {
    COLUMN_END,
    COLUMN_TEXT,
    COLUMN_NUMBER,
    COLUMN_MS,
    COLUMN_CODE,
    COLUMN_STATUS,
    COLUMN_TOLD,
    COLUMN_EVENT,
    COLUMN_VERDICT,
    COLUMN_DETAILS, /* of their own walk-in */
    COLUMN_REASON,  /* of somebody's details, the reason alone */
};

struct fact_column {
    const char *name;
    enum column_type type;
};

struct section {
    const char *name;
    const char *sql; /* $1 is the number of the record */
    struct fact_column columns[FACTS_MAX - DETAILS];
};

#define OF_CODES "(SELECT code FROM registration WHERE person_no = $1)"

static const struct section sections[] = {
    {"person", "SELECT person_no, mail FROM person WHERE person_no = $1",
        {{"record", COLUMN_NUMBER}, {"email", COLUMN_TEXT}}},
    {"known_as",
        "SELECT identity FROM person WHERE person_no = $1 AND identity IS NOT NULL"
        " UNION ALL SELECT identity FROM person_alias WHERE person_no = $1",
        {{"identity", COLUMN_TEXT}}},
    {"registrations",
        "SELECT r.code, s.code, s.title, s.starts_ms, r.status, r.signed_up_ms,"
        " r.first_name, r.name, r.school, r.role, r.region, r.table_name, r.attention,"
        " r.why, r.placed_ms, r.changed_ms, b.file, b.imported_ms, fs.title"
        " FROM registration r JOIN session s ON s.session_no = r.session_no"
        " LEFT JOIN registration f ON f.code = r.followed_by"
        " AND f.person_no = r.person_no"
        " LEFT JOIN session fs ON fs.session_no = f.session_no"
        " LEFT JOIN import_batch b ON b.batch_no = r.batch_no"
        " WHERE r.person_no = $1 ORDER BY s.starts_ms, r.code",
        {{"code", COLUMN_CODE}, {"session", COLUMN_TEXT}, {"title", COLUMN_TEXT},
            {"starts_at", COLUMN_MS}, {"status", COLUMN_STATUS},
            {"signed_up_at", COLUMN_MS}, {"first_name", COLUMN_TEXT},
            {"name", COLUMN_TEXT}, {"school", COLUMN_TEXT}, {"role", COLUMN_TEXT},
            {"region", COLUMN_TEXT}, {"table", COLUMN_TEXT}, {"attention", COLUMN_TEXT},
            {"reason", COLUMN_TEXT}, {"placed_at", COLUMN_MS}, {"changed_at", COLUMN_MS},
            {"file", COLUMN_TEXT}, {"imported_at", COLUMN_MS}, {"went_to", COLUMN_TEXT}}},
    {"tickets",
        "SELECT code, generation, signing_key, issued_ms FROM ticket WHERE code IN"
        " " OF_CODES " ORDER BY code, generation, signing_key",
        {{"code", COLUMN_CODE}, {"generation", COLUMN_NUMBER},
            {"signing_key", COLUMN_NUMBER}, {"issued_at", COLUMN_MS}}},
    {"mails",
        "SELECT code, at_ms, kind, mail, first_name, name, title, starts_ms, venue,"
        " address, message_id FROM told WHERE code IN " OF_CODES " ORDER BY told_no",
        {{"code", COLUMN_CODE}, {"at", COLUMN_MS}, {"kind", COLUMN_TOLD},
            {"email", COLUMN_TEXT}, {"first_name", COLUMN_TEXT}, {"name", COLUMN_TEXT},
            {"title", COLUMN_TEXT}, {"starts_at", COLUMN_MS}, {"venue", COLUMN_TEXT},
            {"address", COLUMN_TEXT}, {"message_id", COLUMN_TEXT}}},
    {"mail_states",
        "SELECT s.step_no, s.at_ms, s.what, s.why, x.mail_fold"
        " FROM mail_state x JOIN step s ON s.step_no = x.step_no"
        " WHERE x.person_no = $1 ORDER BY s.step_no, x.kind",
        {{"step", COLUMN_NUMBER}, {"at", COLUMN_MS}, {"what", COLUMN_TEXT},
            {"why", COLUMN_TEXT}, {"email", COLUMN_TEXT}}},
    {"refused",
        "SELECT s.step_no, s.at_ms, l.spelling, substr(l.meaning, 2) FROM learned l"
        " JOIN step s ON s.step_no = l.step_no"
        " JOIN registration r ON l.spelling LIKE r.code || ' %'"
        " WHERE l.kind = 24 AND l.meaning <> '-' AND r.person_no = $1"
        " ORDER BY s.step_no, l.spelling",
        {{"step", COLUMN_NUMBER}, {"at", COLUMN_MS}, {"field", COLUMN_TEXT},
            {"said", COLUMN_TEXT}}},
    {"steps",
        "SELECT s.step_no, s.at_ms, s.what, s.about, s.why, r.code,"
        " CASE WHEN r.fresh = 0 THEN r.status END,"
        " r.first_name, r.name, r.school, r.role, r.region, r.attention, r.why"
        " FROM step s JOIN step_registration r ON r.step_no = s.step_no"
        " WHERE r.person_no = $1 OR r.code IN " OF_CODES " ORDER BY s.step_no, r.code",
        {{"step", COLUMN_NUMBER}, {"at", COLUMN_MS}, {"what", COLUMN_TEXT},
            {"about", COLUMN_TEXT}, {"why", COLUMN_TEXT}, {"code", COLUMN_CODE},
            {"status", COLUMN_STATUS}, {"first_name", COLUMN_TEXT}, {"name", COLUMN_TEXT},
            {"school", COLUMN_TEXT}, {"role", COLUMN_TEXT}, {"region", COLUMN_TEXT},
            {"attention", COLUMN_TEXT}, {"reason", COLUMN_TEXT}}},
    {"records",
        "SELECT s.step_no, s.at_ms, s.what, s.about, s.why, p.person_no, p.mail,"
        " p.identity FROM step s JOIN step_person p ON p.step_no = s.step_no"
        " WHERE p.person_no = $1 ORDER BY s.step_no",
        {{"step", COLUMN_NUMBER}, {"at", COLUMN_MS}, {"what", COLUMN_TEXT},
            {"about", COLUMN_TEXT}, {"why", COLUMN_TEXT}, {"record", COLUMN_NUMBER},
            {"email", COLUMN_TEXT}, {"identity", COLUMN_TEXT}}},
};

/* Of each of their events; $1 session, $2 device, $3 number, $4 hash, $5 number in
 * quarantine, $6 whether it has a code: then the details are somebody else's. */
static const struct section of_log = {"events",
    "SELECT e.device, e.seq, s.code, e.wall_ms, e.kind, e.verdict, CASE WHEN e.code"
    " IS NULL THEN d.bytes END, CASE WHEN e.code IS NOT NULL THEN d.bytes END"
    " FROM event e JOIN session s ON s.session_no = e.session_no"
    " LEFT JOIN event_details d ON d.session_no = e.session_no"
    " AND d.device = e.device AND d.seq = e.seq AND d.hash = e.hash"
    " WHERE e.session_no = $1 AND e.device = $2 AND e.seq = $3 AND e.hash = $4",
    {{"device", COLUMN_NUMBER}, {"seq", COLUMN_NUMBER}, {"session", COLUMN_TEXT},
        {"at", COLUMN_MS}, {"kind", COLUMN_EVENT}, {"verdict", COLUMN_VERDICT},
        {"details", COLUMN_DETAILS}, {"reason", COLUMN_REASON}}};

static const struct section of_quarantine = {"quarantine",
    "SELECT q.device, q.seq, s.code, q.received_ms, q.why,"
    " CASE WHEN CAST($6 AS BIGINT) = 0 THEN q.details END,"
    " CASE WHEN CAST($6 AS BIGINT) = 1 THEN q.details END"
    " FROM quarantine q LEFT JOIN session s ON s.session_no = q.session_no"
    " WHERE q.number = $5",
    {{"device", COLUMN_NUMBER}, {"seq", COLUMN_NUMBER}, {"session", COLUMN_TEXT},
        {"received_at", COLUMN_MS}, {"why", COLUMN_TEXT}, {"details", COLUMN_DETAILS},
        {"reason", COLUMN_REASON}}};

struct person_walk {
    const struct section *section;
    bw_office_person_each *each;
    void *context;
    bool ended;
    struct bw_office_fact facts[FACTS_MAX];
    int count;
    struct bw_event_details details;
};

static void
add_text(struct person_walk *walk, const char *name, const char *text)
{
    if (text[0] != '\0') {
        walk->facts[walk->count++] =
            (struct bw_office_fact){name, BW_OFFICE_FACT_TEXT, 0, text};
    }
}

static void
add_details(struct person_walk *walk, const struct bw_sql_value *value, bool whole)
{
    if (value->bytes == 0 ||
        bw_details_decode(value->blob, value->bytes, &walk->details, NULL) != BW_OK) {
        return;
    }
    if (whole) {
        add_text(walk, "first_name", walk->details.person.first_name);
        add_text(walk, "name", walk->details.person.name);
        add_text(walk, "school", walk->details.person.school);
        add_text(walk, "region", walk->details.person.region);
    }
    add_text(walk, "reason", walk->details.reason);
}

static void
add(struct person_walk *walk, const struct fact_column *column,
    const struct bw_sql_value *value)
{
    int number = (int)value->number;
    switch (column->type) {
    case COLUMN_END:
        break;
    case COLUMN_TEXT:
        add_text(walk, column->name, value->text);
        break;
    case COLUMN_NUMBER:
    case COLUMN_MS:
        walk->facts[walk->count++] = (struct bw_office_fact){column->name,
            column->type == COLUMN_MS ? BW_OFFICE_FACT_MS : BW_OFFICE_FACT_NUMBER,
            value->number, ""};
        break;
    case COLUMN_CODE:
        walk->facts[walk->count++] =
            (struct bw_office_fact){column->name, BW_OFFICE_FACT_CODE, value->number, ""};
        break;
    case COLUMN_STATUS:
        add_text(walk, column->name,
            bw_registration_status_name((enum bw_registration_status)number));
        break;
    case COLUMN_TOLD:
        add_text(walk, column->name, bw_told_kind_name((enum bw_told_kind)number));
        break;
    case COLUMN_EVENT:
        add_text(walk, column->name, bw_event_kind_name((enum bw_event_kind)number));
        break;
    case COLUMN_VERDICT:
        add_text(walk, column->name, bw_verdict_name((enum bw_verdict)number));
        break;
    case COLUMN_DETAILS:
    case COLUMN_REASON:
        add_details(walk, value, column->type == COLUMN_DETAILS);
        break;
    }
}

static bool
on_row(const struct bw_sql_value *values, int count, void *context)
{
    struct person_walk *walk = context;
    walk->count = 0;
    for (int i = 0; i < count; i++) {
        if (values[i].type != BW_SQL_NULL) {
            add(walk, &walk->section->columns[i], &values[i]);
        }
    }
    walk->ended =
        !walk->each(walk->section->name, walk->facts, walk->count, walk->context);
    return !walk->ended;
}

static enum bw_status
walk_sections(struct bw_central *central, struct person_walk *walk,
    const int64_t *numbers, size_t count, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        walk->section = &sections[i];
        for (size_t k = 0; status == BW_OK && !walk->ended && k < count; k++) {
            struct bw_sql_value value = bw_sql_int(numbers[k]);
            status =
                bw_central_run(central, sections[i].sql, &value, 1, on_row, walk, err);
        }
    }
    return status;
}

static enum bw_status
walk_entries(struct bw_central *central, struct person_walk *walk,
    const struct bw_office_entries *entries, bool quarantine, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    walk->section = quarantine ? &of_quarantine : &of_log;
    for (size_t i = 0; status == BW_OK && !walk->ended && i < entries->count; i++) {
        const struct bw_office_entry *entry = &entries->items[i];
        struct bw_sql_value values[] = {bw_sql_int(entry->session_no),
            bw_sql_int(entry->id.device), bw_sql_int((int64_t)entry->id.seq),
            bw_sql_blob(entry->hash, sizeof entry->hash), bw_sql_int(entry->quarantine),
            bw_sql_int(entry->coded)};
        if ((entry->quarantine != 0) == quarantine) {
            status =
                bw_central_run(central, walk->section->sql, values, 6, on_row, walk, err);
        }
    }
    return status;
}

/* Of all records of a person, or of the walk-in. */
static enum bw_status
read_entries(struct bw_central *central, const struct bw_office_entry_of *whom,
    const int64_t *numbers, size_t count, struct bw_office_entries *inout_entries,
    struct bw_error *err)
{
    enum bw_status status = whom->person_no == 0
                                ? bw_office_entries_add(central, whom, inout_entries, err)
                                : BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        struct bw_office_entry_of of = {.person_no = numbers[i]};
        status = bw_office_entries_add(central, &of, inout_entries, err);
    }
    return status;
}

static enum bw_status
walk_person(struct bw_central *central, struct person_walk *walk, const char *typed,
    struct bw_error *err)
{
    struct bw_office_entry_of whom;
    struct bw_office_entries entries = {.items = NULL};
    int64_t *numbers = NULL;
    size_t count = 0;
    enum bw_status status = bw_office_entry_of_typed(central, typed, &whom, err);
    if (status == BW_OK && whom.person_no != 0) {
        status = bw_place_person_records(central, whom.person_no, &numbers, &count, err);
    }
    if (status == BW_OK) {
        status = read_entries(central, &whom, numbers, count, &entries, err);
    }
    if (status == BW_OK) {
        status = walk_sections(central, walk, numbers, count, err);
    }
    for (int q = 0; status == BW_OK && q < 2; q++) {
        status = walk_entries(central, walk, &entries, q == 1, err);
    }
    bw_office_entries_finish(&entries);
    free(numbers);
    return status;
}

enum bw_status
bw_office_export_person(struct bw_central *central, const char *typed,
    bw_office_person_each *each, void *context, struct bw_error *err)
{
    struct person_walk walk = {.each = each, .context = context};
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = walk_person(central, &walk, typed, err);
        bw_central_read_end(central);
    }
    return status;
}
