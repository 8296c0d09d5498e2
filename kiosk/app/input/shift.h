/* Whether Shift was down when a key was, as the X server says it.
 *
 * SDL 2 under X11 takes a key that comes again within 2 ms of its release for one that
 * repeats by being held, and forgets the release: at a fast scanner's pace Shift so
 * sticks to the digit after a letter. The server's own events, which SDL passes on before
 * it reads them, say how it was. UI thread only. */
#ifndef BW_APP_SHIFT_H
#define BW_APP_SHIFT_H

#include <SDL.h>
#include <stdbool.h>

struct bw_shift {
    bool known; /* the server said something yet: never without X11 */
    bool down;
};

/* Asks SDL for the server's events. After SDL_Init. */
void bw_input_shift_listen(void);

/* An SDL_SYSWMEVENT, before SDL's own event of the same key. */
void bw_input_shift_see(struct bw_shift *shift, const SDL_SysWMEvent *event);

#endif
