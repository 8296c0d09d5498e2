/* See office_fill.h. */
#include "office_fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
fill_must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        (void)fprintf(stderr, "%s\n", err->text);
        exit(2);
    }
}

void
fill_run(struct bw_central *central, const char *sql, const struct bw_sql_value *values,
    int count)
{
    struct bw_error err = {.text = ""};
    fill_must(bw_central_run(central, sql, values, count, NULL, NULL, &err), &err);
}

void
fill_session(struct bw_central *central, int number, int capacity, const char *series)
{
    char code[16];
    (void)snprintf(code, sizeof code, "S-%d", number);
    struct bw_sql_value values[] = {bw_sql_int(number), bw_sql_text(code),
        bw_sql_int(FILL_START_MS), bw_sql_int(FILL_END_MS), bw_sql_int(capacity),
        bw_sql_text(series)};
    fill_run(central,
        "INSERT INTO session (session_no, code, series, title, kind, region, venue,"
        " address, timezone, go_to, desk, audience, starts_ms, ends_ms, capacity,"
        " doors_minutes, release_minutes, extra_places, revision) VALUES ($1, $2,"
        " $6, 'Leerkring', 'leerkring', 'Oost', 'Zaal', 'Straat 1',"
        " 'Europe/Amsterdam', '', '', 'brugfunctionaris', $3, $4, $5, 60, 15, 0, 1)",
        values, 6);
    fill_run(central,
        "INSERT INTO device (device, name, enrolled_ms, sign_public, box_public)"
        " VALUES ($1, 'Zuil', 1, zeroblob(32), zeroblob(32))",
        values, 1);
    fill_run(central,
        "INSERT INTO device_session (device, session_no, rank) VALUES ($1, $1, 0)",
        values, 1);
}

void
fill_person(struct bw_central *central, int session_no, bw_code code)
{
    char name[32];
    (void)snprintf(name, sizeof name, "Naam %llu", (unsigned long long)code);
    struct bw_sql_value values[] = {
        bw_sql_int((int64_t)code), bw_sql_text(name), bw_sql_int(session_no)};
    fill_run(central,
        "INSERT INTO person (person_no, identity, mail, mail_fold)"
        " VALUES ($1, $2, $2, $2)",
        values, 2);
    fill_run(central,
        "INSERT INTO registration (code, session_no, person_no, status, status_before,"
        " generation, signed_up_ms, line, batch_no, answers_ms, first_name, name, school,"
        " role, region, table_name, why, changed_ms, revision) VALUES ($1, $3, $1, 0, 0,"
        " 0, $1, 1, 1, $1, 'Piet', $2, 'OBS De Brug', '', 'Noord', '', '', 1, 1)",
        values, 3);
}

void
fill_event(struct bw_central *central, struct bw_event *event, const uint8_t *prev)
{
    uint8_t bytes[BW_EVENT_WIRE_BYTES_MAX];
    memcpy(event->prev, prev, BW_HASH_BYTES);
    size_t length = bw_event_encode(event, bytes);
    bw_event_hash(event, event->hash);
    struct bw_sql_value values[] = {bw_sql_int(event->session_no),
        bw_sql_int(event->id.device), bw_sql_int((int64_t)event->id.seq),
        bw_sql_blob(event->hash, BW_HASH_BYTES), bw_sql_blob(prev, BW_HASH_BYTES),
        bw_sql_blob(bytes, length), bw_sql_int((int64_t)event->code),
        bw_sql_int(event->wall_ms), bw_sql_int((int64_t)event->hlc),
        bw_sql_int((int64_t)event->kind)};
    fill_run(central,
        "INSERT INTO event (session_no, device, seq, hash, prev, bytes, home_session_no,"
        " code, kind, basis, verdict, flags, wall_ms, hlc, received_ms, revision)"
        " VALUES ($1, $2, $3, $4, $5, $6, $1, $7, $10, 1, 0, 0, $8, $9, $8, 1)",
        values, 10);
}

/* One kiosk's day: every person arrives, and one of ten once more at the end (a conflict
 * each), with a statement a hundred events as it syncs. */
void
fill_day(struct bw_central *central, int session_no, int people, int arrivals)
{
    struct bw_event event = {.kind = BW_EVENT_ARRIVED,
        .basis = BW_BASIS_TICKET,
        .verdict = BW_VERDICT_WELCOME,
        .operated_by = BW_OPERATOR_STAFF,
        .session_no = (uint32_t)session_no,
        .home_session_no = (uint32_t)session_no};
    uint8_t prev[BW_HASH_BYTES] = {0};
    for (int i = 0; i < arrivals; i++) {
        int who = i < people ? i : (i - people) * 10 % people;
        event.id = (struct bw_event_id){(uint32_t)session_no, (uint64_t)i + 1};
        event.code = (bw_code)session_no * 100000 + (bw_code)who;
        event.wall_ms = FILL_START_MS + i * 100;
        event.hlc = (uint64_t)event.wall_ms << 16;
        fill_event(central, &event, prev);
        memcpy(prev, event.hash, sizeof prev);
        struct bw_sql_value values[] = {bw_sql_int(session_no), bw_sql_int(i + 1),
            bw_sql_blob(prev, sizeof prev),
            bw_sql_int(i + 1 == arrivals ? FILL_END_MS + 1 : event.wall_ms)};
        if (i + 1 == arrivals || i % 100 == 99) {
            fill_run(central,
                "INSERT INTO head_statement (session_no, device, seq, hash, stated_ms,"
                " store_id, suspect, received_ms, way) VALUES ($1, $1, $2, $3, $4,"
                " zeroblob(32), 0, $4, 'letter')",
                values, 4);
        }
    }
}
