/* Names and written ids of events: see brugwachter/event.h. Any thread. */
#include <brugwachter/event.h>

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {
    [BW_EVENT_ARRIVED] = "arrived",
    [BW_EVENT_REFUSED] = "refused",
    [BW_EVENT_WAITING] = "waiting",
    [BW_EVENT_UNDONE] = "undone",
    [BW_EVENT_LEFT] = "left",
    [BW_EVENT_RELEASED] = "released",
    [BW_EVENT_NOTE] = "note",
};

static const char *const bases[] = {
    [BW_BASIS_NONE] = "none",
    [BW_BASIS_TICKET] = "ticket",
    [BW_BASIS_CODE] = "code",
    [BW_BASIS_NAME] = "name",
    [BW_BASIS_WAITLIST] = "waitlist",
    [BW_BASIS_GUEST] = "guest",
    [BW_BASIS_WALK_IN] = "walk_in",
    [BW_BASIS_SUBSTITUTE] = "substitute",
    [BW_BASIS_PAPER] = "paper",
};

static const char *const operators[] = {
    [BW_OPERATOR_ATTENDEE] = "attendee",
    [BW_OPERATOR_STAFF] = "staff",
    [BW_OPERATOR_DOOR] = "door",
};

const char *
bw_event_kind_name(enum bw_event_kind kind)
{
    assert(kind >= BW_EVENT_ARRIVED && kind <= BW_EVENT_NOTE);
    return kinds[kind];
}

const char *
bw_basis_name(enum bw_basis basis)
{
    assert((unsigned)basis <= BW_BASIS_PAPER);
    return bases[basis];
}

const char *
bw_operator_name(enum bw_operator who)
{
    assert(who >= BW_OPERATOR_ATTENDEE && who <= BW_OPERATOR_DOOR);
    return operators[who];
}

void
bw_event_id_format(struct bw_event_id id, char ret_text[BW_EVENT_ID_BYTES])
{
    (void)snprintf(
        ret_text, BW_EVENT_ID_BYTES, "%" PRIu32 "-%" PRIu64, id.device, id.seq);
}

/* Reads a number from 1 to `max` without leading zeros; moves *inout_text past it. */
static bool
read_number(const char **inout_text, uint64_t max, uint64_t *ret_value)
{
    const char *text = *inout_text;
    if (*text < '1' || *text > '9') {
        return false;
    }
    uint64_t value = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (value > (max - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *inout_text = text;
    *ret_value = value;
    return true;
}

bool
bw_event_id_parse(const char *text, struct bw_event_id *ret_id)
{
    if (*text == '#') {
        text++;
    } else if (strlen(text) == 9 && text[4] == '-') {
        return false; /* four, hyphen, four: the form of a code */
    }
    uint64_t device = 0;
    uint64_t seq = 0;
    if (!read_number(&text, UINT32_MAX, &device) || *text++ != '-' ||
        !read_number(&text, INT64_MAX, &seq) || *text != '\0') {
        return false;
    }
    *ret_id = (struct bw_event_id){.device = (uint32_t)device, .seq = seq};
    return true;
}
