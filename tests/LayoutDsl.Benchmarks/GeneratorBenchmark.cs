using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Benchmarks;

/// <summary>The generator's share of building the example fleet after its C# was edited: what the compiler reports for it, against the time of the whole build. Build the example once before.</summary>
internal static partial class GeneratorBenchmark
{
    private const int Rounds = 5;

    public static void Run()
    {
        string folder = Repository.GetPath("examples", "Unikernels");
        string source = Path.Combine(folder, "Program.cs");
        var shares = new List<(double Share, double Generator, double Build)>();
        for (int round = 0; round <= Rounds; round++)
        {
            // The compiler runs when a source is newer than what it made of it; the objects and images of the example stay.
            File.SetLastWriteTimeUtc(source, DateTime.UtcNow);
            var watch = Stopwatch.StartNew();
            string log = Tool.Run(folder, "dotnet", "build", "-c", "Release", "--nologo", "-v:d", "--no-dependencies", "-p:ReportAnalyzer=true");
            double build = watch.Elapsed.TotalSeconds;
            if (Reported().Match(log) is not { Success: true } match) throw new InvalidOperationException("the compiler did not run, or did not report its generators");

            // The first one warms the build up.
            string text = match.Groups[1].Value;
            double generator = text[0] == '<' ? 0.001 : double.Parse(text, CultureInfo.InvariantCulture);
            if (round > 0) shares.Add((generator / build, generator, build));
        }

        (double share, double ofGenerator, double ofBuild) = shares.OrderBy(s => s.Share).ElementAt(Rounds / 2);
        Console.WriteLine(FormattableString.Invariant($"the generator's share of 'dotnet build': {100 * share:0.0}% (median of {Rounds}; {ofGenerator * 1000:0} ms of {ofBuild:0.0} s), at most {100 * shares.Max(s => s.Share):0.0}%"));
    }

    [GeneratedRegex(@"^\s*(<?[0-9.]+)\s+<?[0-9]+\s+LayoutDsl\.Generator\.LayoutGenerator\s*$", RegexOptions.Multiline)]
    private static partial Regex Reported();
}
