/*
 * Vector unit, memory map and mailbox of a plasticity processor for a stock compiler (ppu.md 3, 4, 7.5).
 *
 * The compiler knows no vector registers: programs name them by number, 0 to 31, and what stands in them is theirs to know.
 * Lane k of an index 2 * row + half is column 2 * k + half.
 */
#ifndef S2PP_H
#define S2PP_H

typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef signed int int32_t;

enum fxv_condition { ALWAYS = 0, GT = 1, LT = 2, EQ = 3 };

/* One instruction by its extended opcode, section 3.3 and 3.4 of the table. */
#define FXV(xo, rt, ra, rb, c) (4u << 26 | (rt) << 21 | (ra) << 16 | ((rb) & 31) << 11 | (xo) << 2 | (c))
#define fxv(xo, rt, ra, rb, c) __asm__ volatile(".long %0" : : "i"(FXV(xo, rt, ra, rb, c)) : "memory")

/* Bytes: modulo (m) and fractional, saturating (fs). */
#define fxvaddbm(rt, ra, rb, c) fxv(461, rt, ra, rb, c)
#define fxvaddbfs(rt, ra, rb, c) fxv(477, rt, ra, rb, c)
#define fxvsubbm(rt, ra, rb, c) fxv(333, rt, ra, rb, c)
#define fxvsubbfs(rt, ra, rb, c) fxv(349, rt, ra, rb, c)
#define fxvmulbm(rt, ra, rb, c) fxv(77, rt, ra, rb, c)
#define fxvmulbfs(rt, ra, rb, c) fxv(93, rt, ra, rb, c)
#define fxvmabm(rt, ra, rb, c) fxv(13, rt, ra, rb, c)
#define fxvmabfs(rt, ra, rb, c) fxv(29, rt, ra, rb, c)
#define fxvmtacb(ra, c) fxv(14, 0, ra, 0, c)
#define fxvmtacbf(ra, c) fxv(30, 0, ra, 0, c)
#define fxvmatacbm(ra, rb, c) fxv(45, 0, ra, rb, c)
#define fxvmatacbfs(ra, rb, c) fxv(61, 0, ra, rb, c)
#define fxvmultacbm(ra, rb, c) fxv(109, 0, ra, rb, c)
#define fxvmultacbfs(ra, rb, c) fxv(125, 0, ra, rb, c)
#define fxvaddacbm(rt, ra, c) fxv(397, rt, ra, 0, c)
#define fxvaddacbfs(rt, ra, c) fxv(413, rt, ra, 0, c)
#define fxvaddactacb(ra, c) fxv(365, 0, ra, 0, c)
#define fxvaddactacbf(ra, c) fxv(381, 0, ra, 0, c)
#define fxvaddtacb(ra, rb, c) fxv(429, 0, ra, rb, c)

/* Halfwords. */
#define fxvaddhm(rt, ra, rb, c) fxv(460, rt, ra, rb, c)
#define fxvaddhfs(rt, ra, rb, c) fxv(476, rt, ra, rb, c)
#define fxvsubhm(rt, ra, rb, c) fxv(332, rt, ra, rb, c)
#define fxvsubhfs(rt, ra, rb, c) fxv(348, rt, ra, rb, c)
#define fxvmulhm(rt, ra, rb, c) fxv(76, rt, ra, rb, c)
#define fxvmulhfs(rt, ra, rb, c) fxv(92, rt, ra, rb, c)
#define fxvmahm(rt, ra, rb, c) fxv(12, rt, ra, rb, c)
#define fxvmahfs(rt, ra, rb, c) fxv(28, rt, ra, rb, c)
#define fxvmtach(ra, c) fxv(15, 0, ra, 0, c)
#define fxvmtachf(ra, c) fxv(31, 0, ra, 0, c)
#define fxvmatachm(ra, rb, c) fxv(44, 0, ra, rb, c)
#define fxvmatachfs(ra, rb, c) fxv(60, 0, ra, rb, c)
#define fxvmultachm(ra, rb, c) fxv(108, 0, ra, rb, c)
#define fxvmultachfs(ra, rb, c) fxv(124, 0, ra, rb, c)
#define fxvaddachm(rt, ra, c) fxv(396, rt, ra, 0, c)
#define fxvaddachfs(rt, ra, c) fxv(412, rt, ra, 0, c)
#define fxvaddactachm(ra, c) fxv(364, 0, ra, 0, c)
#define fxvaddactachf(ra, c) fxv(380, 0, ra, 0, c)
#define fxvaddtachm(ra, rb, c) fxv(428, 0, ra, rb, c)

/* Compares set the conditions of all lanes; fxvsel takes RB where the condition holds. */
#define fxvcmpb(ra) fxv(301, 0, ra, 0, 0)
#define fxvcmph(ra) fxv(300, 0, ra, 0, 0)
#define fxvsel(rt, ra, rb, c) fxv(319, rt, ra, rb, c)
#define fxvshb(rt, ra, by) fxv(317, rt, ra, by, 0)
#define fxvshh(rt, ra, by) fxv(316, rt, ra, by, 0)
#define fxvpckbu(rt, ra, rb, c) fxv(239, rt, ra, rb, c)
#define fxvpckbl(rt, ra, rb, c) fxv(255, rt, ra, rb, c)
#define fxvupckbl(rt, ra, rb, c) fxv(287, rt, ra, rb, c)
#define fxvupckbr(rt, ra, rb, c) fxv(271, rt, ra, rb, c)

/* General registers 11 and 12 carry addresses and scalars. */
#define fxv_access(xo, rt, address, c)                                                                                  \
    do {                                                                                                                \
        register uint32_t fxv_base __asm__("r11") = (uint32_t)(address);                                                \
        register uint32_t fxv_index __asm__("r12") = 0;                                                                 \
        __asm__ volatile(".long %0" : : "i"(FXV(xo, rt, 11, 12, c)), "r"(fxv_base), "r"(fxv_index) : "memory");         \
    } while (0)
#define fxvlax(rt, address) fxv_access(492, rt, address, 0)
#define fxvstax(rt, address) fxv_access(508, rt, address, 0)
#define fxvinx(rt, address) fxv_access(236, rt, address, 0)
#define fxvoutx(rt, address, c) fxv_access(252, rt, address, c)
#define fxv_splat(xo, rt, value)                                                                                        \
    do {                                                                                                                \
        register uint32_t fxv_scalar __asm__("r11") = (uint32_t)(value);                                                \
        __asm__ volatile(".long %0" : : "i"(FXV(xo, rt, 11, 0, 0)), "r"(fxv_scalar) : "memory");                        \
    } while (0)
#define fxvsplatb(rt, value) fxv_splat(269, rt, value)
#define fxvsplath(rt, value) fxv_splat(268, rt, value)

#define sync() __asm__ volatile("sync" : : : "memory")

/* Vector addresses: area, row, half. */
#define VECTOR(area, row, half) ((uint32_t)(area) << 16 | (uint32_t)(2 * (row) + (half)))
#define BUFFERED 0x00200000u
enum area { WEIGHTS = 0, LABELS = 4, CADC_CAUSAL = 8, CADC_ACAUSAL = 0xC, RESETS = 9, RANDOM = 0xE };
enum { SWITCHES = 256, READOUT_NEURON = 0x20 };
#define EXTERNAL_VECTOR(byte) (0x80000000u | (uint32_t)(byte) >> 4)

/* A word of the chip by its Omnibus address. */
#define CHIP(word) (*(volatile uint32_t *)(0x80000000u + 4u * (word)))
#define PUBLIC __attribute__((used, externally_visible))
#define EXTERNAL __attribute__((section("ext.data"), used))

static inline uint32_t cycles(void)
{
    uint32_t low;
    __asm__ volatile("mfspr %0, 284" : "=r"(low));
    return low;
}

/* Text for the host, at most 4095 characters. */
extern volatile char mailbox[4096];
static uint32_t mailbox_end;

static inline void mailbox_text(const char *text)
{
    while (*text && mailbox_end < 4095) {
        mailbox[mailbox_end++] = *text++;
    }
    mailbox[mailbox_end] = 0;
}

static inline void mailbox_number(int32_t number)
{
    char digits[12];
    int at = 11;
    uint32_t rest = number < 0 ? 0u - (uint32_t)number : (uint32_t)number;
    digits[at] = 0;
    do {
        digits[--at] = '0' + rest % 10;
        rest /= 10;
    } while (rest);
    if (number < 0) {
        digits[--at] = '-';
    }
    mailbox_text(digits + at);
}

#endif
