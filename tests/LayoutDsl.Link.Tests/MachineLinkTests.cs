using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Jumps of every machine in programs that are assembled, linked and run: on this machine or by QEMU.</summary>
public sealed class MachineLinkTests
{
    private const string Fleet = """
        layout Machine.Fleet;
        target MACHINE { entry _start; }
        region ram (rwx) { origin 4MiB; length 64MiB; }
        section text (rx) { ".text" }
        section data (rw) { ".data" }
        section bss (rw) { zero ".bss" }
        library sys { objects "sys.o"; }
        library work { objects "work.o"; }
        library first { objects "first.o"; }
        library second { objects "second.o"; }
        image a { uses sys, work, first; objects "a.o"; }
        image b { uses sys, work, second; objects "b.o"; }
        """;

    /// <summary>
    /// Sources for a machine, in which 'own' of the application adds N to the number 5, 'pick' of the first library adds 1 and that of the second 2. Where the machine
    /// can, 'pick' of the first library is chosen at start, by code in 'sys' as a C library has it.
    /// </summary>
    private sealed record Sources(string Assembler, string[] Flags, string Linker, string[] Runner, string Head, string Sys, string Work, string Own, string Pick, string Chosen);

    private static readonly Dictionary<string, Sources> Machines = new(StringComparer.Ordinal)
    {
        ["x86_64"] = new("as", ["--64"], "ld", [], "",
            "mov $__rela_iplt_start, %rbx\n1: cmp $__rela_iplt_end, %rbx\n je 2f\n mov (%rbx), %r12\n call *16(%rbx)\n mov %rax, (%r12)\n add $24, %rbx\n jmp 1b\n2: call run\n mov %eax, %edi\n mov $60, %eax\n syscall",
            "sub $8, %rsp\n mov $5, %eax\n call own\n call pick\n add $8, %rsp\n ret", "add $N, %eax\n ret", "add $2, %eax\n ret", "mov $chosen, %eax\n ret\nchosen: add $1, %eax\n ret"),
        ["i386"] = new("as", ["--32"], "ld", ["qemu-i386"], "",
            "mov $__rel_iplt_start, %ebx\n1: cmp $__rel_iplt_end, %ebx\n je 2f\n mov (%ebx), %esi\n call *(%esi)\n mov %eax, (%esi)\n add $8, %ebx\n jmp 1b\n2: call run\n mov %eax, %ebx\n mov $1, %eax\n int $0x80",
            "mov $5, %eax\n call own\n call pick\n ret", "add $N, %eax\n ret", "add $2, %eax\n ret", "mov $chosen, %eax\n ret\nchosen: add $1, %eax\n ret"),
        ["aarch64"] = new("aarch64-linux-gnu-as", [], "aarch64-linux-gnu-ld", ["qemu-aarch64"], "",
            "ldr x19, =__rela_iplt_start\n ldr x20, =__rela_iplt_end\n1: cmp x19, x20\n b.eq 2f\n ldr x21, [x19]\n ldr x1, [x19, 16]\n blr x1\n str x0, [x21]\n add x19, x19, 24\n b 1b\n2: bl run\n mov x8, 93\n svc 0",
            "stp x29, x30, [sp, -16]!\n mov w0, 5\n bl own\n bl pick\n ldp x29, x30, [sp], 16\n ret", "add w0, w0, N\n ret", "add w0, w0, 2\n ret", "adr x0, chosen\n ret\nchosen: add w0, w0, 1\n ret"),
        ["riscv64"] = new("riscv64-linux-gnu-as", [], "riscv64-linux-gnu-ld", ["qemu-riscv64"], "",
            "la s0, __rela_iplt_start\n la s1, __rela_iplt_end\n1: beq s0, s1, 2f\n ld s2, 0(s0)\n ld t0, 16(s0)\n jalr t0\n sd a0, 0(s2)\n addi s0, s0, 24\n j 1b\n2: call run\n li a7, 93\n ecall",
            "addi sp, sp, -16\n sd ra, 8(sp)\n li a0, 5\n call own\n call pick\n ld ra, 8(sp)\n addi sp, sp, 16\n ret", "addi a0, a0, N\n ret", "addi a0, a0, 2\n ret", "lla a0, chosen\n ret\nchosen: addi a0, a0, 1\n ret"),
        ["arm"] = Arm(".syntax unified\n.arch armv7-a\n.arm\n", ["qemu-arm"]),
        ["arm thumb"] = Arm(".syntax unified\n.arch armv7-a\n.thumb\n", ["qemu-arm"]),
        ["arm cortex-m"] = Arm(".syntax unified\n.cpu cortex-m3\n.thumb\n", ["qemu-arm"]),
    };

    /// <summary>A call of 'own' and a call of 'pick' by its address, in which the state of the function must be right.</summary>
    private static Sources Arm(string head, string[] runner) => new("arm-none-eabi-as", [], "arm-none-eabi-ld", runner, head,
        "bl run\n mov r7, #1\n svc #0", "push {r4, lr}\n movs r0, #5\n bl own\n ldr r4, =pick\n blx r4\n pop {r4, pc}", "adds r0, r0, #N\n bx lr", "adds r0, r0, #2\n bx lr", "");

    public static TheoryData<string> Names => new(Machines.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Jumps_OfAMachine_RunAndKeepTheCallersEqual(string name)
    {
        Sources sources = Machines[name];
        using var folder = new TemporaryFolder();
        string path = folder.Write("fleet.layout", Fleet.Replace("MACHINE", name.Split(' ')[0], StringComparison.Ordinal));
        Assemble("sys", "_start", sources.Sys);
        Assemble("work", "run", sources.Work);
        Assemble("second", "pick", sources.Pick);
        if (sources.Chosen.Length > 0) Assemble("first", "pick", sources.Chosen, "gnu_indirect_function");
        else Assemble("first", "pick", sources.Pick.Replace("#2", "#1", StringComparison.Ordinal));
        Assemble("a", "own", sources.Own.Replace("N", "10", StringComparison.Ordinal));
        Assemble("b", "own", sources.Own.Replace("N", "20", StringComparison.Ordinal), padding: 64);

        BoundLayout layout = LayoutFiles.Load(path).Bound!;
        FactsFile facts = ObjectMeasurer.Measure(layout, folder.Path, null, default).Value!;
        Result<LayoutPlan> plan = LayoutCompiler.Plan(layout, facts);
        Assert.Empty(plan.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(["own:ApplicationSymbol", "pick:ProviderDiffers"], plan.Value!.Indirections.Select(i => $"{i.Symbol}:{i.Reason}"));
        Assert.Empty(FleetLinker.Link(layout, plan.Value, facts, new LinkOptions(folder["scripts"], folder["out"], sources.Linker), null, default).Diagnostics.Select(d => d.ToString()));
        Assert.Equal((5 + 10 + 1, 5 + 20 + 2), (Run("a"), Run("b")));

        byte[][] callers = [.. new[] { "a", "b" }.Select(i => ReadSection(folder[$"out/{i}.elf"], ".text.work"))];
        Assert.Equal(callers[0], callers[1]);

        void Assemble(string file, string function, string body, string type = "function", int padding = 0)
        {
            string mark = sources.Head.Contains(".thumb", StringComparison.Ordinal) ? ".thumb_func\n" : "";
            folder.Write(file + ".s", $"{sources.Head}.text\n.skip {padding}\n.globl {function}\n.type {function}, %{type}\n{mark}{function}: {body}\n".Replace("%" + type, (sources.Assembler == "as" ? "@" : "%") + type, StringComparison.Ordinal));
            Tool.Run(folder.Path, sources.Assembler, [.. sources.Flags, file + ".s", "-o", file + ".o"]);
        }

        int Run(string image)
        {
            string[] command = [.. sources.Runner, folder[$"out/{image}.elf"]];
            return Tool.TryRun(folder.Path, command[0], command[1..]).Code;
        }
    }

    private static byte[] ReadSection(string path, string section) =>
        ElfFile.Read(System.IO.File.ReadAllBytes(path), path).Sections.Single(s => s.Name == section).Data.ToArray();
}
