/* What stands on the screen, a line each, for the demo and for tests that touch the real
 * window. No names. UI thread only.
 *
 *   MS SCREEN WHAT… [en] [still] TAB TARGET:INDEX@X,Y[*] … [TAB STATION=US …]
 *
 * The star: the keyboard is there. A new line where words or places differ from the last
 * one's; `still` once nothing moves in any more, so that a picture can be taken of it.
 * The stations of a scan whose answer is shown are the way of its ticket (struct
 * bw_trace_stations). The last line, at the end of the run, has the numbers: draws, how
 * many of them changed a pixel, and camera frames. */
#ifndef BW_APP_TRACE_H
#define BW_APP_TRACE_H

#include "app/worker/desk_thread.h"

#include <flow/view.h>
#include <scan/sandbox/camera.h>
#include <stdio.h>
#include <ui/ui.h>

/* A ticket's way: microseconds of CLOCK_MONOTONIC. */
struct bw_trace_stations {
    int64_t since_us; /* its picture was first before the camera */
    int64_t begun_us, read_us, heard_us;
    int64_t desk_us, committed_us, answered_us;
    int64_t drawing_us;
};

struct bw_trace {
    FILE *file;      /* NULL: nobody wants it */
    char told[200];  /* the last line */
    uint32_t places; /* a number for where its targets were */
    long draws, drawn;
    struct bw_trace_stations at;
};

/* Begins the file anew; without a path (NULL) there's none. The trace is zeroed before;
 * bw_trace_close ends it. BW_IO where the file can't be written. */
BW_NODISCARD enum bw_status bw_trace_open(
    struct bw_trace *trace, const char *path, struct bw_error *err);

/* Writes the last line; accepts one that was never opened. `frames`: the camera's. */
void bw_trace_close(struct bw_trace *trace, int64_t now_ms, long frames);

/* Stations: the camera's message, the desk's answer, the beginning of a picture. */
void bw_trace_read(struct bw_trace *trace, const struct bw_camera_message *message);
void bw_trace_answer(struct bw_trace *trace, const struct bw_desk_news *news);
void bw_trace_drawing(struct bw_trace *trace);

/* The picture stands. */
void bw_trace_shown(struct bw_trace *trace, const struct bw_ui *ui,
    const struct bw_view *view, const struct bw_ui_drawn *drawn);

#endif
