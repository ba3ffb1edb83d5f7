namespace LayoutDsl.ObjectFiles;

/// <summary>The machine a file is for (gABI: ELF Header, e_machine). Only the common ones have names; any value is possible.</summary>
public enum ElfMachine : ushort
{
    /// <summary>No machine.</summary>
    None = 0,

    /// <summary>SPARC.</summary>
    Sparc = 2,

    /// <summary>Intel 80386.</summary>
    I386 = 3,

    /// <summary>Motorola 68000.</summary>
    M68k = 4,

    /// <summary>MIPS, 32 and 64 bits.</summary>
    Mips = 8,

    /// <summary>PowerPC, 32 bits.</summary>
    PowerPC = 20,

    /// <summary>PowerPC, 64 bits.</summary>
    PowerPC64 = 21,

    /// <summary>IBM S/390 and z/Architecture.</summary>
    S390 = 22,

    /// <summary>ARM, 32 bits.</summary>
    Arm = 40,

    /// <summary>SPARC version 9.</summary>
    SparcV9 = 43,

    /// <summary>AMD x86-64.</summary>
    X86_64 = 62,

    /// <summary>Atmel AVR.</summary>
    Avr = 83,

    /// <summary>Tensilica Xtensa.</summary>
    Xtensa = 94,

    /// <summary>Texas Instruments MSP430.</summary>
    Msp430 = 105,

    /// <summary>ARM, 64 bits.</summary>
    AArch64 = 183,

    /// <summary>RISC-V, 32 and 64 bits.</summary>
    RiscV = 243,

    /// <summary>Linux BPF.</summary>
    Bpf = 247,

    /// <summary>LoongArch.</summary>
    LoongArch = 258,
}
