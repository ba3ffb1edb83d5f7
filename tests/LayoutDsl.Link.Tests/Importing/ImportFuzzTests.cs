using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using LayoutDsl.Diagnostics;
using LayoutDsl.Importing;
using Xunit.Abstractions;

namespace LayoutDsl.Link.Tests.Importing;

/// <summary>Damaged linker scripts: never a crash, never a hang, and what is imported is a layout that binds.</summary>
public sealed class ImportFuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 5_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly string[] Tokens =
        ["(", ")", "{", "}", ";", ":", "=", "\"", "/*", "*/", "?", "~", "-", "((((((((", "{{{{", "0x", "99999999999999999999", "KEEP(", "SORT(", "EXCLUDE_FILE(", "ALIGN(", "AT>", ">", "INCLUDE x", "PROVIDE(", "OVERLAY", "VERSION {", "MEMORY {", "PHDRS {", "INSERT AFTER", "/DISCARD/", ". = ", ",", "\u00e9", "\0", "here", "page"];

    [Fact]
    public void Import_DamagedScripts_NeverCrashesOrHangs()
    {
        // One script of each variant: those of other machines have the same text with other names.
        string[] originals = InstalledScripts.Find().GroupBy(s => Path.GetExtension(s.Path) + s.Kind.Length, StringComparer.Ordinal).Select(g => File.ReadAllText(g.First().Path)).Take(40).ToArray();
        int imported = 0, refused = 0, unbound = 0;
        string first = "";
        string? current = null;
        var clock = Stopwatch.StartNew();
        TimeSpan longest = TimeSpan.Zero;
        var failures = new List<string>();
        var worker = new Thread(Work, 1 << 20);
        worker.Start();
        TimeSpan lastSeen = TimeSpan.Zero;
        string? seen = null;
        while (!worker.Join(500))
        {
            string? now = Volatile.Read(ref current);
            if (!ReferenceEquals(now, seen)) (seen, lastSeen) = (now, clock.Elapsed);
            Assert.True(clock.Elapsed - lastSeen < Limit, "hangs: " + seen);
        }

        output.WriteLine($"{Inputs} inputs in {clock.Elapsed.TotalSeconds:0.0} s on a stack of 1 MiB: imported {imported}, refused {refused}, crashes {failures.Count}, hangs 0, longest {longest.TotalMilliseconds:0} ms; layouts that do not bind: {unbound} {first}");
        Assert.Empty(failures);
        Assert.True(imported > 0 && refused > 0);

        void Work()
        {
            for (int i = 0; i < Inputs; i++)
            {
                string text = Damage(originals[i % originals.Length], new Random(i));
                Volatile.Write(ref current, text);
                TimeSpan start = clock.Elapsed;
                try
                {
                    Result<ImportedScript> result = ImportTests.Import("damaged.ld", text);
                    if (result.Value is null) refused++;
                    else
                    {
                        imported++;
                        (string? script, IEnumerable<Diagnostic> diagnostics) = ImportTests.Emit(result.Value);
                        if (script is null && unbound++ == 0) first = diagnostics.First().ToString();
                        if (diagnostics.Any(d => d.Id.StartsWith("LAY0", StringComparison.Ordinal))) failures.Add($"{i}: the layout cannot be read: {diagnostics.First()}");
                    }
                }
#pragma warning disable CA1031 // Any exception is what this test looks for.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failures.Add($"{i}: {exception}");
                }

                if (clock.Elapsed - start > longest) longest = clock.Elapsed - start;
            }
        }
    }

    private static string Damage(string original, Random random)
    {
        // A part of a script is cheaper to read than all of it and breaks as well.
        int from = random.Next(original.Length);
        var text = new StringBuilder(random.Next(2) == 0 ? original : original.Substring(from, Math.Min(1500, original.Length - from)));
        if (random.Next(2) == 0) text.Insert(0, "SECTIONS { .text : {");
        for (int left = 1 + random.Next(3); left > 0; left--)
        {
            int at = random.Next(text.Length + 1);
            int length = Math.Min(random.Next(12), text.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 2:
                    text.Insert(at, string.Concat(Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(200))));
                    break;
                case 3:
                    text.Insert(at, text.ToString(at, length));
                    break;
                default:
                    text.Remove(at, length).Insert(at, (char)(' ' + random.Next(95)));
                    break;
            }
        }

        return text.ToString();
    }
}
