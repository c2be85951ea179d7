# Entry of a program for a plasticity processor: the vectors of ppu.md 2.4, then start().
# A program that wants interrupts defines the handlers that are weak here; without them an interrupt comes back to itself.
        .section .text.vectors, "ax"
        .globl _start
_start: b       begin                   # 0x00 reset
        b       .                       # 0x04 machine check
        b       .                       # 0x08 critical input
        b       .                       # 0x0c data storage
        b       .                       # 0x10 instruction storage
        b       isr_external            # 0x14
        b       isr_alignment           # 0x18
        b       isr_program             # 0x1c
        b       .                       # 0x20 system call
        b       isr_doorbell            # 0x24
        b       .                       # 0x28 critical doorbell
        b       isr_interval            # 0x2c
        b       isr_decrementer         # 0x30

        .weak   isr_external, isr_alignment, isr_program, isr_doorbell, isr_interval, isr_decrementer
isr_external:
isr_alignment:
isr_program:
isr_doorbell:
isr_interval:
isr_decrementer:
        b       .

begin:  lis     1, stack_top@h
        ori     1, 1, stack_top@l
        li      0, 0
        stw     0, 0(1)
        bl      start
        lis     11, stack_top@h
        ori     11, 11, stack_top@l
        stw     1, 0(11)
        stw     3, 12(11)               # the return code
asleep: .long   0x7c00007c              # wait
        b       asleep
