/* The engines of the central database: one small set of SQL, run by SQLite and by
 * PostgreSQL.
 *
 * C1 what one transaction writes is there whole or not at all.
 * C2 a revision is a session's own, and given under the lock of that session's row, held
 *    to the commit (bw_central_next_revision); every changed registration and event of
 *    the session carries one: who asks "since r" misses nothing.
 * C3 numbers are given without a wait (bw_central_next_step, bw_central_next_numbers),
 *    and no two are the same. What is of no session (agenda, settings, keys, versions of
 *    reports) is changed under one lock, held to the commit (bw_central_lock_numbers),
 *    which takes as long as that.
 * C4 who reads several tables reads one snapshot (bw_central_read_begin).
 * C5 a wait for another's lock ends after 5 s with BW_BUSY, and sooner where the program
 *    is told to end.
 * C6 a file is hostile until its tables are seen to be ours;
 *    views and triggers never run.
 * C7 who writes beside others (bw_central_begin_beside, bw_central_begin_step) takes the
 *    locks of its rows in this order, each kind once and by rising number: devices,
 *    sessions, numbers (C3), series, which who reads marks of sealed rows takes alone,
 *    codes of new sessions, people (C9). So two of them may wait for each other's end,
 *    never for each other's next row. What turns out to be needed later is taken without
 *    a wait, or BW_BUSY says so.
 * C8 a step of the office that begins beside others changes no session that it doesn't
 *    hold (bw_central_hold_sessions), and decides by what it read once it held it. Steps
 *    of one session are one after the other, and no letter of the session's kiosks goes
 *    in meanwhile.
 * C9 people are of all sessions, and nobody holds them while a step goes on. Who has
 *    changed who is who takes the lock of people once all is written, looks again whether
 *    what it decided by is still so, and commits: it is held as long as that look takes.
 *    Who bears a name is unique besides, so the second of two who write the same waits
 *    for the first to end, and is refused. A step that finds itself overtaken says so, or
 *    is done anew. So it is with codes of new sessions.
 *
 * "What the database answers": BW_BUSY (C5; with the errno EDEADLK where two waited for
 * each other and this one was ended for the other's sake: it may be done anew at once),
 * BW_CORRUPT, BW_FULL, BW_IO, BW_NO_MEMORY, BW_OFFLINE (the server is gone: whether the
 * last step stands isn't known; a commit is asked after), BW_READ_ONLY, each with a
 * sentence. BW_REFUSED of a rule has the errno EEXIST where it is a row of the same key
 * that is there, ENOENT where one that is referred to isn't: others may have put or
 * removed it since. Every function here that may fail answers so, besides what its own
 * lines name.
 *
 * SQL here is what both engines understand: parameters $1 … $n (numbered, each may stand
 * more than once), INTEGER, TEXT and BLOB columns, ON CONFLICT, RETURNING; no INSERT OR,
 * no rowid, no double quotes, CAST($1 AS BIGINT) where a parameter stands alone in a
 * comparison. One thread at a time. */
#ifndef BW_CENTRAL_ENGINE_H
#define BW_CENTRAL_ENGINE_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    BW_CENTRAL_SCHEMA = 17,
    BW_CENTRAL_PARAMETERS_MAX = 128,
    BW_CENTRAL_LOCK_MS = 5000, /* C5 */
};

enum bw_sql_type { BW_SQL_NULL, BW_SQL_INT, BW_SQL_TEXT, BW_SQL_BLOB };

/* A parameter (borrowed until the call returns), or a column (until the row returns). */
struct bw_sql_value {
    enum bw_sql_type type;
    int64_t number;
    const char *text;    /* NUL-terminated; "" for NULL and the other types of a column */
    const uint8_t *blob; /* NULL for an empty one; of a column's text its bytes, as a
                          * hostile file may hold one where a blob should be */
    size_t bytes;        /* of text or blob */
};

/* Values of each type. Texts and blobs are borrowed, never copied. */
struct bw_sql_value bw_sql_null(void);
struct bw_sql_value bw_sql_int(int64_t number);
struct bw_sql_value bw_sql_text(const char *text); /* NULL gives SQL's NULL */
struct bw_sql_value bw_sql_blob(const void *blob, size_t bytes);

/* Called for each row; false stops early, which is no error. */
typedef bool bw_sql_row(const struct bw_sql_value *columns, int count, void *context);

struct bw_central;

enum bw_central_mode {
    BW_CENTRAL_OPEN,   /* BW_NOT_FOUND where it isn't there or was never set up; one of
                        * an older schema is brought up to date first */
    BW_CENTRAL_CREATE, /* makes the file where it isn't there; bw_central_setup follows */
};

/* NULL is nothing to close. */
void bw_central_close(struct bw_central *central);

/* The URI without any password: for sentences. Borrowed. */
const char *bw_central_name(const struct bw_central *central);

/* Where the organiser's secret keys lie: PATH.key; "" for PostgreSQL. Borrowed. */
const char *bw_central_key_path(const struct bw_central *central);

/* From now on nothing is kept: what would be committed is rolled back, and the commit
 * succeeds. For verbs that only show what they would do. */
void bw_central_check_only(struct bw_central *central);
/* Whether it was: then files and carriers stay as they are too. */
bool bw_central_is_check_only(const struct bw_central *central);

/* Reads what a change led to, before it is undone. */
typedef enum bw_status bw_central_look(
    struct bw_central *central, void *context, struct bw_error *err);

/* On a connection that keeps nothing: the next commit first calls `look`, in the
 * transaction and with all that was changed, and answers what that answers. So figures
 * that follow from a verb can be read of the verb itself. NULL, and the end of a
 * transaction that isn't committed, take it back. `context` is borrowed until then. */
void bw_central_foresee(struct bw_central *central, bw_central_look *look, void *context);

/* Takes the write lock at once, waiting its turn (C5). No nesting, nor within a read. */
BW_NODISCARD enum bw_status bw_central_begin(
    struct bw_central *central, struct bw_error *err);
BW_NODISCARD enum bw_status bw_central_commit(
    struct bw_central *central, struct bw_error *err);
/* The same, beside others that begin so: whoever takes the write lock waits for all of
 * them, and they for it; among themselves they meet at the rows that they lock (C7). An
 * engine with one writer takes the write lock. */
BW_NODISCARD enum bw_status bw_central_begin_beside(
    struct bw_central *central, struct bw_error *err);
/* The same for a step of the office (C8). */
BW_NODISCARD enum bw_status bw_central_begin_step(
    struct bw_central *central, struct bw_error *err);
/* Does nothing outside a transaction. */
void bw_central_rollback(struct bw_central *central);
bool bw_central_in_transaction(const struct bw_central *central);

/* From here to bw_central_read_end every read sees one state of the database: what others
 * commit meanwhile isn't there. Nested ones, and one within bw_central_begin, see the
 * outer one's. BW_BUSY, BW_CORRUPT, BW_IO. */
BW_NODISCARD enum bw_status bw_central_read_begin(
    struct bw_central *central, struct bw_error *err);
/* Does nothing where none was begun. */
void bw_central_read_end(struct bw_central *central);

/* Runs one statement. `row` may be NULL.
 * BW_REFUSED for a constraint or a missing right. */
BW_NODISCARD enum bw_status bw_central_run(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
    struct bw_error *err);

/* A statement that gives no row, and of which nobody asks how many it changed, in a
 * transaction: it is done now, or before the next call here that isn't a put. Where it
 * fails that call says so, at the latest the commit. Parameters may go at once. */
BW_NODISCARD enum bw_status bw_central_put(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, struct bw_error *err);

/* Called for each row of the statement that ran with parameters number `at`; false stops
 * those of that number early. It may not use the database. */
typedef bool bw_sql_each_row(
    size_t at, const struct bw_sql_value *columns, int count, void *context);

/* Runs one statement `times` times, in order, with `count` parameters each, one list
 * after the other: on a server in one turn instead of so many. `row` may be NULL.
 * As bw_central_run. */
BW_NODISCARD enum bw_status bw_central_each(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, size_t times, bw_sql_each_row *row,
    void *context, struct bw_error *err);

/* A table's columns, for rows that come in bulk. */
struct bw_sql_columns {
    const char *table, *names; /* "device, seq" */
    int count;
    bool scattered; /* refers to other tables, and each lands elsewhere in an index */
};

/* Writes the values of row `at`, as many as there are columns; what they point to lasts
 * until the next call. */
typedef void bw_sql_fill(size_t at, struct bw_sql_value *ret_values, const void *context);

/* Puts `rows` rows of which the caller knows, by a lock that it holds, that none is
 * there, in a transaction: COPY where there is one. BW_REFUSED where one is there all
 * the same: then nothing of the transaction can stay. */
BW_NODISCARD enum bw_status bw_central_insert(struct bw_central *central,
    const struct bw_sql_columns *columns, size_t rows, bw_sql_fill *fill,
    const void *context, struct bw_error *err);

/* How many rows the last bw_central_run inserted, updated or deleted. */
int64_t bw_central_changed(const struct bw_central *central);

/* The first column of the first row, as a number. BW_NOT_FOUND (and err untouched) where
 * there's no row; NULL reads as `missing`. */
BW_NODISCARD enum bw_status bw_central_number(struct bw_central *central, const char *sql,
    const struct bw_sql_value *parameters, int count, int64_t missing,
    int64_t *ret_number, struct bw_error *err);

/* Takes the lock of C2 of one session and gives its next revision. In a transaction only.
 * BW_NOT_FOUND where there's no such session. */
BW_NODISCARD enum bw_status bw_central_next_revision(struct bw_central *central,
    uint32_t session_no, int64_t *ret_revision, struct bw_error *err);

/* Takes the rows of kiosks, by rising number (C7), held to the end of the transaction.
 * ret_held[i]: it is ours; false where there's no such kiosk, or, unless `waits`, where
 * another transaction has it. In a transaction only. */
BW_NODISCARD enum bw_status bw_central_lock_devices(struct bw_central *central,
    const uint32_t *devices, size_t count, bool waits, bool *ret_held,
    struct bw_error *err);

/* bw_central_next_revision of several sessions, by rising number (C7). */
BW_NODISCARD enum bw_status bw_central_next_revisions(struct bw_central *central,
    const uint32_t *session_nos, size_t count, int64_t *ret_revisions,
    struct bw_error *err);

/* Takes sessions for a step, by rising number and each once, to the end of the
 * transaction (C8); what was read of them before may have changed since. `waits`: before
 * any other lock (C7); else BW_BUSY at once where another has one, and it may come at any
 * time. In a transaction only. BW_BUSY, BW_NOT_FOUND where one isn't there;
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_central_hold_sessions(struct bw_central *central,
    const uint32_t *session_nos, size_t count, bool waits, struct bw_error *err);

/* The same, waiting, and kiosks for itself, as letters take them; in any order. BW_BUSY,
 * BW_NOT_FOUND, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_central_hold_kiosks(struct bw_central *central,
    const uint32_t *device_nos, size_t devices_count, const uint32_t *session_nos,
    size_t count, struct bw_error *err);

/* A kiosk for itself, the one that it takes the place of, and all sessions of both or of
 * what of its log is in quarantine. In a transaction only. One that isn't there holds
 * nothing. As bw_central_hold_kiosks. */
BW_NODISCARD enum bw_status bw_central_hold_kiosk(
    struct bw_central *central, uint32_t device, struct bw_error *err);

/* The number of the next step: above those of all steps that were committed when it was
 * asked for, and no other transaction's, without a wait for one. Those of one session
 * rise, as they are given while it is held; one whose step is given up may be left out.
 * In a transaction, which is to write that step. */
BW_NODISCARD enum bw_status bw_central_next_step(
    struct bw_central *central, struct bw_error *err);
/* The number that this transaction was given last; 0: none. */
int64_t bw_central_step(const struct bw_central *central);

enum bw_central_numbers {
    BW_CENTRAL_OF_QUARANTINE, /* quarantine (number) */
    BW_CENTRAL_OF_BATCHES,    /* import_batch (batch_no) */
    BW_CENTRAL_OF_PEOPLE,     /* person (person_no) */
    BW_CENTRAL_OF_KIOSKS,     /* device (device) */
    BW_CENTRAL_OF_SESSIONS,   /* session (session_no) */
};

/* `count` numbers in a row, from *ret_first on, that no row has and that no other
 * transaction is given, without a wait for one (C3): the next, unless somebody beside is
 * at those; then some stay out. In a transaction, which writes their rows before it asks
 * again; those that it doesn't need are the next one's. What the database answers. */
BW_NODISCARD enum bw_status bw_central_next_numbers(struct bw_central *central,
    enum bw_central_numbers of, int64_t count, int64_t *ret_first, struct bw_error *err);

/* Makes that number, which was given before and whose row is gone, ours to the end of the
 * transaction: whoever is given numbers beside gets others. BW_BUSY where somebody is at
 * those just now; what the database answers. */
BW_NODISCARD enum bw_status bw_central_reclaim_number(struct bw_central *central,
    enum bw_central_numbers of, int64_t number, struct bw_error *err);

/* One of them. */
BW_NODISCARD enum bw_status bw_central_next_number(struct bw_central *central,
    enum bw_central_numbers of, int64_t *ret_number, struct bw_error *err);

/* Takes the lock of C9, the last of all, to the end of the transaction. *ret_beside:
 * others may have changed people since this step looked; false where who has begun has
 * all. In a transaction only. BW_BUSY, and what the database answers. */
BW_NODISCARD enum bw_status bw_central_lock_people(
    struct bw_central *central, bool *ret_beside, struct bw_error *err);

/* Takes the lock of C3. In a transaction only; taken again it changes nothing.
 * BW_CORRUPT where its row is gone. */
BW_NODISCARD enum bw_status bw_central_lock_numbers(
    struct bw_central *central, struct bw_error *err);

/* Takes the turn of what goes to people, held until it is closed: two programs never tell
 * the same people at once. In no transaction; taken again it changes nothing. BW_BUSY
 * where another has it; BW_IO, and what the database answers. */
BW_NODISCARD enum bw_status bw_central_take_turn(
    struct bw_central *central, struct bw_error *err);

/* After personal data was deleted: nothing of it stays behind in free room of the file or
 * in side files. It takes as long as the file is; of a server's, see its adapter. Does
 * nothing after bw_central_check_only. BW_BUSY where another program reads. */
BW_NODISCARD enum bw_status bw_central_sweep(
    struct bw_central *central, struct bw_error *err);

/* ---- the adapters' side ---- */

enum bw_central_way {
    BW_CENTRAL_ALONE,
    BW_CENTRAL_BESIDE, /* letters: what it asks goes by keys */
    BW_CENTRAL_STEP,   /* beside others too */
};

struct bw_central_engine {
    const char *scheme; /* "sqlite:" */
    /* bw_central_open then notes the engine in what was opened */
    enum bw_status (*open)(const char *uri, enum bw_central_mode mode,
        struct bw_central **ret_central, struct bw_error *err);
    void (*close)(struct bw_central *central);
    enum bw_status (*begin)(
        struct bw_central *central, enum bw_central_way way, struct bw_error *err);
    enum bw_status (*commit)(struct bw_central *central, struct bw_error *err);
    void (*rollback)(struct bw_central *central);
    /* a snapshot that stands when it returns; rollback ends it */
    enum bw_status (*read_begin)(struct bw_central *central, struct bw_error *err);
    enum bw_status (*run)(struct bw_central *central, const char *sql,
        const struct bw_sql_value *parameters, int count, bw_sql_row *row, void *context,
        struct bw_error *err);
    /* NULL: `run`, at once */
    enum bw_status (*put)(struct bw_central *central, const char *sql,
        const struct bw_sql_value *parameters, int count, struct bw_error *err);
    /* NULL: `run`, so many times */
    enum bw_status (*each)(struct bw_central *central, const char *sql,
        const struct bw_sql_value *parameters, int count, size_t times,
        bw_sql_each_row *row, void *context, struct bw_error *err);
    /* NULL: INSERT, several rows a statement */
    enum bw_status (*insert)(struct bw_central *central,
        const struct bw_sql_columns *columns, size_t rows, bw_sql_fill *fill,
        const void *context, struct bw_error *err);
    /* SQL that locks the row of device $1 and gives it, waiting for it or not; NULL: who
     * has begun has all */
    const char *lock_device, *lock_free_device;
    /* SQL that takes the row of session $1, or shares that of device $1 with others who
     * take it so, and gives its number: at once or not at all, and waiting; and SQL that
     * gives a row where number $1 of the kind $2 is ours alone to the end of the
     * transaction; and SQL that waits for the lock of people. All NULL: who has begun has
     * all */
    const char *hold_session[2], *share_device[2], *claim, *lock_people;
    /* SQL that gives mark $2 to the sealed rows of series $1 that have none, past those
     * that another transaction has (sealed.h) */
    const char *mark_sealed;
    /* the file's own structure, and its references */
    enum bw_status (*integrity)(
        struct bw_central *central, bool *ret_holds, struct bw_error *err);
    enum bw_status (*sweep)(struct bw_central *central, struct bw_error *err);
    /* false where another has it; freed by close */
    enum bw_status (*take_turn)(
        struct bw_central *central, bool *ret_taken, struct bw_error *err);
    enum bw_status (*schema_version)(
        struct bw_central *central, int64_t *ret_version, struct bw_error *err);
    /* the tables are those of `version`, and nothing else is there; else BW_CORRUPT */
    enum bw_status (*schema_check)(
        struct bw_central *central, int64_t version, struct bw_error *err);
    enum bw_status (*set_schema_version)(
        struct bw_central *central, int64_t version, struct bw_error *err);
};

/* First member of each adapter's own struct. */
struct bw_central {
    const struct bw_central_engine *engine;
    char *name;
    char *key_path;
    bool in_transaction;
    bool check_only;       /* a commit rolls back */
    bw_central_look *look; /* … and calls this before (bw_central_foresee); or NULL */
    void *look_context;
    bool has_turn; /* of bw_central_take_turn */
    int reading;   /* how deep; 0: none */
    int lock_ms;   /* C5 */
    int64_t changed;
    int64_t step_no; /* of bw_central_step */
};

extern const struct bw_central_engine bw_central_sqlite, bw_central_postgres;

#endif
