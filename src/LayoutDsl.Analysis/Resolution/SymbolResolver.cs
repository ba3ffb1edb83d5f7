using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// Resolves the symbols of one link as GNU ld does for a static program: which archive members are linked, in which order and why, and
/// what every symbol stands for. Deterministic; opens no files but those of thin archives. Links that share their files may be resolved
/// in parallel.
/// </summary>
public static class SymbolResolver
{
    /// <summary>Resolves.</summary>
    /// <param name="files">The files that the inputs came from.</param>
    /// <param name="inputs">The inputs in the order of the command line, start files included.</param>
    /// <param name="options">What the command line and the script say.</param>
    /// <returns>The result; damaged objects are left out and named in <see cref="LinkResolution.Errors"/>.</returns>
    public static LinkResolution Resolve(LinkFiles files, IReadOnlyList<LinkInput> inputs, ResolutionOptions options)
    {
        if (files is null) throw new ArgumentNullException(nameof(files));
        if (inputs is null) throw new ArgumentNullException(nameof(inputs));
        if (options is null) throw new ArgumentNullException(nameof(options));
        var process = new LinkProcess(files.Names, options);
        process.Run(inputs);
        List<UndefinedReference> undefined = new UndefinedScan(process.Symbols, process.Objects, process.Errors).Find();
        MultipleDefinition[] multiple = process.Symbols.Duplicates
            .Select(d => new MultipleDefinition(process.Symbols.Text(d.Slot), process.Objects[d.First], process.Objects[d.Other]))
            .ToArray();
        return new LinkResolution(files.Names, process, options, undefined, multiple);
    }
}
