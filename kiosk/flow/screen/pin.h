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
    bool names;  /* names can be read again; nothing is unlocked, a ticket goes first */
};

/* Copies the purpose. */
void bw_flow_pin_ask(struct bw_flow *flow, const struct bw_flow_pin_purpose *purpose,
    struct bw_now now, struct bw_effects *effects);

/* The plain way, from a public screen's "Medewerker". */
void bw_flow_pin_ask_staff(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

/* At rest, once after names were locked (a start, a new day): asks for the PIN that opens
 * them. False where there's nothing to ask. */
bool bw_flow_pin_ask_names(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);
/* Whether that is to be asked. */
bool bw_flow_pin_wants_names(const struct bw_flow *flow);

/* Whether it stands there for the names alone: a ticket then goes first. */
bool bw_flow_pin_is_for_names(const struct bw_flow *flow);

/* Whether a staff card may answer what is asked there. */
bool bw_flow_pin_takes_card(const struct bw_flow *flow);

/* They are open: what asked for them goes on, and nobody asks till they are locked. */
void bw_flow_pin_names_open(
    struct bw_flow *flow, struct bw_now now, struct bw_effects *effects);

#endif
