/* Keys, as the X server says them: see server_keys.h. UI thread only. */
#include "server_keys.h"

#include <SDL_syswm.h>

void
bw_server_keys_listen(void)
{
    (void)SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
}

#ifdef SDL_VIDEO_DRIVER_X11

/* evdev's numbers of the two keys, and 8 (X11 keycodes begin there; 0 is what a dead key
 * and the next composed). */
enum { LEFT_SHIFT = 42 + 8, RIGHT_SHIFT = 54 + 8, KEYCODES_FROM = 8 };

void
bw_server_keys_see(struct bw_server_keys *keys, const SDL_SysWMEvent *event)
{
    if (event->msg == NULL || event->msg->subsystem != SDL_SYSWM_X11) {
        return;
    }
    const XEvent *from = &event->msg->msg.x11.event;
    if (from->type != KeyPress && from->type != KeyRelease) {
        return;
    }
    bool down = from->type == KeyPress;
    bool itself = from->xkey.keycode == LEFT_SHIFT || from->xkey.keycode == RIGHT_SHIFT;
    keys->known = true;
    keys->shift = itself ? down : (from->xkey.state & ShiftMask) != 0;
    keys->pressed = down && from->xkey.keycode >= KEYCODES_FROM;
}

#else

void
bw_server_keys_see(struct bw_server_keys *keys, const SDL_SysWMEvent *event)
{
    (void)keys;
    (void)event;
}

#endif

void
bw_server_keys_press(struct bw_server_keys *keys, const SDL_Keysym *key)
{
    if (!keys->pressed) {
        keys->composing = *key;
    }
    keys->pressed = false;
}

bool
bw_server_keys_text(struct bw_server_keys *keys, SDL_Keysym *ret_key)
{
    bool kept = keys->pressed && keys->composing.scancode != SDL_SCANCODE_UNKNOWN;
    keys->pressed = false;
    if (kept) {
        *ret_key = keys->composing;
    }
    return kept;
}
