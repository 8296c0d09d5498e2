/* A roster in parts: see roster_parts.h. */
#include "exchange/office/roster/roster_parts.h"

static enum bw_status
writer_add(struct bw_roster_parts *parts, struct bw_error *err)
{
    if (parts->count == BW_ROSTER_PARTS_MAX) {
        return bw_error_set(err, BW_FULL, 0,
            "writing a roster: it is over %d parts; let the session have fewer people",
            (int)BW_ROSTER_PARTS_MAX);
    }
    enum bw_status status =
        bw_roster_writer_create(&parts->letter, &parts->writers[parts->count], err);
    if (status == BW_OK) {
        parts->into = bw_roster_writer_sink(parts->writers[parts->count]);
        parts->count++;
    }
    return status;
}

/* The newest writer, or one more where it is full. */
static enum bw_status
capacity(struct bw_roster_parts *parts, struct bw_error *err)
{
    const struct bw_roster_writer *newest = parts->writers[parts->count - 1];
    return bw_roster_writer_bytes(newest) < parts->part_bytes ? BW_OK
                                                              : writer_add(parts, err);
}

enum bw_status
bw_roster_parts_init(struct bw_roster_parts *parts, const struct bw_roster_letter *letter,
    struct bw_error *err)
{
    *parts =
        (struct bw_roster_parts){.letter = *letter, .part_bytes = BW_ROSTER_PART_BYTES};
    return writer_add(parts, err);
}

void
bw_roster_parts_finish(struct bw_roster_parts *parts)
{
    for (int i = 0; parts && i < parts->count; i++) {
        bw_roster_writer_destroy(parts->writers[i]);
        parts->writers[i] = NULL;
    }
}

#define ON_ROW(kind, type)                                                               \
    static enum bw_status on_##kind(void *context, type row, struct bw_error *err)       \
    {                                                                                    \
        struct bw_roster_parts *parts = context;                                         \
        enum bw_status status = capacity(parts, err);                                    \
        parts->counts.COUNT_OF(kind)++;                                                  \
        return status == BW_OK ? parts->into.kind(parts->into.context, row, err)         \
                               : status;                                                 \
    }
#define COUNT_OF(kind) COUNT_##kind
#define COUNT_session sessions
#define COUNT_registration registrations
#define COUNT_gone gone
#define COUNT_sealed sealed
#define COUNT_sealed_gone sealed_gone
#define COUNT_agenda agenda
#define COUNT_peer peers
#define COUNT_revoked revoked
#define COUNT_forget forget

ON_ROW(session, const struct bw_session *)
ON_ROW(registration, const struct bw_registration *)
ON_ROW(gone, bw_code)
ON_ROW(sealed, const struct bw_sealed_row *)
ON_ROW(sealed_gone, const uint8_t *)
ON_ROW(agenda, const struct bw_agenda_item *)
ON_ROW(peer, const struct bw_roster_peer *)
ON_ROW(revoked, const struct bw_roster_revoked *)
ON_ROW(forget, const struct bw_roster_forget *)

static enum bw_status
on_event(void *context, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    struct bw_roster_parts *parts = context;
    enum bw_status status = capacity(parts, err);
    parts->counts.events++;
    return status == BW_OK ? parts->into.event(parts->into.context, event, details, err)
                           : status;
}

struct bw_roster_sink
bw_roster_parts_sink(struct bw_roster_parts *parts)
{
    return (struct bw_roster_sink){.context = parts,
        .session = on_session,
        .registration = on_registration,
        .gone = on_gone,
        .sealed = on_sealed,
        .sealed_gone = on_sealed_gone,
        .agenda = on_agenda,
        .peer = on_peer,
        .revoked = on_revoked,
        .event = on_event,
        .forget = on_forget};
}

enum bw_status
bw_roster_parts_text(
    struct bw_roster_parts *parts, int at, char **ret_text, struct bw_error *err)
{
    return bw_roster_writer_text(parts->writers[at], at + 1, parts->count, ret_text, err);
}
