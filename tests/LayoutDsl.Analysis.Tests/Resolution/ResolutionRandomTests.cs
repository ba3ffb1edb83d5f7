using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit.Sdk;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>Random objects, archives and command lines: whatever rules meet, ld and we agree.</summary>
public class ResolutionRandomTests
{
    /// <summary>LAYOUT_RESOLUTION_CASES runs more of them.</summary>
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("LAYOUT_RESOLUTION_CASES"), out int cases) ? cases : 60;

    [Fact]
    public void Resolve_RandomLinks_AgreeWithLd()
    {
        var failures = new List<string>();
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            using var link = new LinkCase();
            string[] line = Make(link, random);
            try
            {
                link.Agree(line);
            }
            catch (XunitException exception)
            {
                failures.Add($"seed {seed}, {string.Join(' ', line)}: {exception.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static string[] Make(LinkCase link, Random random)
    {
        int objects = random.Next(3, 9);
        for (int i = 0; i < objects; i++) link.Asm($"o{i}", Source(i, random));
        int archives = random.Next(1, 4);
        for (int i = 0; i < archives; i++)
        {
            link.Archive($"l{i}.a", Enumerable.Range(1, objects - 1).OrderBy(_ => random.Next()).Take(random.Next(1, objects)).Select(n => $"o{n}.o").ToArray());
        }

        var line = new List<string>();
        if (random.Next(4) == 0) line.AddRange(["--wrap", Name(random)]);
        if (random.Next(4) == 0) line.AddRange(["-u", Name(random)]);
        line.Add("o0.o");
        for (int i = random.Next(1, 6); i > 0; i--) line.AddRange(Input(objects, archives, random));
        return [.. line];
    }

    private static IEnumerable<string> Input(int objects, int archives, Random random)
    {
        string archive = $"l{random.Next(archives)}.a";
        return random.Next(6) switch
        {
            0 => [$"o{random.Next(1, objects)}.o"],
            1 => ["--start-group", archive, $"l{random.Next(archives)}.a", "--end-group"],
            2 when random.Next(3) == 0 => ["--whole-archive", archive, "--no-whole-archive"],
            _ => [archive],
        };
    }

    private static string Name(Random random) => $"s{random.Next(8)}";

    private static string Source(int index, Random random)
    {
        var text = new StringBuilder(index == 0 ? ".globl _start\n_start: ret\n" : "");
        string[] names = Enumerable.Range(0, 8).Select(i => $"s{i}").OrderBy(_ => random.Next()).Take(random.Next(2, 7)).ToArray();
        foreach (string name in names) text.Append(Statement(name, index, random));
        return text.ToString();
    }

    private static string Statement(string name, int index, Random random)
    {
        string other = random.Next(4) switch { 0 => "__wrap_" + name, 1 => "__real_" + name, _ => name };
        string weak = random.Next(3) == 0 ? "weak" : "globl";
        return random.Next(13) switch
        {
            0 => $".text\n.{weak} {name}\n.type {name},@function\n{name}: nop\nret\n",
            1 => $".data\n.{weak} {name}\n.type {name},@object\n{name}: .quad {index}\n",
            2 => $".comm {name},{random.Next(1, 5) * 8},{1 << random.Next(6)}\n",
            3 => $".section .text.{name},\"axG\",@progbits,{name},comdat\n.{weak} {name}\n{name}: .zero {index + 1}\n",
            4 => $".section .text.g,\"axG\",@progbits,g,comdat\n.{weak} {name}\n{name}: .zero {index + 1}\n.text\n.quad {name}\n",
            5 => $".section .gnu.linkonce.t.{name},\"ax\"\n.{weak} {name}\n{name}: .zero {index + 1}\n",
            6 => $".data\n.weak {name}\n.quad {name}\n",
            7 => $".data\n.globl {name}\n.hidden {name}\n{name}: .quad {index}\n",
            8 => $".text\n.{weak} {name}_{index}\n{name}_{index}: nop\n.symver {name}_{index}, {name}@{(random.Next(2) == 0 ? "@V2" : "V1")}\n",
            9 => $".data\n.quad {name}_v\n.symver {name}_v, {name}@V{random.Next(1, 3)}\n",
            _ => $".data\n.quad {other}\n",
        };
    }
}
