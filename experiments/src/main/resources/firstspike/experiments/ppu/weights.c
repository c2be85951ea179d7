/* Adds 'step' to every weight of its hemisphere, at most 63; returns how many vectors it wrote. */
#include "s2pp.h"

volatile int32_t step PUBLIC = 1;

int start(void)
{
    int written = 0;
    fxvsplatb(0, 63);
    fxvsplatb(1, step);
    for (int row = 0; row < 256; row++) {
        for (int half = 0; half < 2; half++) {
            fxvinx(2, VECTOR(WEIGHTS, row, half));
            fxvaddbfs(2, 2, 1, ALWAYS);
            fxvsubbfs(3, 2, 0, ALWAYS);
            fxvcmpb(3);
            fxvsel(2, 2, 0, GT);
            fxvoutx(2, VECTOR(WEIGHTS, row, half), ALWAYS);
            written++;
        }
    }
    sync();
    return written;
}
