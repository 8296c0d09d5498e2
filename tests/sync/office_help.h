/* An office for a test: a folder of its own,
 * with the real program run in it as main runs it.
 *
 * Nothing is shared between two of them; the folder goes with office_finish. */
#ifndef BW_TESTS_OFFICE_HELP_H
#define BW_TESTS_OFFICE_HELP_H

#include "central/central.h"
#include "cli/commands/commands.h"

#include <jansson.h>
#include <stddef.h>

/* When places are given and taken, where a test doesn't say: before the circles of the
 * samples. */
#define OFFICE_DAY "2025-03-17T12:00:00"

/* The heading of a form's answers, as most tests have it. */
#define OFFICE_FORM "Tijdstempel,E-mailadres,Naam,School,Functie,Regio\n"

struct office {
    char folder[64];
    char uri[192];        /* sqlite:FOLDER/central.db, or a server's */
    const char *settings; /* a folder of settings files; NULL: none */
    const char *carrier;  /* what kiosks are enrolled with; NULL: what there is */
    char *out, *diag;     /* what the last run printed */
    size_t out_bytes, diag_bytes;
};

void office_init(struct office *office); /* an empty folder */
void office_finish(struct office *office);

/* FOLDER/name, in one of four buffers that take turns. */
const char *office_path(const struct office *office, const char *name);
/* Writes a file into the folder; returns its path as office_path does. */
const char *office_write(struct office *office, const char *name, const char *text);
const char *office_write_bytes(
    struct office *office, const char *name, const void *bytes, size_t length);

/* Runs `brugwachter-sync --central URI WORDS…`; the list ends with NULL. */
enum bw_exit office_run(struct office *office, ...) __attribute__((sentinel));
/* The same with --json; the object, which the caller drops. NULL where none was printed.
 */
json_t *office_json(struct office *office, enum bw_exit *ret_exit, ...)
    __attribute__((sentinel));

/* init, and one session of `capacity` places called S-1 ("Leerkring Zwolle"), whose
 * series may put the own region (Oost) first. Fails the test where that fails. */
void office_open(struct office *office, int capacity, bool own_region_first);
/* The same in a database on a server, whose URI is given; keys and letters lie in the
 * office's folder. */
void office_open_at(
    struct office *office, const char *uri, int capacity, bool own_region_first);

/* Another circle of that series and region, S-2 ("Leerkring Almelo"), two days later. */
void office_second_circle(struct office *office, int capacity);

/* Imports these lines of a form, under OFFICE_FORM, as sign-ups of S-1; how that ends. */
enum bw_exit office_sign_up(struct office *office, const char *lines);

/* A number out of the database: "SELECT count(*) …". */
int64_t office_number(const struct office *office, const char *sql);
/* One text out of the database, in a buffer that the next call takes. */
const char *office_text(const struct office *office, const char *sql);
/* Code of the one registration with this first name, as people type it, in a buffer that
 * the next call takes. */
const char *office_code(const struct office *office, const char *first_name);
/* Whether a file of the database holds these bytes, in whatever page. */
bool office_holds(const struct office *office, const char *text);
/* All that matters of the database, as one text that the caller frees: to see that
 * nothing changed. */
char *office_dump(const struct office *office);

/* Integer member of an object; fails the test where it isn't one. */
int64_t json_number_of(const json_t *object, const char *name);

/* A time in the ten minutes after an hour becomes that hour: commands whose clock begins
 * there take as long as they take. Anything else stays. */
void json_drop_pace(json_t *value);

/* A sample of the project's (assets/demo). */
const char *demo_path(const char *name);

#endif
