/* Shift, as the X server says it: see shift.h. UI thread only. */
#include "shift.h"

#include <SDL_syswm.h>

void
bw_input_shift_listen(void)
{
    (void)SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
}

#ifdef SDL_VIDEO_DRIVER_X11

/* evdev's numbers of the two keys, and 8 (X11 keycodes begin there). */
enum { LEFT_SHIFT = 42 + 8, RIGHT_SHIFT = 54 + 8 };

void
bw_input_shift_see(struct bw_shift *shift, const SDL_SysWMEvent *event)
{
    if (event->msg == NULL || event->msg->subsystem != SDL_SYSWM_X11) {
        return;
    }
    const XEvent *from = &event->msg->msg.x11.event;
    if (from->type != KeyPress && from->type != KeyRelease) {
        return;
    }
    bool itself = from->xkey.keycode == LEFT_SHIFT || from->xkey.keycode == RIGHT_SHIFT;
    shift->known = true;
    shift->down = itself ? from->type == KeyPress : (from->xkey.state & ShiftMask) != 0;
}

#else

void
bw_input_shift_see(struct bw_shift *shift, const SDL_SysWMEvent *event)
{
    (void)shift;
    (void)event;
}

#endif
