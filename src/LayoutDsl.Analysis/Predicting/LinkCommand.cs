using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>The arguments of a link, as far as they decide what is linked.</summary>
/// <param name="Inputs">The files, in order.</param>
/// <param name="Wrapped">Symbols that are wrapped.</param>
/// <param name="HashSize">Buckets that the linker's hash table starts with.</param>
internal sealed record LinkCommand(IReadOnlyList<LinkInput> Inputs, IReadOnlyList<string> Wrapped, uint HashSize)
{
    private const string Wrap = "--wrap=";
    private const string Hash = "--hash-size=";

    /// <summary>Reads arguments as <see cref="Emit.LinkCommandEmitter"/> writes them.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="files">The files that they name.</param>
    /// <param name="first">What comes before them.</param>
    public static LinkCommand Read(IEnumerable<string> arguments, LinkFiles files, IEnumerable<LinkInput> first)
    {
        var inputs = new List<LinkInput>(first);
        var wrapped = new List<string>();
        uint hashSize = SymbolHashOrder.DefaultSize;
        bool isWhole = false;
        foreach (string argument in arguments)
        {
            if (argument.StartsWith(Wrap, StringComparison.Ordinal)) wrapped.Add(argument.Substring(Wrap.Length));
            else if (argument.StartsWith(Hash, StringComparison.Ordinal)) hashSize = SymbolHashOrder.SizeOf(uint.Parse(argument.Substring(Hash.Length), CultureInfo.InvariantCulture));
            else if (argument is "--whole-archive" or "--no-whole-archive") isWhole = argument == "--whole-archive";
            else if (argument[0] != '-')
            {
                if (!files.TryOpen(argument, out IReadOnlyList<LinkInput>? opened, out ObjectFileError? error)) throw new PredictionException($"{argument}: {error.Message}");
                inputs.AddRange(isWhole ? opened.Select(o => o is ArchiveInput archive ? archive with { Whole = true } : o) : opened);
            }
        }

        return new LinkCommand(inputs, wrapped, hashSize);
    }
}
