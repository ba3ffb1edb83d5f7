using System.IO;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Tests.Support;

/// <summary>A fleet of three real programs for Linux without a C library: small enough for a test, and they run.</summary>
public sealed class SmallFleet : System.IDisposable
{
    public const string Layout = Head + "}" + Body;

    /// <summary>The same with files that a loader copies.</summary>
    public const string PackedLayout = Head + "file packed; }" + Body;

    private const string Head = "layout Small.Fleet;\ntarget x86_64 { entry _start; ";

    private const string Body = """

        region ram (rwx) { origin 4MiB; length 64MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        section hooks (r) { table keep "hooks" bounds __start_hooks __stop_hooks }
        library sys { objects "build/sys.o"; }
        library count { archive "build/libcount.a"; }
        image one { uses sys, count; objects "build/one.o"; }
        image two { uses sys; objects "build/two.o"; }
        image fn[1..3] { uses sys, count; objects "build/fn{n}.o"; }
        place libraries in ram from 8MiB;
        symbol _end = align(endof(images), page);
        """;

    /// <summary>Output and end of a program for Linux on x86-64.</summary>
    public const string Runtime = """
        static long call(long n, long a, long b, long c)
        {
            long r;
            __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
            return r;
        }
        void print(const char *text) { long n = 0; while (text[n]) n++; call(1, 1, (long)text, n); }
        void finish(int code) { call(231, code, 0, 0); __builtin_unreachable(); }

        """;

    private const string Sys = Runtime + """
        struct hook { int (*run)(void); };
        extern const struct hook __start_hooks[], __stop_hooks[];
        void run_hooks(void) { for (const struct hook *h = __start_hooks; h != __stop_hooks; h++) if (h->run) finish(h->run()); finish(9); }
        __asm__(".globl _start\n_start: andq $-16, %rsp\n call run_hooks\n");
        """;

    private readonly string code;

    /// <param name="layout">Its layout; null for <see cref="Layout"/>.</param>
    /// <param name="code">What kind of code it is compiled to.</param>
    public SmallFleet(string? layout = null, string code = "-fno-pic")
    {
        this.code = code;
        LayoutPath = Folder.Write("fleet.layout", layout ?? Layout);
        Compile("sys", Sys);
        Compile("add", "int total; int steps[4] = {1, 2, 3, 4}; int add(int n) { total += steps[n & 3]; return total; }");
        Compile("name", "static const char name[] = \"count\"; const char *count_name(void) { return name; }");
        Tool.Run(Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        Compile("one", Program("extern int add(int); extern const char *count_name(void);", "print(count_name()); print(\" one\\n\"); return add(1) + add(2) - 7;"));
        Compile("two", Program("", "print(\"two\\n\"); return 0;"));
        for (int i = 1; i <= 3; i++) Compile($"fn{i}", Program("extern int add(int);", $"print(\"fn{i}\\n\"); return add({i}) - {(i == 3 ? 4 : i + 1)};"));
    }

    public TemporaryFolder Folder { get; } = new();

    public string LayoutPath { get; }

    public string Output => Folder["out"];

    public LinkOptions Options => new(Folder["scripts"], Output);

    public void Compile(string name, string source)
    {
        Folder.Write($"build/{name}.c", source);
        Tool.Run(Folder["build"], "gcc", "-c", "-O2", "-ffreestanding", code, "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fcf-protection=none", $"{name}.c");
        File.Delete(Folder[$"build/{name}.c"]);
    }

    public static string Program(string declarations, string body) => $$"""
        extern void print(const char *);
        {{declarations}}
        static int run(void) { {{body}} }
        struct hook { int (*run)(void); };
        const struct hook hook __attribute__((section("hooks"), used)) = { run };
        """;

    public BoundLayout Bind() => LayoutFiles.Load(LayoutPath).Bound!;

    public (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) Plan()
    {
        BoundLayout layout = Bind();
        FactsFile facts = ObjectMeasurer.Measure(layout, Folder.Path, null, default).Value!;
        return (layout, facts, LayoutCompiler.Plan(layout, facts).Value!);
    }

    public Result<LinkSummary> Link()
    {
        (BoundLayout layout, FactsFile facts, LayoutPlan plan) = Plan();
        return FleetLinker.Link(layout, plan, facts, Options, null, default);
    }

    public void Dispose() => Folder.Dispose();
}
