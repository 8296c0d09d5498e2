/* What `enrol` came to, told: for people, or as JSON. One thread. */
#ifndef BW_SYNC_ENROL_TELL_H
#define BW_SYNC_ENROL_TELL_H

#include "cli/commands/enrol/enrol_files.h"
#include "exchange/office/carriers.h"
#include "office/staff_pin.h"

/* An enrolment under way. Zeroed at first. */
struct bw_cli_enrol_run {
    struct bw_call *call;
    struct bw_office office;
    struct bw_exchange_post post;
    struct bw_cli_enrolment *kiosks;
    size_t count;
    struct bw_cli_enrol_book book; /* with --new */
    struct bw_carrier_list roads;
    char pin[BW_STAFF_PIN_DIGITS + 1]; /* that was made up; "" */
    bool no_roads;                     /* its letters go by stick alone */
    bool check;
    bool each;   /* --new */
    bool folder; /* --out is one */
    bool committed;
    int64_t *behind;
    size_t behind_count;
};

/* The errors of bw_cli_json. */
BW_NODISCARD enum bw_status bw_cli_enrol_tell(
    const struct bw_cli_enrol_run *run, struct bw_error *err);

#endif
