/* Purposes of commands: for the files of this folder alone. */
#ifndef BW_FLOW_PURPOSE_H
#define BW_FLOW_PURPOSE_H

/* Why a command was sent, so that its answer finds its screen. */
enum purpose {
    FOR_NOTHING,
    FOR_RESULT, /* shows a result screen */
    FOR_TOAST,  /* staff: shows a line */
    FOR_FIND,
    FOR_LIST,
    FOR_HISTORY,
    FOR_PIN,
    FOR_PIN_STATE, /* how long to wait, and how many tries are left */
    FOR_TICK,
    FOR_FORM,
    FOR_SCHOOLS,
    FOR_AGENDA,
    FOR_UNDO_NOT_ME,
    FOR_SESSIONS,
    FOR_SWITCH,
    FOR_CLOSE,
    FOR_CAMERA, /* keeps staff's choice */
    FOR_TIDY,
};

#endif
