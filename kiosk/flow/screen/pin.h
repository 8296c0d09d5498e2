/* The PIN's way in. What is given is borrowed for the call. UI thread. */
#ifndef BW_FLOW_PIN_H
#define BW_FLOW_PIN_H

#include "flow/base/state.h"

/* What a right PIN is for. */
struct bw_flow_pin_purpose {
    enum bw_screen from; /* back to here */
    enum bw_screen to;   /* STAFF or KIOSK, where it doesn't admit */
    bool about;          /* STAFF: look up `code`, and tell `toast` */
    bw_code code;
    char toast[BW_KEY_BYTES];
    struct bw_values toast_values;
    bool admits; /* carry out `command`: its answer goes to `on_admitted`, … */
    struct bw_command command;
    bw_flow_handler *on_admitted;
    int before; /* … or, where so many wait who came before, by a form to `on_reasoned` */
    bw_flow_handler *on_reasoned;
    char name[BW_NAME_BYTES + 8];
    bool enrols; /* the kiosk is enrolled again; nothing is unlocked */
};

/* Copies the purpose. */
void bw_flow_pin_ask(struct bw_flow *flow, const struct bw_flow_pin_purpose *purpose,
    struct bw_now now, struct bw_effects *effects);

/* The plain way, from a public screen's "Medewerker". */
void bw_flow_pin_ask_staff(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

#endif
