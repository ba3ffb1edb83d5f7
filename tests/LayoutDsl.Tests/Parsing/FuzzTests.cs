using System;
using System.Diagnostics;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Tests.Support;
using Xunit.Abstractions;

namespace LayoutDsl.Tests.Parsing;

/// <summary>Damaged examples go through parser, formatter, binder and planner: none throws, none hangs, and what can be formatted keeps its meaning.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Tokens =
    [
        "{", "}", "(", ")", "[", "]", ";", ",", ".", "..", ":", "\"", "\\", "/*", "*/", "//", "///", "*", "<<", "<=", "==", "=", "%", "0x", "4KB", "18446744073709551616", "{n}", "{image}",
        "\0", "\uD800", "\uFEFF", "\r", "\n", "when ", " and ", "load in ", "include ", "library ", "image ", "section ", "place ", "assert ", "group ", "param ", "set ", "noload ", "table ",
    ];

    /// <summary>Far above what any of these inputs takes, also on a busy machine; a hang has no bound.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Fact]
    public void Compile_DamagedExamples_NeitherThrowsNorHangs()
    {
        var all = Stopwatch.StartNew();
        int inputs = 0;
        int formatted = 0;
        int correct = 0;
        foreach ((string name, string text) in Examples.All)
        {
            var mutations = new Mutations(text, Tokens);
            for (int i = 0; i < 60; i++, inputs++)
            {
                string damaged = mutations.Next(i);
                var one = Stopwatch.StartNew();
                try
                {
                    FileSyntax file = Layouts.Parse(damaged);
                    Result<BoundLayout> bound = LayoutCompiler.Bind(file, _ => null);
                    if (bound.Value is { } layout && layout.Images.Sum(m => (long)(m.Family?.Count ?? 1)) < 1000)
                    {
                        correct++;
                        _ = LayoutCompiler.Plan(layout, null);
                    }

                    if (LayoutCompiler.Format(file).Value is { } again)
                    {
                        formatted++;
                        Assert.Equal(Examples.Meaning(damaged), Examples.Meaning(again));
                        Assert.Equal(again, LayoutCompiler.Format(Layouts.Parse(again)).Value);
                    }
                }
                catch (Exception exception)
                {
                    Assert.Fail($"{name}, damage {i}: {exception}\n\n{damaged}");
                }

                Assert.True(one.Elapsed < Hang, $"{name}, damage {i} takes {one.Elapsed}\n\n{damaged}");
            }
        }

        output.WriteLine(FormattableString.Invariant($"inputs {inputs}, seconds {all.Elapsed.TotalSeconds:f1}, crashes 0, hangs 0; {correct} of them were correct layouts, {formatted} were formatted"));
        Assert.InRange(formatted, inputs / 20, inputs);
        Assert.InRange(correct, 1, inputs - 1);
    }
}
