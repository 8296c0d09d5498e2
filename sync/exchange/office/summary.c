/* What became of letters: see summary.h. */
#include "exchange/office/summary.h"

#include "central/base/array.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTES_MAX = 1000 };

void
bw_round_note(struct bw_round_summary *summary, const char *format, ...)
{
    char text[BW_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, bw_said(format), args);
    va_end(args);
    /* names of files may be any bytes; a cut may have halved the last character */
    bw_text_defuse(text, '?');
    for (size_t i = 0; i < summary->notes_count; i++) {
        if (strcmp(summary->notes[i], text) == 0) {
            return;
        }
    }
    char *copy = summary->notes_count < NOTES_MAX ? strdup(text) : NULL;
    char **place = copy ? bw_array_more(&summary->notes, &summary->notes_count,
                              &summary->notes_capacity, sizeof *place)
                        : NULL;
    if (place) {
        *place = copy;
    } else {
        free(copy);
    }
}

enum bw_status
bw_round_heard(struct bw_round_summary *summary, uint32_t device, struct bw_error *err)
{
    for (size_t i = 0; i < summary->devices_count; i++) {
        if (summary->devices[i] == device) {
            return BW_OK;
        }
    }
    uint32_t *place = bw_array_more(&summary->devices, &summary->devices_count,
        &summary->devices_capacity, sizeof *place);
    if (!place) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "taking letters in: out of memory; close other programs");
    }
    *place = device;
    return BW_OK;
}

bool
bw_round_needs_a_look(const struct bw_round_summary *summary)
{
    return summary->aside > 0 || summary->quarantined > 0 || summary->waiting > 0 ||
           summary->new_epoch > 0 || summary->refused > 0;
}

void
bw_round_summary_write(const struct bw_round_summary *summary, FILE *out)
{
    (void)fwrite(summary, sizeof *summary, 1, out);
    for (size_t i = 0; i < summary->notes_count; i++) {
        char text[BW_ERROR_TEXT_BYTES] = "";
        (void)snprintf(text, sizeof text, "%s", summary->notes[i]);
        (void)fwrite(text, sizeof text, 1, out);
    }
}

void
bw_round_summary_add(struct bw_round_summary *summary, FILE *in)
{
    struct bw_round_summary more;
    char text[BW_ERROR_TEXT_BYTES];
    if (fread(&more, sizeof more, 1, in) != 1) {
        return;
    }
    summary->looked_at += more.looked_at;
    summary->taken += more.taken;
    summary->passed += more.passed;
    summary->left += more.left;
    summary->aside += more.aside;
    summary->events += more.events;
    summary->accepted += more.accepted;
    summary->quarantined += more.quarantined;
    summary->introduced += more.introduced;
    summary->waiting += more.waiting;
    summary->new_epoch = more.new_epoch != 0 ? more.new_epoch : summary->new_epoch;
    summary->written += more.written;
    summary->removed += more.removed;
    summary->offline += more.offline;
    summary->refused += more.refused;
    summary->more = summary->more || more.more;
    for (size_t i = 0; i < more.notes_count && fread(text, sizeof text, 1, in) == 1;
         i++) {
        text[sizeof text - 1] = '\0';
        bw_round_note(summary, "%s", text);
    }
}

void
bw_round_summary_finish(struct bw_round_summary *summary)
{
    if (!summary) {
        return;
    }
    for (size_t i = 0; i < summary->notes_count; i++) {
        free(summary->notes[i]);
    }
    free(summary->notes);
    free(summary->devices);
    *summary = (struct bw_round_summary){.notes = NULL};
}
